import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { ConfigError, loadConfig } from '../src/config/config.js';
import { settings } from '../src/config/settings.js';
import { projectRoot } from '../src/config/root.js';

interface Service {
  build?: string;
  image?: string;
  user?: string;
  command?: string[];
  env_file?: string;
  environment: Record<string, string>;
  healthcheck: { test: string[] };
  restart?: string;
  read_only?: boolean;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  mem_limit?: string;
  cpus?: number | string;
  logging?: { driver: string; options: Record<string, string> };
  stop_grace_period?: string;
  depends_on?: Record<string, { condition: string }>;
  profiles?: string[];
  ports?: string[];
  volumes?: string[];
}
interface Compose {
  services: Record<'app' | 'migrate' | 'entry' | 'db' | 'proxy' | 'prometheus' | 'grafana', Service>;
  volumes: Record<string, unknown>;
}

const text = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const compose = parse(text('docker-compose.yml'), { merge: true }) as Compose;
const { app, migrate, entry, db, proxy, prometheus, grafana } = compose.services;
/** Set by whoever starts it for the first time, as the first lines of docker-compose.yml tell. */
const header = text('docker-compose.yml').split('x-service:', 1)[0] ?? '';
const dockerfile = text('Dockerfile').replaceAll('\\\n', ' ').split('\n');
const instructions = (name: string) =>
  dockerfile.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1).trim());
const names = Object.keys(settings.shape);

/** Stands in for compose's own substitution: `${NAME}`, `${NAME-default}`, `${NAME:-default}`, `${NAME:?message}`. */
function substituted(value: string, env: Record<string, string>): string {
  return value.replace(
    /\$\{(\w+)(?:(:?-|:\?)([^}]*))?\}/g,
    (_whole, name: string, kind?: string, rest: string = '') => {
      const given = env[name];
      if (given !== undefined && (given !== '' || kind === '-')) return given;
      if (kind === ':?') throw new Error(`${name}: ${rest}`);
      return kind === undefined ? '' : rest;
    },
  );
}

/** The container's environment where `.env` holds `env`: `environment` goes above `env_file`. */
function environmentOf(service: Service, env: Record<string, string>): Record<string, string> {
  const decided = Object.entries(service.environment).map(([name, value]): [string, string] => [
    name,
    substituted(value, env),
  ]);
  return { ...(service.env_file === '.env' && env), ...Object.fromEntries(decided) };
}

const SERVER_URL = 'postgres://rollcall_server:made-by-migrate@db:5432/rollcall';
let folderOfServer: string;
beforeAll(() => {
  folderOfServer = mkdtempSync(join(tmpdir(), 'rollcall-compose-'));
  writeFileSync(join(folderOfServer, 'database-url'), SERVER_URL);
});
afterAll(() => rmSync(folderOfServer, { recursive: true }));

/** The same of the application, where `migrate` has left its file. */
function environmentOfApp(env: Record<string, string>): Record<string, string> {
  return { ...environmentOf(app, env), DATABASE_URL_FILE: join(folderOfServer, 'database-url') };
}

