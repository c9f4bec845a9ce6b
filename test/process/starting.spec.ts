import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findData } from '../../src/db/embedded/home.js';
import { leftoversOf, readPostmaster } from '../../src/db/embedded/processes.js';
import { DatabaseProxy } from '../faults/database-proxy.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';
import { eventually } from '../harness/processes.js';
import { freePort, ready, readyAt, run, type Run } from './running.js';

jest.setTimeout(120_000);

let database: FreshDatabase;
let proxy: DatabaseProxy;
const servers: Run[] = [];
let watch: Watch | undefined;
beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(() => {
  proxy = new DatabaseProxy();
});
afterEach(async () => {
  await watch?.stop();
  watch = undefined;
  for (const { child, exited } of servers.splice(0)) {
    child.kill('SIGKILL');
    await exited;
  }
  await proxy.close().catch(() => undefined);
});
afterAll(() => database.drop());

function start(env: Record<string, string>): Run {
  const server = run(env);
  servers.push(server);
  return server;
}

/** What a probe of liveness meets, many times a second, each time on a connection of its own. */
class Watch {
  private readonly seen: (number | string)[] = [];
  private isOver = false;
  private readonly watching: Promise<void>;

  constructor(private readonly url: string) {
    this.watching = this.run();
  }

  /** What it met from the first answer on. */
  async stop(): Promise<(number | string)[]> {
    this.isOver = true;
    await this.watching;
    return this.seen.slice(this.seen.indexOf(200));
  }

  private async run(): Promise<void> {
    while (!this.isOver) {
      this.seen.push(await this.ask());
      await pause(20);
    }
  }

  private async ask(): Promise<number | string> {
    try {
      const answer = await fetch(`${this.url}/health/live`, { headers: { connection: 'close' } });
      await answer.arrayBuffer();
      return answer.status;
    } catch (error) {
      return String((error as Error).cause);
    }
  }
}

describe('M12 between the waiting room and the application', () => {
  test('the port is never closed: liveness is answered by the one or the other', async () => {
    const port = await freePort();
    watch = new Watch(`http://127.0.0.1:${port}`);
    const server = start({ DATABASE_URL: database.url, PORT: port });
    await ready(server);
    await pause(200);
    const seen = await watch.stop();
    expect(seen.length).toBeGreaterThan(10);
    expect(seen.filter((status) => status !== 200)).toEqual([]);
  });

  test.each([
    ['the mark of the image store is read', '"markedAt" from image_mirror'],
    ['the keys are checked', 'sealed from key_checks'],
  ])('a database that goes away while %s is waited for', async (_, text) => {
    const url = await proxy.open(database.url);
    const port = await freePort();
    proxy.changeAt(text, 'cut');
    watch = new Watch(`http://127.0.0.1:${port}`);
    const server = start({ DATABASE_URL: url, PORT: port });
    await eventually(async () => {
      if (server.child.exitCode !== null) throw new Error(`it ended: ${server.errors()}`);
      const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
      return (await answer?.text())?.includes('database: away');
    }, 30_000);
    proxy.set('fair');
    await ready(server);
    await readyAt(`http://127.0.0.1:${port}`);
    expect((await watch.stop()).filter((status) => status !== 200)).toEqual([]);
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
  });

  test('where it stays away the process ends with the reason, as before', async () => {
    const url = await proxy.open(database.url);
    proxy.changeAt('sealed from key_checks', 'cut');
    const server = start({ DATABASE_URL: url, ROLLCALL_DB_WAIT_SECONDS: '2' });
    expect(await server.exited).toBe(1);
    expect(server.errors()).toMatch(/DATABASE_UNREACHABLE.*waited for 2 s \(ROLLCALL_DB_WAIT_SECONDS\)/);
  });
});

describe('M12 SIGTERM during the start', () => {
  test.each(['cut', 'silent'] as const)(
    'is exit 0, with a database that is %s at that moment',
    async (weather) => {
      const url = await proxy.open(database.url);
      proxy.changeAt('sealed from key_checks', weather);
      const server = start({ DATABASE_URL: url });
      await eventually(() => proxy.hasChanged || undefined, 30_000);
      const toldAt = Date.now();
      server.child.kill('SIGTERM');
      expect(await server.exited).toBe(0);
      expect(server.errors()).toBe('');
      expect(Date.now() - toldAt).toBeLessThan(8_000);
    },
  );

  test.each([
    ['while the embedded Postgres is made', /"event":"boot"/],
    ['while the schema is made', undefined],
    ['while its parts begin', /Mapped/],
  ])('%s: exit 0, and no process of the embedded Postgres is left', async (_, said) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-starting-'));
    const server = start({ ROLLCALL_DATA_DIR: dataDir, ROLLCALL_LOG_LEVEL: 'debug' });
    const isThere = () =>
      said === undefined
        ? readPostmaster(findData(dataDir) ?? '')?.status === 'ready'
        : said.test(server.output());
    await eventually(() => isThere() || undefined, 60_000);
    server.child.kill('SIGTERM');
    expect([await server.exited, server.errors()]).toEqual([0, '']);
    expect(leftoversOf(findData(dataDir) ?? '')).toEqual([]);
    rmSync(dataDir, { recursive: true });
  });
});
