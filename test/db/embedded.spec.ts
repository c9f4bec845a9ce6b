import type { ChildProcess } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { loadConfig } from '../../src/config/config.js';
import { findNative, prepareBinaries } from '../../src/db/embedded/binaries.js';
import { type OpenDatabase, openDatabase } from '../../src/db/open-database.js';
import { eventually, startTypeScript } from '../harness/processes.js';

jest.setTimeout(60_000);

const isRoot = process.getuid?.() === 0;
let sandbox: string;
/** Blanks and Arabic on purpose. */
let dataDir: string;
const open: OpenDatabase[] = [];
const children: ChildProcess[] = [];

beforeAll(() => {
  sandbox = mkdtempSync(join(tmpdir(), 'rollcall-embedded-'));
  chmodSync(sandbox, 0o755);
  dataDir = join(sandbox, 'new parent', 'بيانات and more');
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((done) => child.once('close', done));
      child.kill('SIGTERM');
      await gone;
    }
  }
  await Promise.all(open.splice(0).map((database) => database.stop()));
  expect(serversOf(dataDir)).toEqual([]);
});
afterAll(() => rmSync(sandbox, { recursive: true, force: true }));

async function openHere(folder = dataDir): Promise<OpenDatabase & { warnings: string[] }> {
  const warnings: string[] = [];
  const database = await openDatabase(loadConfig({ ROLLCALL_DATA_DIR: folder }), (line) =>
    warnings.push(line),
  );
  open.push(database);
  return { ...database, warnings };
}

/** The same in a process of its own. */
async function openElsewhere(folder = dataDir): Promise<{ url: string; child: ChildProcess }> {
  const child = startTypeScript('test/db/hold-database.ts', [], { ROLLCALL_DATA_DIR: folder });
  children.push(child);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const line = await eventually(() => {
    if (child.exitCode !== null) throw new Error(output);
    return output.includes('\n') ? output : undefined;
  }, 30_000);
  return { url: (JSON.parse(line) as { url: string }).url, child };
}

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

function dataOf(folder: string): string {
  return join(realpathSync(join(folder, 'postgres')), 'data');
}

function postmasterPid(folder = dataDir): number {
  return Number(readFileSync(join(dataOf(folder), 'postmaster.pid'), 'utf8').split('\n')[0]);
}

function serversOf(folder: string): number[] {
  const file = join(folder, 'postgres', 'data', 'postmaster.pid');
  return existsSync(file) ? [Number(readFileSync(file, 'utf8').split('\n')[0])] : [];
}

/** Undefined until the statement works. */
function whenBack(url: string, sql: string) {
  return eventually(() => query(url, sql).catch(() => undefined), 30_000);
}

describe('the first start', () => {
  test('makes a UTF-8 database that knows Arabic letters, with checksums, durable, on loopback alone', async () => {
    const { url, embedded } = await openHere();
    expect(embedded).toBe(true);
    expect(new URL(url).hostname).toBe('127.0.0.1');
    const settings = await query<{ name: string; setting: string }>(
      url,
      `select name, setting from pg_settings where name in ('server_encoding', 'data_checksums', 'fsync', 'synchronous_commit',
         'full_page_writes', 'listen_addresses', 'unix_socket_directories', 'password_encryption', 'jit', 'TimeZone')`,
    );
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      server_encoding: 'UTF8',
      data_checksums: 'on',
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      password_encryption: 'scram-sha-256',
      jit: 'off',
      TimeZone: 'UTC',
    });
    await query(url, 'create extension pg_trgm');
    expect(await query(url, "select cardinality(show_trgm('محمد')) as n")).toEqual([{ n: 5 }]);
    if (process.platform !== 'linux') return;
    const [ctype] = await query<{ datctype: string }>(
      url,
      'select datctype from pg_database where datname = current_database()',
    );
    expect(ctype?.datctype).toBe('C.UTF-8');
  });

  test('keeps the password in a file that only its owner reads, and nowhere else', async () => {
    const { url } = await openHere();
    const { password } = new URL(url);
    expect(password).toHaveLength(32);
    expect(statSync(join(dataOf(dataDir), 'rollcall.json')).mode & 0o777).toBe(0o600);
    expect(statSync(dataOf(dataDir)).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(dataDir, 'postgres', 'server.log'), 'utf8')).not.toContain(password);
    expect(readdirSync(join(dataDir, 'postgres')).sort()).toEqual(['data', 'server.log', 'users']);
  });

  test('lets nobody in without the password', async () => {
    const { url } = await openHere();
    await expect(
      query(Object.assign(new URL(url), { password: 'x' }).href, 'select 1'),
    ).rejects.toMatchObject({
      code: '28P01',
    });
  });

  test('by two processes at once ends with one server for both', async () => {
    const folder = join(sandbox, 'race');
    const [one, two] = await Promise.all([openElsewhere(folder), openElsewhere(folder)]);
    expect(one.url).toBe(two.url);
    expect(readdirSync(join(folder, 'postgres')).sort()).toEqual(['data', 'server.log', 'users']);
  });
});