/** The lines of .env.example that set something, and those that show a default. */
const example = text('.env.example')
  .split('\n')
  .map((line) => /^(# )?([A-Z][A-Z0-9_]*)=(.*)$/.exec(line))
  .filter((match) => match !== null)
  .map(([, comment, name = '', value = '']) => ({ name, value, set: comment === undefined }));
const copied = Object.fromEntries(example.filter(({ set }) => set).map(({ name, value }) => [name, value]));

/** What the header says to set. */
const OWN = {
  POSTGRES_PASSWORD: 'p4ssw0rd',
  ROLLCALL_KEYS: 'k1:Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=',
  ROLLCALL_CLIENT_SECRET: 'a-secret-of-our-own-making',
  ROLLCALL_API_KEY: 'an-api-key-of-our-own-making',
};

/** What a service shows its container, by the path there; files of ours are there. */
function mountsOf(...services: Service[]): Map<string, string> {
  const mounts = services.flatMap(({ volumes = [] }) => volumes).map((volume) => volume.split(':'));
  for (const [source = ''] of mounts) {
    if (source.startsWith('./'))
      expect([source, existsSync(join(projectRoot, source))]).toEqual([source, true]);
  }
  return new Map(mounts.map(([source = '', target = '']) => [target, source]));
}

describe('docker-compose.yml', () => {
  test('starts as its first lines tell: a copy of .env.example, with what they name set', () => {
    expect(header.match(/\b(POSTGRES|ROLLCALL)_[A-Z_]+\b/g)).toEqual(Object.keys(OWN));
    const owner = loadConfig(environmentOf(migrate, { ...copied, ...OWN }));
    expect(owner.production).toBe(true);
    expect(owner.env.DATABASE_URL).toBe('postgres://rollcall:p4ssw0rd@db:5432/rollcall');
    const server = loadConfig(environmentOfApp({ ...copied, ...OWN }));
    expect(server.production).toBe(true);
    expect(server.env.DATABASE_URL).toBe(SERVER_URL);
    expect(db.environment['POSTGRES_USER']).toBe('rollcall');
    expect(db.environment['POSTGRES_DB']).toBe('rollcall');
  });

  test.each(Object.keys(OWN))('does not start with the published %s', (name) => {
    const env = { ...copied, ...OWN, [name]: copied[name] ?? '' };
    expect(() => loadConfig(environmentOf(migrate, env))).toThrow('is a published example value');
  });

  test('gives the server a role of its own, which is made before it starts', () => {
    expect(app.depends_on?.['migrate']?.condition).toBe('service_completed_successfully');
    expect(migrate).toMatchObject({ restart: 'no', depends_on: { db: { condition: 'service_healthy' } } });
    const file = app.environment['DATABASE_URL_FILE'] ?? '';
    expect(migrate.command).toEqual(['rollcall', 'db', 'roles', '--url-file', file, '--renew']);
    const folder = dirname(file);
    expect(migrate.volumes).toEqual([`server:${folder}`]);
    expect(app.volumes).toContain(`server:${folder}:ro`);
    expect(instructions('RUN').join('\n')).toMatch(`-o node -g node -m 0700 /data ${folder}`);
    expect(JSON.stringify(app)).not.toContain('POSTGRES_PASSWORD');
  });

  test('does not start without a password', () => {
    expect(() => environmentOf(migrate, { ...OWN, POSTGRES_PASSWORD: '' })).toThrow(
      /^POSTGRES_PASSWORD: set POSTGRES_PASSWORD in .env/,
    );
  });

  test('hands every setting of .env to the application, but for what it decides itself', () => {
    const decided = ['NODE_ENV', 'PORT', 'ROLLCALL_HOST', 'ROLLCALL_DATA_DIR', 'DATABASE_URL'];
    const env = Object.fromEntries(['POSTGRES_PASSWORD', ...names].map((name) => [name, `own ${name}`]));
    const given = environmentOf(app, env);
    expect(names.filter((name) => given[name] !== env[name]).sort()).toEqual(decided.sort());
    expect(Object.keys(app.environment).filter((name) => !names.includes(name))).toEqual([
      'DATABASE_URL_FILE',
    ]);
    for (const name of decided) {
      const [, said] = new RegExp(`# (.*)\\n(?:# )?${name}=`).exec(text('.env.example')) ?? [];
      expect(said).toMatch(
        name === 'PORT' ? /the port of this machine/ : /docker-compose.yml sets it itself/,
      );
    }
  });

  test('opens no document and believes no proxy where .env says so', () => {
    const proxiesAndRoutes = (env: Record<string, string>) => {
      const { ROLLCALL_TRUST_PROXY, ROLLCALL_OPEN_ROUTES } = loadConfig(
        environmentOfApp({ ...copied, ...OWN, ...env }),
      ).env;
      return [ROLLCALL_TRUST_PROXY, ROLLCALL_OPEN_ROUTES];
    };
    const shipped = [
      ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
      ['docs', 'metrics'],
    ];
    expect(proxiesAndRoutes({})).toEqual(shipped);
    expect(proxiesAndRoutes({ ROLLCALL_TRUST_PROXY: '', ROLLCALL_OPEN_ROUTES: '' })).toEqual([[], []]);
  });

  test('reads no variable that .env.example does not show', () => {
    const used = text('docker-compose.yml').matchAll(/\$\{(\w+)/g);
    const shown = example.map(({ name }) => name);
    expect([...used].map(([, name = '']) => name).filter((name) => !shown.includes(name))).toEqual([]);
    for (const [, name, value] of text('docker-compose.yml').matchAll(/\$\{((?:PROXY|CPU)\w+):-([^}]*)\}/g))
      expect(example.find((line) => line.name === name)).toEqual({ name, value, set: false });
  });

  test('publishes the port by one service, which passes on to all replicas of the other', () => {
    expect(app.ports).toBeUndefined();
    expect(entry.ports).toEqual(['127.0.0.1:${PORT:-3000}:${PORT:-3000}']);
    expect(entry.command).toEqual([
      'node',
      'dist/src/entry.js',
      '${PORT:-3000}',
      `app:${app.environment['PORT']}`,
    ]);
    expect(existsSync(join(projectRoot, 'src/entry.ts'))).toBe(true);
    // `up --wait` takes a check that is switched off for a failure
    expect(entry.healthcheck.test.join(' ')).toContain("connect(parseInt('${PORT:-3000}'))");
    // stopped after those who finish what came in by it
    expect(app.depends_on?.['entry']?.condition).toBe('service_started');
  });

  test.each(Object.entries(compose.services))('gives %s no right that it does not need', (name, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges'],
      logging: { driver: 'json-file', options: { 'max-size': '20m', 'max-file': '5' } },
      mem_limit: expect.stringMatching(/^\d+[mg]$/),
    });
    expect(Number(substituted(String(service.cpus), {}))).toBeGreaterThanOrEqual(1);
    expect(service.cap_add).toEqual(name === 'proxy' ? ['NET_BIND_SERVICE'] : undefined);
  });

  test('says how a password is changed, where somebody would change it', () => {
    for (const file of ['.env.example', 'docker-compose.yml'])
      expect(text(file)).toMatch(/first start( alone)?[;.] docs\/operations\.md/);
    expect(text('docs/operations.md')).toContain("-c '\\password rollcall'");
  });

  test('runs the image as the image runs itself', () => {
    expect(app.command).toEqual(JSON.parse(instructions('CMD').at(-1) ?? '') as string[]);
  });

  test('makes the database as the boot check wants it, and waits for it', () => {
    expect(db.image).toBe('postgres:18');
    expect(db.environment['POSTGRES_INITDB_ARGS']).toBe('--locale=C.UTF-8 --encoding=UTF8');
    expect(app.depends_on?.['db']?.condition).toBe('service_healthy');
    // the server of the first start, which is not yet the one to use, listens on the socket alone
    expect(db.healthcheck.test.slice(0, 3)).toEqual(['CMD', 'pg_isready', '--host=127.0.0.1']);
  });

  test('asks the application whether it is ready, and declares its volumes', () => {
    expect(app.healthcheck.test.join(' ')).toContain('/health/ready');
    const used = Object.values(compose.services)
      .flatMap(({ volumes = [] }) => volumes)
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((source) => !source.startsWith('./'));
    expect([...new Set(used)].sort()).toEqual(Object.keys(compose.volumes).sort());
  });

  test('shows its metrics only where that is asked for, and to this machine alone', () => {
    for (const service of [prometheus, grafana]) {
      expect(service.profiles).toEqual(['observability']);
      expect(service.image).toMatch(/:v?\d+\.\d+\.\d+$/);
      expect(service.ports?.every((port) => port.startsWith('127.0.0.1:'))).toBe(true);
    }
    expect([app.profiles, db.profiles]).toEqual([undefined, undefined]);
  });

  test('gives Prometheus and Grafana the files of ops/, where their own settings look for them', () => {
    const mounted = mountsOf(prometheus, grafana);
    const read = <T>(file: string) => parse(text(file)) as T;
    const scraping = read<{
      rule_files: string[];
      scrape_configs: unknown[];
    }>('ops/prometheus/prometheus.yml');
    expect(mounted.has('/etc/prometheus/prometheus.yml')).toBe(true);
    expect(scraping.rule_files.filter((file) => !mounted.has(file))).toEqual([]);
    expect(scraping.scrape_configs).toEqual([
      {
        job_name: 'rollcall',
        dns_sd_configs: [
          { names: ['app'], type: 'A', port: Number(app.environment['PORT']), refresh_interval: '10s' },
        ],
      },
    ]);
    const provisioning = `${mounted.get('/etc/grafana/provisioning')}`;
    const dashboards = read<{ providers: { options: { path: string } }[] }>(
      join(provisioning, 'dashboards/rollcall.yml'),
    );
    const { path } = dashboards.providers[0]!.options;
    expect(mounted.get(`${path}/rollcall.json`)).toBe('./ops/grafana/rollcall.json');
    const sources = read<{ datasources: { type: string; url: string }[] }>(
      join(provisioning, 'datasources/prometheus.yml'),
    );
    expect(sources.datasources).toMatchObject([{ type: 'prometheus', url: 'http://prometheus:9090' }]);
  });
});

