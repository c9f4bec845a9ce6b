import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { eventually } from '../harness/processes.js';
import { query, Sandbox } from './sandbox.js';

jest.setTimeout(60_000);

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = new Sandbox();
});
afterEach(async () => expect(await sandbox.stopAll()).toEqual([]));
afterAll(() => sandbox.remove());

describe('the first start', () => {
  test('makes a UTF-8 database that knows Arabic letters, with checksums, durable, on loopback alone', async () => {
    const { url, embedded } = await sandbox.openHere();
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
    const { url } = await sandbox.openHere();
    const { password } = new URL(url);
    expect(password).toHaveLength(32);
    expect(statSync(join(sandbox.data(), 'rollcall.json')).mode & 0o777).toBe(0o600);
    expect(statSync(sandbox.data()).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(sandbox.dataDir, 'postgres', 'server.log'), 'utf8')).not.toContain(password);
    expect(readdirSync(join(sandbox.dataDir, 'postgres')).sort()).toEqual(['data', 'server.log', 'users']);
  });

  test('lets nobody in without the password', async () => {
    const { url } = await sandbox.openHere();
    await expect(
      query(Object.assign(new URL(url), { password: 'x' }).href, 'select 1'),
    ).rejects.toMatchObject({
      code: '28P01',
    });
  });

  test('by two processes at once ends with one server for both', async () => {
    const folder = join(sandbox.folder, 'race');
    const [one, two] = await Promise.all([sandbox.openElsewhere(folder), sandbox.openElsewhere(folder)]);
    expect(one.url).toBe(two.url);
    expect(readdirSync(join(folder, 'postgres')).sort()).toEqual(['data', 'server.log', 'users']);
  });
});

describe('a later start', () => {
  test('finds the data, the password and the port again', async () => {
    const first = await sandbox.openHere();
    await query(first.url, "create table kept as select 'أحمد' as name");
    await first.stop();
    expect(sandbox.servers()).toEqual([]);
    const second = await sandbox.openHere();
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'select name from kept')).toEqual([{ name: 'أحمد' }]);
  });

  test('takes another port where the old one is taken', async () => {
    const first = await sandbox.openHere();
    await first.stop();
    const thief = await listenOn(Number(new URL(first.url).port));
    try {
      const second = await sandbox.openHere();
      expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
      expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      await new Promise((done) => thief.close(done));
    }
  });

  test('does not mistake another process for its server when the number was given anew', async () => {
    const first = await sandbox.openHere();
    const file = join(sandbox.data(), 'postmaster.pid');
    const text = readFileSync(file, 'utf8');
    await first.stop();
    // of the same account, or Postgres would know by itself
    const { uid, gid } = statSync(sandbox.data());
    const other = spawn('sleep', ['60'], { uid, gid, cwd: '/', stdio: 'ignore' });
    try {
      writeFileSync(file, text.replace(/^\d+/, String(other.pid)));
      expect((await sandbox.openHere()).url).toBe(first.url);
      expect(sandbox.postmasterPid()).not.toBe(other.pid);
      expect(other.exitCode ?? other.signalCode).toBeNull();
    } finally {
      other.kill();
    }
  });
});

describe('several processes', () => {
  test('share the server, and the last one to leave stops it', async () => {
    const mine = await sandbox.openHere();
    const pid = sandbox.postmasterPid();
    const other = await sandbox.openElsewhere();
    expect(other.url).toBe(mine.url);
    await mine.stop();
    expect(sandbox.postmasterPid()).toBe(pid);
    expect(await query(other.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    other.child.kill('SIGTERM');
    await eventually(() => sandbox.servers().length === 0 || undefined);
  });
});

function listenOn(port: number): Promise<Server> {
  const server = createServer();
  return new Promise((done) => server.listen(port, '127.0.0.1', () => done(server)));
}
