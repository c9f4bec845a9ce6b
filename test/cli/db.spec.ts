import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { CliContext } from '../../src/cli/context.js';
import { runCommand } from '../../src/cli/program.js';
import { loadConfig } from '../../src/config/config.js';
import { releaseVersion } from '../../src/config/root.js';
import { openDatabase } from '../../src/db/open-database.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';
import { type Finished, runBuilt } from '../harness/processes.js';

jest.setTimeout(60_000);

let folder: string;
let database: FreshDatabase;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-cli-'));
  chmodSync(folder, 0o755); // or root's server would move out of it
  database = await freshDatabase();
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** One command in this process, with its own settings. */
async function rollcall(args: string[], env: Record<string, string> = {}): Promise<Finished> {
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    });
  }
  try {
    const code = await runCommand(args, new CliContext(() => loadConfig(env)));
    return { code, ...printed };
  } finally {
    jest.restoreAllMocks();
  }
}

/** As a server leaves it behind that ran there once. */
async function aDatabaseIn(env: Record<string, string>): Promise<void> {
  await (await openDatabase(loadConfig(env))).stop();
}

async function rowsOf<Row extends pg.QueryResultRow>(sql: string, url = database.url): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('exit codes', () => {
  test.each([
    ['--help', 0],
    ['db --help', 0],
    ['db migrate --help', 0],
    ['help db', 0],
    ['', 2],
    ['db', 2],
    ['nonsense', 2],
    ['db nonsense', 2],
    ['db url --nonsense', 2],
    ['db url surplus', 2],
  ])('rollcall %s ends with %i', async (line, code) => {
    const result = await rollcall(line.split(' ').filter(Boolean));
    expect(result.code).toBe(code);
    expect(code === 0 ? result.stdout : result.stderr).toMatch(/Usage: rollcall|--help/);
  });

  test('rollcall --version tells the version of the package', async () => {
    expect(await rollcall(['--version'])).toMatchObject({ code: 0, stdout: `${releaseVersion()}\n` });
  });

  test('are those of the process, and the result alone is on standard output', async () => {
    const done = await runBuilt('src/cli/main.js', ['db', 'url'], { DATABASE_URL: database.url });
    expect(done).toEqual({ code: 0, stdout: `${database.url}\n`, stderr: '' });
    expect((await runBuilt('src/cli/main.js', ['nonsense'])).code).toBe(2);
  });

  test('a wrong setting is one message that names it, and 1', async () => {
    const result = await rollcall(['db', 'url'], { PORT: 'x', ROLLCALL_ROLE: 'y' });
    expect(result).toMatchObject({ code: 1, stdout: '' });
    expect(result.stderr).toContain('PORT: ');
    expect(result.stderr).toContain('ROLLCALL_ROLE: ');
    expect(result.stderr).not.toContain('    at ');
  });

  test('a database that is not there is one message without the password, and 1', async () => {
    const DATABASE_URL = 'postgres://u:hidden@127.0.0.1:1/d';
    const plain = await rollcall(['db', 'status'], { DATABASE_URL });
    expect(plain).toMatchObject({ code: 1, stdout: '' });
    expect(plain.stderr).toContain('DATABASE_URL (postgres://u:***@127.0.0.1:1/d) cannot be used');
    const json = await rollcall(['db', 'status', '--json'], { DATABASE_URL });
    expect(JSON.parse(json.stderr)).toMatchObject({ error: { code: 'DATABASE_UNREACHABLE' } });
    expect(plain.stderr + json.stderr).not.toContain('hidden');
  });
});