describe('ops/proxy/Caddyfile', () => {
  const caddyfile = text('ops/proxy/Caddyfile');
  const paths = (/@enroll path (.*)/.exec(caddyfile)?.[1] ?? '').split(' ');
  /** As Caddy matches: exactly, or what begins so. */
  const shows = (path: string) =>
    paths.some((pattern) =>
      pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern,
    );

  test('is where Caddy looks for it, beside the certificates, and reads what compose gives', () => {
    const mounted = mountsOf(proxy);
    expect(mounted.get('/etc/caddy/Caddyfile')).toBe('./ops/proxy/Caddyfile');
    expect(mounted.get('/certs')).toBe('./ops/proxy/certs');
    const read = [...caddyfile.matchAll(/\{\$(\w+):([^}]*)\}/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]);
    expect(Object.fromEntries(read)).toEqual({
      ...environmentOf(proxy, {}),
      PROXY_UPSTREAM: `app ${app.environment['PORT']}`,
    });
    expect(proxy.profiles).toEqual(['proxy']);
    expect(proxy.ports).toEqual(
      ['PROXY_HTTP_PORT', 'PROXY_HTTPS_PORT'].map(
        (name) => `${proxy.environment[name]}:${proxy.environment[name]}`,
      ),
    );
  });

  test('shows what eNROLL calls, and nothing else that Rollcall answers', () => {
    const api = JSON.parse(text('openapi.json')) as { paths: Record<string, unknown> };
    const others = ['/health/live', '/health/ready', '/metrics', '/docs', '/openapi.json', '/console', '/'];
    expect([...Object.keys(api.paths), ...others].filter(shows).sort()).toEqual([
      '/callbacks',
      '/callbacks/fail',
      '/callbacks/success',
      '/health/live',
      '/oauth/token',
    ]);
    expect(caddyfile).toMatch(/handle @enroll \{[^]*reverse_proxy[^]*\n\thandle \{\n\t\trespond 404\n\t\}/);
  });

  test('answers 200 to nobody by itself, and sends nothing into a connection that Rollcall closes', () => {
    expect(caddyfile).toContain('strict_sni_host on');
    // a secret that was sent in clear must not seem to have arrived: no redirect
    expect(caddyfile).toMatch(/^http:\/\/ \{\n\trespond 404\n\}/m);
    expect(caddyfile).not.toMatch(/^\t*redir /m);
    expect(caddyfile.match(/^\t+respond \S+/gm)?.map((line) => line.trim())).toEqual([
      'respond 404',
      'respond 503',
      'respond 404',
    ]);
    const [, theirs] = /keepAliveTimeout: ([\d_]+),/.exec(text('src/http-server.ts')) ?? [];
    const [, ours] = /keepalive (\d+)s/.exec(caddyfile) ?? [];
    expect(Number(ours) * 1000).toBeLessThan(Number(theirs?.replace('_', '')));
  });
});