describe('a later start', () => {
  test('finds the data, the password and the port again', async () => {
    const first = await openHere();
    await query(first.url, "create table kept as select 'أحمد' as name");
    await first.stop();
    expect(serversOf(dataDir)).toEqual([]);
    const second = await openHere();
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'select name from kept')).toEqual([{ name: 'أحمد' }]);
  });

  test('takes another port where the old one is taken', async () => {
    const first = await openHere();
    await first.stop();
    const thief = await listenOn(Number(new URL(first.url).port));
    try {
      const second = await openHere();
      expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
      expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      await new Promise((done) => thief.close(done));
    }
  });

  test('does not mistake another process for its server when the number was given anew', async () => {
    const first = await openHere();
    const file = join(dataOf(dataDir), 'postmaster.pid');
    const text = readFileSync(file, 'utf8');
    await first.stop();
    writeFileSync(file, text.replace(/^\d+/, String(process.pid)));
    expect((await openHere()).url).toBe(first.url);
    expect(postmasterPid()).not.toBe(process.pid);
  });
});

describe('several processes', () => {
  test('share the server, and the last one to leave stops it', async () => {
    const mine = await openHere();
    const pid = postmasterPid();
    const other = await openElsewhere();
    expect(other.url).toBe(mine.url);
    await mine.stop();
    expect(postmasterPid()).toBe(pid);
    expect(await query(other.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    other.child.kill('SIGTERM');
    await eventually(() => serversOf(dataDir).length === 0 || undefined);
  });
});

describe('what is killed', () => {
  test('a Rollcall killed with -9 leaves its server running, and the next one adopts and stops it', async () => {
    const { url, child } = await openElsewhere();
    const pid = postmasterPid();
    child.kill('SIGKILL');
    await eventually(() => child.signalCode ?? undefined);
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    const mine = await openHere();
    expect(mine.url).toBe(url);
    expect(postmasterPid()).toBe(pid);
    await mine.stop();
    expect(serversOf(dataDir)).toEqual([]);
  });

  test('a Rollcall that ends without stopping takes its server with it', async () => {
    const { child } = await openElsewhere();
    child.kill('SIGUSR2');
    await eventually(() => serversOf(dataDir).length === 0 || undefined);
  });

  test('both killed at once: the next start recovers what was committed', async () => {
    const { url, child } = await openElsewhere();
    await query(url, 'create table survivor as select 42 as answer');
    const pid = postmasterPid();
    child.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await eventually(() => child.signalCode ?? undefined);
    const mine = await openHere();
    expect(await query(mine.url, 'select answer from survivor')).toEqual([{ answer: 42 }]);
  });

  test('a server killed with -9 is back by itself on the same port with all that was committed', async () => {
    const mine = await openHere();
    await query(mine.url, 'create table acknowledged as select 7 as n');
    const pid = postmasterPid();
    process.kill(pid, 'SIGKILL');
    expect(await whenBack(mine.url, 'select n from acknowledged')).toEqual([{ n: 7 }]);
    await eventually(() => mine.warnings.length === 2 || undefined);
    expect(postmasterPid()).not.toBe(pid);
  });

  test('a server killed with -9 is back although one of its processes is still busy', async () => {
    const mine = await openHere();
    const busy = new pg.Client({ connectionString: mine.url });
    busy.on('error', () => undefined);
    await busy.connect();
    const lost = busy
      .query('select count(*) from generate_series(1, 1e12)')
      .catch((error: Error) => error.message);
    await eventually(async () => {
      const [row] = await query(
        mine.url,
        "select from pg_stat_activity where state = 'active' and query ~ '1e12' and pid <> pg_backend_pid()",
      );
      return row;
    });
    process.kill(postmasterPid(), 'SIGKILL');
    expect(await whenBack(mine.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await lost).toContain('Connection terminated');
    await busy.end();
  });

  test('an adopted server is supervised like one of our own', async () => {
    const { child } = await openElsewhere();
    const mine = await openHere();
    child.kill('SIGKILL');
    await eventually(() => child.signalCode ?? undefined);
    process.kill(postmasterPid(), 'SIGKILL');
    expect(await whenBack(mine.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('folders and installs that are not as they should be', () => {
  test('a folder that cannot be made is one clear error', async () => {
    const file = join(sandbox, 'a file');
    writeFileSync(file, '');
    await expect(openHere(join(file, 'below'))).rejects.toMatchObject({
      code: 'EMBEDDED_POSTGRES_FAILED',
      message: expect.stringMatching(/(EEXIST|ENOTDIR).*ROLLCALL_DATA_DIR.*DATABASE_URL/s) as string,
    });
  });

  test('a server that does not start is one clear error with the end of its log', async () => {
    const mine = await openHere();
    await mine.stop();
    const control = join(dataOf(dataDir), 'global', 'pg_control');
    const healthy = readFileSync(control);
    writeFileSync(control, Buffer.alloc(healthy.length));
    await expect(openHere()).rejects.toMatchObject({
      code: 'EMBEDDED_POSTGRES_FAILED',
      message: expect.stringMatching(/does not start:\n.*FATAL/s) as string,
    });
    writeFileSync(control, healthy);
    await openHere();
  });

  test('files of another major version are refused with the way out', async () => {
    const mine = await openHere();
    await mine.stop();
    const version = join(dataOf(dataDir), 'PG_VERSION');
    writeFileSync(version, '17\n');
    await expect(openHere()).rejects.toThrow('was made by Postgres 17');
    writeFileSync(version, '18\n');
  });

  test('an install without scripts lacks its links, and they are made', async () => {
    const native = join(sandbox, 'package', 'native');
    cpSync(findNative(), native, {
      recursive: true,
      filter: (source) => !lstatSync(source).isSymbolicLink(),
    });
    cpSync(join(findNative(), '..', 'package.json'), join(native, '..', 'package.json'));
    expect(existsSync(join(native, 'lib', 'libicuuc.so.60'))).toBe(process.platform !== 'linux');
    const binaries = await prepareBinaries({ folder: sandbox, account: undefined }, native);
    expect(binaries.postgres).toBe(join(native, 'bin', 'postgres'));
  });

  test("a package that the server's account cannot reach is copied to where it can", async () => {
    const closed = join(sandbox, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const native = join(closed, 'native');
    cpSync(findNative(), native, { recursive: true, verbatimSymlinks: true });
    cpSync(join(findNative(), '..', 'package.json'), join(closed, 'package.json'));
    const reachable = join(sandbox, 'reachable');
    mkdirSync(reachable, { mode: 0o755 });
    const account = isRoot ? { uid: 65534, gid: 65534 } : undefined;
    const binaries = await prepareBinaries({ folder: reachable, account }, native);
    expect(binaries.postgres.startsWith(isRoot ? reachable : closed)).toBe(true);
  });

  test("root's own closed folder works: the server's files move out and a link leads to them", async () => {
    const closed = join(sandbox, 'root-only');
    mkdirSync(closed, { mode: 0o700 });
    const folder = join(closed, '.rollcall');
    const first = await openHere(folder);
    const place = realpathSync(join(folder, 'postgres'));
    try {
      expect(lstatSync(join(folder, 'postgres')).isSymbolicLink()).toBe(isRoot);
      await first.stop();
      expect((await openHere(folder)).url).toBe(first.url);
    } finally {
      await Promise.all(open.splice(0).map((database) => database.stop()));
      rmSync(place, { recursive: true });
    }
  });
});

function listenOn(port: number): Promise<Server> {
  const server = createServer();
  return new Promise((done) => server.listen(port, '127.0.0.1', () => done(server)));
}