describe('rollcall db', () => {
  test('url prints DATABASE_URL where that is set', async () => {
    const result = await rollcall(['db', 'url'], { DATABASE_URL: database.url });
    expect(result).toEqual({ code: 0, stdout: `${database.url}\n`, stderr: '' });
  });

  test('url prints the embedded database, running or not, and says when it is not', async () => {
    const env = { ROLLCALL_DATA_DIR: join(folder, 'data') };
    const open = await openDatabase(loadConfig(env));
    try {
      expect(await rollcall(['db', 'url'], env)).toEqual({ code: 0, stdout: `${open.url}\n`, stderr: '' });
      const json = await rollcall(['--json', 'db', 'url'], env);
      expect(JSON.parse(json.stdout)).toEqual({ url: open.url, running: true });
    } finally {
      await open.stop();
    }
    const stopped = await rollcall(['db', 'url'], env);
    expect(stopped).toMatchObject({ code: 0, stdout: `${open.url}\n` });
    expect(stopped.stderr).toContain('not running');
  });

  test('migrate starts an embedded database for its own time, and status tells what it did', async () => {
    const env = { ROLLCALL_DATA_DIR: join(folder, 'data') };
    await aDatabaseIn(env);
    const first = await rollcall(['db', 'migrate', '--json'], env);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const { applied } = JSON.parse(first.stdout) as { applied: string[] };
    expect(applied).toContain('core1764000000001');
    expect(JSON.parse((await rollcall(['db', 'migrate', '--json'], env)).stdout)).toEqual({ applied: [] });
    const audit = await rollcall(['audit', 'list', '--json'], env);
    const { items } = JSON.parse(audit.stdout) as { items: { action: string }[] };
    expect(items.filter(({ action }) => action === 'db.migrate')).toMatchObject([
      { actor: expect.stringMatching(/^cli:/), subject: 'db', detail: { applied } },
    ]);
    const status = JSON.parse((await rollcall(['db', 'status', '--json'], env)).stdout) as object;
    expect(status).toMatchObject({ embedded: true, applied, pending: [], unknown: [] });
    expect(JSON.parse((await rollcall(['db', 'url', '--json'], env)).stdout)).toMatchObject({
      running: false,
    });
  });

  test('status for people names the server without its password', async () => {
    const { stdout } = await rollcall(['db', 'status'], { DATABASE_URL: database.url });
    expect(stdout).toMatch(/^url {11}postgresql:\/\/rollcall:\*\*\*@127\.0\.0\.1/m);
    expect(stdout).toMatch(/^version {7}18\.\d+$/m);
    expect(stdout).toMatch(/^pending {7}-$/m);
    expect(stdout).not.toContain(new URL(database.url).password);
  });
});

/** Of most nouns one; none may make or alter a table. */
const COMMANDS = [
  'client list',
  'client create enroll',
  'apikey list',
  'quarantine list',
  'images status',
  'consumer list',
  'endpoint list',
  'alerts list',
  'db adopt',
];

describe('which installation a command is of', () => {
  test.each([
    ...COMMANDS,
    'db url',
    'db status',
    'db migrate',
    'endpoint create --name crm --url https://crm.example.org/',
    'enroll token',
  ])(
    '3.2 rollcall %s makes no database where there is none: exit 2, saying what it looked for',
    async (line) => {
      const missing = join(folder, 'none');
      const result = await rollcall(line.split(' '), { ROLLCALL_DATA_DIR: missing });
      expect(result).toMatchObject({ code: 2, stdout: '' });
      expect(result.stderr).toContain(`DATABASE_URL is not set, and there is none in ${missing}`);
      expect(existsSync(missing)).toBe(false);
    },
  );

  test('3.2 a folder that holds only the keys of a server with DATABASE_URL is none, either', async () => {
    const keys = mkdtempSync(join(folder, 'keys-'));
    writeFileSync(join(keys, 'keys'), 'k1:x');
    const result = await rollcall(['client', 'list'], { ROLLCALL_DATA_DIR: keys });
    expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining(keys) });
    expect(readdirSync(keys)).toEqual(['keys']);
  });

  test('3.2 the doctor tells it as a finding, and looks at the rest', async () => {
    const missing = join(folder, 'none');
    const result = await rollcall(['--json', 'doctor'], { ROLLCALL_DATA_DIR: missing });
    expect(result.code).toBe(1);
    const { findings } = JSON.parse(result.stdout) as { findings: object[] };
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'database', found: expect.stringContaining(missing) }),
    );
    expect(existsSync(join(missing, 'postgres'))).toBe(false);
  });

  test('3.2 db status names it, and --verbose lets every command say it beside its result', async () => {
    const env = { DATABASE_URL: database.url, ROLLCALL_DATA_DIR: join(folder, 'beside') };
    const [{ id = '' } = {}] = await rowsOf<{ id: string }>('select id from installation');
    const { stdout } = await rollcall(['db', 'status', '--json'], env);
    expect(JSON.parse(stdout)).toMatchObject({ installation: id, publicUrl: null });
    const plain = await rollcall(['client', 'list', '--verbose'], env);
    expect(plain).toMatchObject({ code: 0, stdout: expect.stringMatching(/^clientId/) });
    expect(plain.stderr).toMatch(
      new RegExp(`^Answered by installation ${id}, database postgresql://rollcall:\\*{3}@127`, 'm'),
    );
    const json = await rollcall(['--verbose', '--json', 'db', 'url'], env);
    expect(JSON.parse(json.stdout)).toMatchObject({ url: database.url });
    expect(JSON.parse(json.stderr)).toEqual({
      installation: id,
      database: expect.stringContaining(database.name),
    });
    expect((await rollcall(['client', 'list'], env)).stderr).not.toContain(id);
  });
});

