// Drives ops/proxy/Caddyfile with the Caddy of this machine (Debian: apt-get install caddy) in front of a Rollcall with a
// database of its own, and prints PASS and FAIL.
//
//     npm run check:proxy -- [--port 18400]   # five ports from there on, on 127.0.0.1
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { build, root } from './build.mjs';
import { checkAway, checkProxy } from './proxy-promises.mjs';
import { reporter } from './check-report.mjs';

const HOST = 'rollcall.test';
const CLIENT = { id: 'enroll', secret: 'a-secret-for-the-proxy-check' };
const API_KEY = 'an-api-key-for-the-proxy-check';

const { values } = parseArgs({ options: { port: { type: 'string', default: '18400' } } });
const first = Number(values.port);
const [rollcallPort, httpPort, httpsPort, adminPort] = [first, first + 1, first + 2, first + 3];
const folder = mkdtempSync(join(tmpdir(), 'rollcall-proxy-'));
// the embedded Postgres, started by root, becomes another user
chmodSync(folder, 0o755);
const caddyfile = join(root, 'ops/proxy/Caddyfile');
const children = [];
const { check, close } = reporter();

try {
  await build();
  check(`Caddy ${caddy('version').split(' ')[0]}`, true);
  check(
    'the file is formatted as Caddy formats it',
    caddy('fmt', caddyfile) === readFileSync(caddyfile, 'utf8'),
  );
  for (const tls of ['internal', 'ops@example.org'])
    check(
      `PROXY_TLS=${tls} is a configuration`,
      caddy('adapt', '--config', caddyfile, { PROXY_TLS: tls }).startsWith('{'),
    );
  await drive();
} finally {
  for (const child of children) await stop(child);
  rmSync(folder, { recursive: true, force: true });
}
close();

async function drive() {
  const rollcall = start(process.execPath, [join(root, 'dist/src/main.js')], {
    PORT: `${rollcallPort}`,
    ROLLCALL_HOST: '127.0.0.1',
    ROLLCALL_DATA_DIR: join(folder, 'rollcall'),
    ROLLCALL_CLIENT_ID: CLIENT.id,
    ROLLCALL_CLIENT_SECRET: CLIENT.secret,
    ROLLCALL_API_KEY: API_KEY,
    ROLLCALL_TRUST_PROXY: '127.0.0.1',
    ROLLCALL_LOG_LEVEL: 'fatal',
  });
  const url = `http://127.0.0.1:${rollcallPort}`;
  await answers(`${url}/health/ready`);
  start('caddy', ['run', '--config', caddyfile], proxyEnvironment(certificate()));
  await answers(`http://127.0.0.1:${httpPort}/`);
  const at = { host: HOST, httpsPort, httpPort, ca: readFileSync(join(folder, 'ca.crt')), rollcall: url };
  await checkProxy({ ...at, client: CLIENT, apiKey: API_KEY, localAddress: '127.0.0.7' }, check);
  await stop(rollcall);
  await checkAway(at, check);
}

/** A certificate as a house has it: an authority's, with its key in a file of its own. */
function certificate() {
  const openssl = (...args) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=check', '-days', '2');
  openssl(
    ...[
      'req',
      '-x509',
      ...key,
      '-keyout',
      'tls.key',
      '-out',
      'tls.crt',
      '-subj',
      `/CN=${HOST}`,
      '-days',
      '2',
    ],
    ...['-CA', 'ca.crt', '-CAkey', 'ca.key', '-addext', `subjectAltName=DNS:${HOST}`],
    ...['-addext', 'basicConstraints=critical,CA:FALSE'],
  );
  return `${join(folder, 'tls.crt')} ${join(folder, 'tls.key')}`;
}

function proxyEnvironment(tls) {
  return {
    PROXY_HOST: HOST,
    PROXY_TLS: tls,
    PROXY_HTTP_PORT: `${httpPort}`,
    PROXY_HTTPS_PORT: `${httpsPort}`,
    PROXY_UPSTREAM: `127.0.0.1 ${rollcallPort}`,
    CADDY_ADMIN: `127.0.0.1:${adminPort}`,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
  };
}

function caddy(...args) {
  const env = typeof args.at(-1) === 'object' ? args.pop() : {};
  return execFileSync('caddy', args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function start(program, args, env) {
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-2_000)));
  child.once('exit', (code) => code !== 0 && console.error(`${program} ended with ${code}: ${said}`));
  children.push(child);
  return child;
}

async function answers(url) {
  const deadlineMs = Date.now() + 60_000;
  while (Date.now() < deadlineMs) {
    const answer = await fetch(url, { redirect: 'manual' }).catch(() => undefined);
    if (answer !== undefined && answer.status < 500) return;
    await delay(100);
  }
  throw new Error(`${url} does not answer`);
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