describe('Dockerfile', () => {
  test('needs no other registry, and leaves behind what only the build needs', () => {
    expect(text('Dockerfile')).not.toMatch(/^# *syntax/m);
    for (const step of ['npm pkg delete devDependencies', 'npm prune', 'dist/.tsbuildinfo', "-name '*.map'"])
      expect(instructions('RUN').join('\n')).toContain(step);
  });

  test('copies only what is there and what .dockerignore lets in', () => {
    const allowed = text('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = instructions('COPY')
      .filter((line) => !line.startsWith('--from'))
      .flatMap((line) => line.split(/\s+/).slice(0, -1));
    expect(copied.length).toBeGreaterThan(5);
    for (const source of copied) {
      expect([source, existsSync(join(projectRoot, source))]).toEqual([source, true]);
      const isLetIn = allowed.some((path) => source === path || source.startsWith(`${path}/`));
      expect([source, isLetIn]).toEqual([source, true]);
    }
  });

  test('starts what package.json calls the build', () => {
    const { bin, scripts } = JSON.parse(text('package.json')) as {
      bin: { rollcall: string };
      scripts: Record<string, string>;
    };
    expect(scripts['build']).toContain('tsconfig.build.json');
    expect(existsSync(join(projectRoot, 'src/main.ts'))).toBe(true);
    expect(instructions('RUN').join('\n')).toContain(`/app/${bin.rollcall}`);
  });

  test('holds the notices of what it passes on, libvips and the GNU licences among them', () => {
    const steps = instructions('RUN').join('\n');
    expect(steps.indexOf('npm prune')).toBeLessThan(
      steps.indexOf('scripts/notices.mjs > THIRD-PARTY-NOTICES.txt'),
    );
    expect(steps).toMatch(/common-licenses\/LGPL-3 \S*common-licenses\/GPL-3 >> THIRD-PARTY-NOTICES.txt/);
    expect(instructions('COPY').join('\n')).toContain('/app/THIRD-PARTY-NOTICES.txt');
    expect(instructions('COPY')).toContain('LICENSE NOTICE ./');

    const { status, stdout } = spawnSync(process.execPath, ['scripts/notices.mjs'], {
      cwd: projectRoot,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    expect(status).toBe(0);
    const { dependencies } = JSON.parse(text('package.json')) as { dependencies: Record<string, string> };
    for (const [name, version] of Object.entries(dependencies))
      expect(stdout).toContain(`\n${name}@${version}\n`);
    expect(stdout).toMatch(
      /@img\/sharp-libvips-[\w-]+@[^]*?Licence: LGPL-3\.0-or-later[^]*?libvips +\| LGPLv3/,
    );
    expect(stdout).toContain('Permission is hereby granted, free of charge');
  });

  test('notices fail where a package says nothing of its licence, and where there is none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-notices-'));
    const run = () =>
      spawnSync(process.execPath, [join(projectRoot, 'scripts/notices.mjs')], {
        cwd: folder,
        encoding: 'utf8',
      });
    expect(run()).toMatchObject({ status: 1, stderr: 'There is no package in node_modules\n' });
    mkdirSync(join(folder, 'node_modules/@x/y'), { recursive: true });
    writeFileSync(join(folder, 'node_modules/@x/y/package.json'), '{"name":"@x/y","version":"1.0.0"}');
    expect(run()).toMatchObject({ status: 1, stdout: '', stderr: 'No licence is known of: @x/y@1.0.0\n' });
    rmSync(folder, { recursive: true });
  });

  test('runs without root, on glibc, with a health check, and with a base that our engines accept', () => {
    const bases = instructions('FROM');
    expect(bases.at(-1)).toMatch(/^node:(22|24)-bookworm-slim$/);
    expect(instructions('USER')).toEqual(['node']);
    expect(text('Dockerfile')).toMatch(/HEALTHCHECK[^]*\/health\/live/);
  });
});

describe('the bill of materials', () => {
  test('is a step of .ci/run, names every package and which ones are for development alone, and is in no commit', () => {
    expect(text('.ci/run')).toMatch(/^ +step 'bill of materials' npm run -s sbom &&$/m);
    expect(text('.gitignore')).toMatch(/^reports\/$/m);
    expect(spawnSync('npm', ['run', '-s', 'sbom'], { cwd: projectRoot }).status).toBe(0);
    const { bomFormat, components } = JSON.parse(text('reports/sbom.cdx.json')) as {
      bomFormat: string;
      components: { name: string; version: string; properties: { name: string }[] }[];
    };
    expect(bomFormat).toBe('CycloneDX');
    const isForDevelopment = new Map(
      components.map(({ name, version, properties }) => [
        `${name}@${version}`,
        properties.some((property) => property.name === 'cdx:npm:package:development'),
      ]),
    );
    const { dependencies, devDependencies } = JSON.parse(text('package.json')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    for (const [name, version] of Object.entries(dependencies)) {
      expect([name, isForDevelopment.get(`${name}@${version}`)]).toEqual([name, false]);
    }
    expect(isForDevelopment.get(`jest@${devDependencies['jest']}`)).toBe(true);
  });
});

describe('.env.example', () => {
  test('has every setting, after what compose alone reads', () => {
    const [compose, settings] = [example.slice(0, 6), example.slice(6)].map((lines) =>
      lines.map(({ name }) => name),
    );
    expect(compose).toEqual([
      'POSTGRES_PASSWORD',
      'CPUS',
      'PROXY_HOST',
      'PROXY_TLS',
      'PROXY_HTTP_PORT',
      'PROXY_HTTPS_PORT',
    ]);
    expect(settings).toEqual(names);
  });

  test('is a valid configuration, its commented lines as well', () => {
    const all = Object.fromEntries(example.map(({ name, value }) => [name, value]));
    for (const env of [copied, all]) expect(loadConfig({ ...env, NODE_ENV: 'development' })).toBeDefined();
  });

  test('holds no value that production refuses, but those that the header of docker-compose.yml says to set', () => {
    try {
      loadConfig(environmentOf(migrate, copied));
      throw new Error('it was not refused');
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const password = error.faults.map(({ name }) => (name === 'DATABASE_URL' ? 'POSTGRES_PASSWORD' : name));
      expect(password.sort()).toEqual(Object.keys(OWN).sort());
    }
  });
});
