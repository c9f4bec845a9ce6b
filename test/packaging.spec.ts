import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ConfigError, loadConfig, settings } from '../src/config/config.js';
import { projectRoot } from '../src/config/root.js';

interface Service {
  build?: string;
  image?: string;
  command?: string[];
  environment: Record<string, string>;
  healthcheck: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  profiles?: string[];
  ports?: string[];
  volumes: string[];
}
interface Compose {
  services: { app: Service; db: Service; prometheus: Service; grafana: Service };
  volumes: Record<string, unknown>;
}

const text = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const compose = parse(text('docker-compose.yml')) as Compose;
const { app, db, prometheus, grafana } = compose.services;
const dockerfile = text('Dockerfile').replaceAll('\\\n', ' ').split('\n');
const instructions = (name: string) =>
  dockerfile.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1).trim());
const names = Object.keys(settings.shape);

/** Stands in for compose's own substitution: `${NAME}`, `${NAME:-default}`, `${NAME:?message}`. */
function substituted(value: string, env: Record<string, string>): string {
  return value.replace(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_whole, name: string, kind?: string, rest: string = '') => {
      const given = env[name] ?? '';
      if (given !== '') return given;
      if (kind === '?') throw new Error(`${name}: ${rest}`);
      return kind === '-' ? rest : '';
    },
  );
}

function environmentOf(service: Service, env: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(service.environment).map(([name, value]) => [name, substituted(value, env)]),
  );
}

const OWN = {
  POSTGRES_PASSWORD: 'p4ssw0rd',
  ROLLCALL_KEYS: 'k1:Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=',
  ROLLCALL_CLIENT_ID: 'enroll',
  ROLLCALL_CLIENT_SECRET: 'a-secret-of-our-own-making',
};

describe('docker-compose.yml', () => {
  test('names no setting that the application does not know', () => {
    expect(Object.keys(app.environment).filter((name) => !names.includes(name))).toEqual([]);
  });

  test('gives a production configuration once password and keys are set', () => {
    const config = loadConfig(environmentOf(app, OWN));
    expect(config.production).toBe(true);
    expect(config.env.DATABASE_URL).toBe('postgres://rollcall:p4ssw0rd@db:5432/rollcall');
    expect(db.environment['POSTGRES_USER']).toBe('rollcall');
    expect(db.environment['POSTGRES_DB']).toBe('rollcall');
  });

  test.each(['POSTGRES_PASSWORD', 'ROLLCALL_KEYS'])('does not start without %s', (name) => {
    const env = { ...OWN, [name]: '' };
    expect(() => environmentOf(app, env)).toThrow(new RegExp(`^${name}: set ${name} in .env`));
  });

  test('runs the image as the image runs itself', () => {
    expect(app.command).toEqual(JSON.parse(instructions('CMD').at(-1) ?? '') as string[]);
  });

  test('makes the database as the boot check wants it, and waits for it', () => {
    expect(db.image).toBe('postgres:18');
    expect(db.environment['POSTGRES_INITDB_ARGS']).toBe('--locale=C.UTF-8 --encoding=UTF8');
    expect(app.depends_on?.['db']?.condition).toBe('service_healthy');
    expect(db.healthcheck.test).toContain('pg_isready');
  });

  test('asks the application whether it is ready, and declares its volumes', () => {
    expect(app.healthcheck.test.join(' ')).toContain('/health/ready');
    const used = Object.values(compose.services)
      .flatMap(({ volumes }) => volumes)
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((source) => !source.startsWith('./'));
    expect(used.sort()).toEqual(Object.keys(compose.volumes).sort());
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
    const mounted = new Map(
      [...prometheus.volumes, ...grafana.volumes].map((volume) => {
        const [source = '', target = ''] = volume.split(':');
        return [target, source] as const;
      }),
    );
    for (const source of mounted.values()) {
      if (source.startsWith('./'))
        expect([source, existsSync(join(projectRoot, source))]).toEqual([source, true]);
    }
    const read = <T>(file: string) => parse(text(file)) as T;
    const scraping = read<{
      rule_files: string[];
      scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[];
    }>('ops/prometheus/prometheus.yml');
    expect(mounted.has('/etc/prometheus/prometheus.yml')).toBe(true);
    expect(scraping.rule_files.filter((file) => !mounted.has(file))).toEqual([]);
    expect(scraping.scrape_configs).toEqual([
      { job_name: 'rollcall', static_configs: [{ targets: [`app:${app.environment['PORT']}`] }] },
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

describe('Dockerfile', () => {
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
      expect(allowed).toContain(source.replace('./', ''));
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

  test('runs without root, on glibc, with a health check, and with a base that our engines accept', () => {
    const bases = instructions('FROM');
    expect(bases.at(-1)).toMatch(/^node:(22|24)-bookworm-slim$/);
    expect(instructions('USER')).toEqual(['node']);
    expect(text('Dockerfile')).toMatch(/HEALTHCHECK[^]*\/health\/live/);
  });
});

describe('.env.example', () => {
  const entries = text('.env.example')
    .split('\n')
    .map((line) => /^(?:# )?([A-Z][A-Z0-9_]*)=(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, name = '', value = '']) => [name, value] as const);

  test('has every setting', () => {
    expect(entries.map(([name]) => name)).toEqual(['POSTGRES_PASSWORD', ...names]);
  });

  test('is a valid configuration whose secrets production refuses', () => {
    const env = Object.fromEntries(entries);
    expect(loadConfig({ ...env, NODE_ENV: 'development' })).toBeDefined();
    const refusal = () => loadConfig({ ...env, NODE_ENV: 'production' });
    expect(refusal).toThrow(ConfigError);
    for (const name of [
      'DATABASE_URL',
      'ROLLCALL_KEYS',
      'ROLLCALL_CLIENT_SECRET',
      'ROLLCALL_API_KEY',
      'ENROLL_TENANT_SECRET',
    ]) {
      expect(refusal).toThrow(`${name}: is a published example value`);
    }
  });
});
