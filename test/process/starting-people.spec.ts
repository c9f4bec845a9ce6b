import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../src/config/root.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';
import { ENVIRONMENT, ready, run, type Run, watched } from './running.js';

jest.setTimeout(120_000);

const START = join(projectRoot, 'scripts', 'start.mjs');
/** Standard output is a pipe here, and says that it is a terminal. */
const ON_A_TERMINAL = [
  '--import',
  `data:text/javascript,${encodeURIComponent('process.stdout.isTTY = true')}`,
];
/** A line of the log for people. */
const READABLE = /^\d\d:\d\d:\d\d {2}\S/;

let folder: string;
let database: FreshDatabase;
let server: Run | undefined;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-starting-people-'));
  database = await freshDatabase();
});
afterEach(async () => {
  server?.child.kill('SIGKILL');
  await server?.exited;
  server = undefined;
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

async function stopped({ child, exited }: Run): Promise<number | null> {
  child.kill('SIGTERM');
  return exited;
}

describe('npm start on a terminal', () => {
  test('reads .env, shows a banner and a readable line per event, and says when it has stopped', async () => {
    writeFileSync(
      join(folder, '.env'),
      `DATABASE_URL='${database.url}'\nROLLCALL_CLIENT_ID=of-the-file\nROLLCALL_CLIENT_SECRET='a-secret-of-$the-#file'\nPORT=1
ENROLL_BASE_URL=http://127.0.0.1:1\nENROLL_TENANT_ID=tenant\nENROLL_TENANT_SECRET=of-the-tenant\n`,
    );
    // what the environment has wins, and PORT is there; without these two the file counts
    const { ROLLCALL_CLIENT_ID: _, ROLLCALL_CLIENT_SECRET: __, ...rest } = ENVIRONMENT;
    const child = spawn(process.execPath, [...ON_A_TERMINAL, START], { cwd: folder, env: rest });
    server = watched(child);
    const url = await ready(server);
    const form = 'grant_type=client_credentials&client_id=of-the-file&client_secret=a-secret-of-$the-%23file';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await fetch(`${url}/oauth/token`, { method: 'POST', headers, body: form })).status).toBe(200);
    expect(await stopped(server)).toBe(0);
    const lines = server.output().split('\n');
    const banner = lines.filter((line) => /^(Rollcall is ready| {2}\S)/.test(line));
    expect(banner).toHaveLength(9);
    const events = lines.filter((line) => line !== '' && !banner.includes(line));
    expect(events.filter((line) => !READABLE.test(line))).toEqual([]);
    expect(events.map((line) => line.slice(10))).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Rollcall \d+\.\d+\.\d+ starts on Node 2\d/),
        expect.stringMatching(/^POST \/oauth\/token 200 in \d+ ms/),
      ]),
    );
    expect(events.at(-1)).toMatch(/Rollcall: Stopped$/);
    expect(events.filter((line) => line.includes('unverified'))).toHaveLength(1);
    expect(server.output() + server.errors()).not.toContain('a-secret-of');
  });

  test.each([
    ['elsewhere', {}, []],
    ['with ROLLCALL_LOG_FORMAT=json', { ROLLCALL_LOG_FORMAT: 'json' }, ON_A_TERMINAL],
  ])('%s the log is JSON, to its end', async (_, env, flags) => {
    const main = join(projectRoot, 'dist', 'src', 'main.js');
    const ROLLCALL_DATA_DIR = join(folder, '.rollcall');
    server = run({ DATABASE_URL: database.url, ROLLCALL_DATA_DIR, ...env }, {}, [
      process.execPath,
      ...flags,
      main,
    ]);
    await ready(server);
    expect(await stopped(server)).toBe(0);
    const lines = server
      .output()
      .split('\n')
      .filter((line) => !/^$|^Rollcall is ready| {2}/.test(line));
    const events = lines.map((line) => (JSON.parse(line) as { event?: string }).event);
    expect([events[0], events.at(-1)]).toEqual(['boot', 'stopped']);
    // the link of the banner, which opens the console
    expect(server.output()).toMatch(/^ {2}Console, once .*\/console\/first#rcf_/m);
    expect(lines.join('\n')).not.toContain('rcf_');
  });
});

describe('what stops the start is one sentence with its remedy', () => {
  test('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    expect(await said({ PORT: String(port) })).toBe(
      `Rollcall cannot start (EADDRINUSE): Port ${port} of 127.0.0.1 is taken by another program, or by a Rollcall that ` +
        'runs already. Stop that one, or set PORT to another port; 0 picks a free one.\n',
    );
    expect(await said({ ROLLCALL_MANAGEMENT_PORT: String(port) })).toMatch(
      /set ROLLCALL_MANAGEMENT_PORT to another/,
    );
    other.close();
  });

  test('a host that is elsewhere', async () => {
    expect(await said({ ROLLCALL_HOST: '203.0.113.1' })).toMatch(
      /^Rollcall cannot start \(EADDRNOTAVAIL\): 203\.0\.113\.1 is no address of this machine\. Set ROLLCALL_HOST /,
    );
  });

  test.each([
    [
      'of the embedded Postgres',
      { DATABASE_URL: '' },
      /EMBEDDED_POSTGRES_FAILED.*Make it writable, point ROLLCALL_DATA_DIR/,
    ],
    [
      'of generated keys',
      { ROLLCALL_KEYS: '' },
      /DATA_DIR_UNUSABLE.*Make it readable and writable, point ROLLCALL_DATA_DIR/,
    ],
  ])('a data folder that cannot be written to, %s', async (_, env, expected) => {
    const file = join(folder, 'a file');
    writeFileSync(file, '');
    expect(await said({ ROLLCALL_DATA_DIR: join(file, 'data'), ...env })).toMatch(expected);
  });

  test('a database that is away, whose reason is told once meanwhile', async () => {
    const text = await said({
      DATABASE_URL: 'postgres://someone:hidden@127.0.0.1:1/nothing',
      ROLLCALL_DB_WAIT_SECONDS: '4',
    });
    expect(text).toMatch(/DATABASE_UNREACHABLE.*Check host and port, and that the server runs\./);
    expect(server?.output().match(/Waiting for the database/g)).toHaveLength(1);
    expect(text + server?.output()).not.toContain('hidden');
  });

  test('a database that does not exist', async () => {
    const url = new URL(database.url);
    url.pathname = '/nobody_made_it';
    expect(await said({ DATABASE_URL: url.href })).toMatch(
      /DATABASE_UNREACHABLE.*Check the name, or create it/,
    );
  });

  /** What standard error has after it ended, which is one line. */
  async function said(env: Record<string, string>): Promise<string> {
    server = run({ DATABASE_URL: database.url, ROLLCALL_LOG_FORMAT: 'text', ...env });
    expect(await server.exited).toBe(1);
    expect(server.errors()).toMatch(/^Rollcall cannot start \([A-Z_]+\): [^\n]+\n$/);
    expect(server.output()).not.toMatch(/^ +at /m);
    expect(server.output()).not.toContain('ready');
    return server.errors();
  }
});
