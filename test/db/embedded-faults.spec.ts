import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { findNative, prepareBinaries } from '../../src/db/embedded/binaries.js';
import { eventually } from '../harness/processes.js';
import { query, Sandbox, whenBack } from './sandbox.js';

const isRoot = process.getuid?.() === 0;

jest.setTimeout(60_000);

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = new Sandbox();
});
afterEach(async () => expect(await sandbox.stopAll()).toEqual([]));
afterAll(() => sandbox.remove());

describe('what is killed', () => {
  test('a Rollcall killed with -9 leaves its server running, and the next one adopts and stops it', async () => {
    const { url, child } = await sandbox.openElsewhere();
    const pid = sandbox.postmasterPid();
    child.kill('SIGKILL');
    await eventually(() => child.signalCode ?? undefined);
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    const mine = await sandbox.openHere();
    expect(mine.url).toBe(url);
    expect(sandbox.postmasterPid()).toBe(pid);
    await mine.stop();
    expect(sandbox.servers()).toEqual([]);
  });

  test('a Rollcall that ends without stopping takes its server with it', async () => {
    const { child } = await sandbox.openElsewhere();
    child.kill('SIGUSR2');
    await eventually(() => sandbox.servers().length === 0 || undefined);
  });

  test('both killed at once: the next start recovers what was committed', async () => {
    const { url, child } = await sandbox.openElsewhere();
    await query(url, 'create table survivor as select 42 as answer');
    const pid = sandbox.postmasterPid();
    child.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await eventually(() => child.signalCode ?? undefined);
    const mine = await sandbox.openHere();
    expect(await query(mine.url, 'select answer from survivor')).toEqual([{ answer: 42 }]);
  });

  test('a server killed with -9 is back by itself on the same port with all that was committed', async () => {
    const mine = await sandbox.openHere();
    await query(mine.url, 'create table acknowledged as select 7 as n');
    const pid = sandbox.postmasterPid();
    process.kill(pid, 'SIGKILL');
    expect(await whenBack(mine.url, 'select n from acknowledged')).toEqual([{ n: 7 }]);
    await eventually(() => mine.warnings.length === 2 || undefined);
    expect(sandbox.postmasterPid()).not.toBe(pid);
  });

  test('a server killed with -9 is back although one of its processes is still busy', async () => {
    const mine = await sandbox.openHere();
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
    process.kill(sandbox.postmasterPid(), 'SIGKILL');
    expect(await whenBack(mine.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await lost).toContain('Connection terminated');
    await busy.end();
  });

  test('an adopted server is supervised like one of our own', async () => {
    const { child } = await sandbox.openElsewhere();
    const mine = await sandbox.openHere();
    child.kill('SIGKILL');
    await eventually(() => child.signalCode ?? undefined);
    process.kill(sandbox.postmasterPid(), 'SIGKILL');
    expect(await whenBack(mine.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('folders and installs that are not as they should be', () => {
  test('a folder that cannot be made is one clear error', async () => {
    const file = join(sandbox.folder, 'a file');
    writeFileSync(file, '');
    await expect(sandbox.openHere(join(file, 'below'))).rejects.toMatchObject({
      code: 'EMBEDDED_POSTGRES_FAILED',
      message: expect.stringMatching(/(EEXIST|ENOTDIR).*ROLLCALL_DATA_DIR.*DATABASE_URL/s) as string,
    });
  });

  test('a server that does not start is one clear error with the end of its log', async () => {
    const mine = await sandbox.openHere();
    await mine.stop();
    const control = join(sandbox.data(), 'global', 'pg_control');
    const healthy = readFileSync(control);
    writeFileSync(control, Buffer.alloc(healthy.length));
    await expect(sandbox.openHere()).rejects.toMatchObject({
      code: 'EMBEDDED_POSTGRES_FAILED',
      message: expect.stringMatching(/does not start:\n.*FATAL/s) as string,
    });
    writeFileSync(control, healthy);
    await sandbox.openHere();
  });

  test('files of another major version are refused with the way out', async () => {
    const mine = await sandbox.openHere();
    await mine.stop();
    const version = join(sandbox.data(), 'PG_VERSION');
    writeFileSync(version, '17\n');
    await expect(sandbox.openHere()).rejects.toThrow('was made by Postgres 17');
    writeFileSync(version, '18\n');
  });

  test('an install without scripts lacks its links, and they are made', async () => {
    const native = join(sandbox.folder, 'package', 'native');
    cpSync(findNative(), native, {
      recursive: true,
      filter: (source) => !lstatSync(source).isSymbolicLink(),
    });
    cpSync(join(findNative(), '..', 'package.json'), join(native, '..', 'package.json'));
    expect(existsSync(join(native, 'lib', 'libicuuc.so.60'))).toBe(process.platform !== 'linux');
    const binaries = await prepareBinaries({ folder: sandbox.folder, account: undefined }, native);
    expect(binaries.postgres).toBe(join(native, 'bin', 'postgres'));
  });

  test("a package that the server's account cannot reach is copied to where it can", async () => {
    const closed = join(sandbox.folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const native = join(closed, 'native');
    cpSync(findNative(), native, { recursive: true, verbatimSymlinks: true });
    cpSync(join(findNative(), '..', 'package.json'), join(closed, 'package.json'));
    const reachable = join(sandbox.folder, 'reachable');
    mkdirSync(reachable, { mode: 0o755 });
    const account = isRoot ? { uid: 65534, gid: 65534 } : undefined;
    const binaries = await prepareBinaries({ folder: reachable, account }, native);
    expect(binaries.postgres.startsWith(isRoot ? reachable : closed)).toBe(true);
  });

  test("root's own closed folder works: the server's files move out and a link leads to them", async () => {
    const closed = join(sandbox.folder, 'root-only');
    mkdirSync(closed, { mode: 0o700 });
    const folder = join(closed, '.rollcall');
    const first = await sandbox.openHere(folder);
    const place = realpathSync(join(folder, 'postgres'));
    try {
      expect(lstatSync(join(folder, 'postgres')).isSymbolicLink()).toBe(isRoot);
      await first.stop();
      expect((await sandbox.openHere(folder)).url).toBe(first.url);
    } finally {
      await sandbox.stopAll();
      rmSync(place, { recursive: true });
    }
  });
});