describe('a command changes no table of the database that DATABASE_URL names', () => {
  async function objectsOf({ url }: FreshDatabase): Promise<string[]> {
    const rows = await rowsOf<{ name: string }>(
      `select oid::regclass::text as name from pg_class where relnamespace::regnamespace::text not in ('pg_catalog', 'pg_toast', 'information_schema')
       union all select extname from pg_extension union all select nspname from pg_namespace order by name`,
      url,
    );
    return rows.map(({ name }) => name);
  }

  let empty: FreshDatabase;
  beforeAll(async () => {
    empty = await freshDatabase({ migrated: false });
  });
  afterAll(() => empty.drop());

  test.each(COMMANDS)('3.2 rollcall %s in an empty one: exit 2, saying where it looked', async (line) => {
    const before = await objectsOf(empty);
    const result = await rollcall(line.split(' '), { DATABASE_URL: empty.url });
    expect(result).toMatchObject({ code: 2, stdout: '' });
    const { host, password } = new URL(empty.url);
    expect(result.stderr).toContain(`rollcall:***@${host}/${empty.name}`);
    expect(result.stderr).toMatch(/^No Rollcall is installed in .*rollcall db migrate$/m);
    expect(result.stderr).not.toContain(password);
    expect(await objectsOf(empty)).toEqual(before);
  });

  test('3.2 `db migrate` installs one there, and then they answer', async () => {
    const env = { DATABASE_URL: empty.url };
    expect(await rollcall(['db', 'migrate'], env)).toMatchObject({ code: 0, stderr: '' });
    expect(await rollcall(['client', 'list'], env)).toMatchObject({ code: 0, stderr: '' });
  });

  test.each([
    [
      'a migration',
      'delete from schema_migrations where id = (select max(id) from schema_migrations)',
      /176400/,
    ],
    ['the tables of the jobs', 'drop schema pgboss cascade', /the tables of the jobs/],
    ['a version of them', 'update pgboss.version set version = 1', /the tables of the jobs/],
  ])('3.2 one that lacks %s is named as older: exit 1, and the remedy', async (_, sql, named) => {
    const older = await freshDatabase();
    const env = { DATABASE_URL: older.url };
    expect(await rollcall(['db', 'migrate'], env)).toMatchObject({ code: 0 });
    await rowsOf(sql, older.url);
    const before = await objectsOf(older);
    const result = await rollcall(['--json', 'client', 'list'], env);
    expect(result).toMatchObject({ code: 1, stdout: '' });
    const { error } = JSON.parse(result.stderr) as { error: { code: string; message: string } };
    expect(error).toEqual({ code: 'DATABASE_OLDER', message: expect.stringMatching(named) });
    expect(error.message).toMatch(/rollcall db migrate$/);
    expect(await objectsOf(older)).toEqual(before);
    await older.drop();
  });

  test('3.2 the embedded one, which belongs to the folder, is made ready as before', async () => {
    const env = { ROLLCALL_DATA_DIR: join(folder, 'ready') };
    await aDatabaseIn(env);
    expect(await rollcall(['client', 'list'], env)).toMatchObject({ code: 0 });
  });
});

test('variables of libpq, set for other programs, reach neither the embedded server nor DATABASE_URL', async () => {
  const others = {
    ...{ PGHOST: '127.0.0.1', PGPORT: '1', PGUSER: 'other', PGPASSWORD: 'x', PGDATABASE: 'other' },
    ...{ PGOPTIONS: '-c search_path=nowhere', PGBINARY: '1', PGREPLICATION: 'database', PGPASSFILE: '/none' },
  };
  const fresh = await freshDatabase({ migrated: false });
  const beside = { ...others, DATABASE_URL: fresh.url };
  expect(await runBuilt('src/cli/main.js', ['db', 'migrate'], beside)).toMatchObject({
    code: 0,
    stderr: '',
  });
  expect(await runBuilt('src/cli/main.js', ['db', 'migrate'], beside)).toMatchObject({
    stdout: expect.stringMatching(/applied +-/),
  });
  await fresh.drop();
  const embedded = { ...others, PGSSLMODE: 'verify-full', ROLLCALL_DATA_DIR: join(folder, 'libpq') };
  await aDatabaseIn({ ROLLCALL_DATA_DIR: embedded.ROLLCALL_DATA_DIR });
  expect(await runBuilt('src/cli/main.js', ['db', 'status'], embedded)).toMatchObject({ code: 0 });
}, 180_000);

test('a command on a server that takes no writes ends with the reason', async () => {
  const standby = await freshDatabase();
  const client = new pg.Client({ connectionString: standby.url });
  await client.connect();
  await client.query(`alter database ${standby.name} set default_transaction_read_only = on`);
  await client.end();
  expect(await rollcall(['db', 'migrate'], { DATABASE_URL: standby.url })).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/DATABASE_URL .*takes no writes/),
  });
  await standby.drop();
});
