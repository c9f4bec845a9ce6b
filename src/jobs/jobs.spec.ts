import { Logger } from '@nestjs/common';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { type FreshDatabase, freshDatabase } from '../../test/harness/database.js';
import { DatabaseProxy } from '../../test/faults/database-proxy.js';
import { Listener } from '../db/listen.js';
import { Jobs } from './jobs.service.js';
import { eventually } from '../../test/harness/processes.js';

let database: FreshDatabase;
let client: pg.Client;
let running: Jobs[] = [];
const listeners = new Map<Jobs, Listener>();
let lines: { job: string; outcome: string; counts?: Record<string, number> }[] = [];

beforeAll(async () => {
  Logger.overrideLogger(false);
  database = await freshDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterEach(async () => {
  await Promise.all(running.map(stop));
  running = [];
  lines = [];
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** A process with these queues; `declare` is what its modules do while they are made. */
function start(declare: (jobs: Jobs) => void, { works = true, url = database.url } = {}): Jobs {
  const jobs = jobsOf(url, works, {
    job: (job, outcome, _durationMs, counts) => void lines.push({ job, outcome, counts }),
  });
  declare(jobs);
  jobs.onApplicationBootstrap();
  running.push(jobs);
  return jobs;
}

function jobsOf(url: string, works: boolean, events: ConstructorParameters<typeof Jobs>[2]): Jobs {
  const listener = new Listener(url);
  const jobs = new Jobs(url, works, events, listener);
  listeners.set(jobs, listener);
  return jobs;
}

async function stop(jobs: Jobs): Promise<void> {
  await jobs.beforeApplicationShutdown();
  await jobs.onApplicationShutdown();
  await listeners.get(jobs)?.onApplicationShutdown();
}

const stateOf = async (queue: string) =>
  (await client.query<{ state: string }>('select state from pgboss.job where name = $1', [queue])).rows.map(
    (row) => row.state,
  );

describe('jobs', () => {
  it('are worked off soon after they are sent, also those sent before the start', async () => {
    const done: unknown[] = [];
    const jobs = jobsOf(database.url, true, { job: (job, outcome) => void lines.push({ job, outcome }) });
    jobs.work<{ n: number }>('soon', {}, async (data, { retryCount }) => {
      done.push([data.n, retryCount]);
      return Promise.resolve();
    });
    const early = jobs.send('soon', { n: 1 });
    jobs.onApplicationBootstrap();
    running.push(jobs);
    expect(await early).toMatch(/^[0-9a-f-]{36}$/);
    await eventually(() => done.length === 1);
    await jobs.send('soon', { n: 2 });
    await eventually(() => done.length === 2);
    expect(done).toEqual([
      [1, 0],
      [2, 0],
    ]);
    await eventually(async () => (await stateOf('soon')).every((state) => state === 'completed'));
    expect(lines).toContainEqual({ job: 'soon', outcome: 'done' });
  });

  it('that fail are tried again, then kept among the dead letters, without their error text', async () => {
    let tries = 0;
    const jobs = start((j) =>
      j.work('failing', { retryLimit: 1 }, () => {
        tries += 1;
        throw new TypeError('29703012357788 is not welcome');
      }),
    );
    await jobs.send('failing', { subject: 'x' });
    await eventually(async () => (await stateOf('failing.dead')).length === 1, 15_000);
    expect(tries).toBe(2);
    expect(lines.map((line) => [line.outcome, line.counts])).toEqual([
      ['failed', { retryCount: 0 }],
      ['failed', { retryCount: 1 }],
    ]);
    const { rows } = await client.query(
      `select data, output from pgboss.job where name like 'failing%' order by name`,
    );
    expect(rows).toMatchObject([{ output: { error: 'TypeError' } }, { data: { subject: 'x' } }]);
    expect(JSON.stringify(rows)).not.toContain('2970');
  });

  it('sent together, or for later, begin within seconds, and each succeeds or fails alone', async () => {
    const done: number[] = [];
    const jobs = start((j) =>
      j.work<{ n: number }>('each', { retryLimit: 0 }, async ({ n }) => {
        if (n === 2) throw new Error('two');
        done.push(n);
        return Promise.resolve({ images: 1 });
      }),
    );
    await jobs.ready();
    for (const n of [1, 2, 3]) await jobs.send('each', { n });
    await jobs.send('each', { n: 4 }, { startAfterSeconds: 1 });
    await eventually(() => done.length === 3);
    expect(done.at(-1)).toBe(4);
    await eventually(() => lines.length === 4);
    expect(lines.filter((line) => line.outcome === 'failed')).toHaveLength(1);
    expect(lines.find((line) => line.outcome === 'done')?.counts).toEqual({ retryCount: 0, images: 1 });
  });

  it('are sent by every role and worked by all but api', async () => {
    const done: string[] = [];
    const declare = (who: string) => (j: Jobs) =>
      j.work('roles', {}, () => Promise.resolve(void done.push(who)));
    const api = start(declare('api'), { works: false });
    await api.send('roles', {});
    await setTimeout(100);
    expect(done).toEqual([]);
    start(declare('worker'));
    await eventually(() => done.length === 1);
    await api.send('roles', {});
    await eventually(() => done.length === 2);
    expect(done).toEqual(['worker', 'worker']);
  });

  it('can be held to one waiting job of a kind', async () => {
    const jobs = start((j) => j.work('one', { policy: 'short' }, () => Promise.resolve()), { works: false });
    expect(await jobs.send('one', {})).not.toBeNull();
    expect(await jobs.send('one', {})).toBeNull();
    expect(await jobs.send('one', {}, { singletonKey: 'other' })).not.toBeNull();
  });

  it('of an undeclared queue are refused by name', async () => {
    const jobs = start(() => undefined, { works: false });
    await expect(jobs.send('nowhere', {})).rejects.toThrow('nowhere');
  });

  it('come by schedule, on the clock of Cairo', async () => {
    const jobs = start((j) => {
      j.work('nightly', {}, () => Promise.resolve());
      j.schedule('nightly', '30 2 * * *');
    });
    await jobs.ready();
    const { rows } = await client.query('select cron, timezone from pgboss.schedule where name = $1', [
      'nightly',
    ]);
    expect(rows).toEqual([{ cron: '30 2 * * *', timezone: 'Africa/Cairo' }]);
  });

  it('follow changed settings of their queue at the next start', async () => {
    const declare = (retryLimit: number) => (j: Jobs) =>
      j.work('changed', { retryLimit }, () => Promise.resolve());
    for (const retryLimit of [3, 9]) {
      const jobs = start(declare(retryLimit), { works: false });
      await jobs.ready();
      await stop(jobs);
    }
    const { rows } = await client.query('select retry_limit from pgboss.queue where name = $1', ['changed']);
    expect(rows).toEqual([{ retry_limit: 9 }]);
  });
});

describe('three processes at once on a new database', () => {
  it('all come up, and work each job once', async () => {
    const other = await freshDatabase();
    const done: number[] = [];
    const all = [1, 2, 3].map(() =>
      start((j) => j.work<{ n: number }>('shared', {}, ({ n }) => Promise.resolve(void done.push(n))), {
        url: other.url,
      }),
    );
    await Promise.all(all.map((jobs) => jobs.ready()));
    await Promise.all(Array.from({ length: 12 }, (_, n) => all[n % 3]!.send('shared', { n })));
    await eventually(() => done.length === 12);
    await setTimeout(50);
    expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, n) => n));
    await Promise.all(all.map(stop));
    running = [];
    await other.drop();
  });
});

describe('when the database fails', () => {
  it('at the start: the start goes on by itself, and senders are told in time', async () => {
    const proxy = new DatabaseProxy();
    const url = await proxy.open(database.url);
    proxy.set('cut');
    const done: unknown[] = [];
    const jobs = start((j) => j.work('late', {}, (data) => Promise.resolve(void done.push(data))), {
      url,
    });
    await expect(jobs.send('late', { n: 1 })).rejects.toThrow('no answer within');
    proxy.set('fair');
    await eventually(async () => {
      await jobs.send('late', { n: 2 });
      return true;
    });
    await eventually(() => done.length === 1);
    await stop(jobs);
    running = [];
    await proxy.close();
  }, 30_000);

  it('while running: the process lives and goes on when it is back', async () => {
    const proxy = new DatabaseProxy();
    const url = await proxy.open(database.url);
    const done: unknown[] = [];
    const jobs = start((j) => j.work('cut', {}, (data) => Promise.resolve(void done.push(data))), {
      url,
    });
    await jobs.ready();
    proxy.set('cut');
    await expect(jobs.send('cut', {})).rejects.toThrow();
    proxy.set('fair');
    await jobs.send('cut', { n: 1 });
    await eventually(() => done.length === 1, 15_000);
    await stop(jobs);
    running = [];
    await proxy.close();
  }, 30_000);

  it('silently: the stop still ends within its bounds', async () => {
    const proxy = new DatabaseProxy();
    const url = await proxy.open(database.url);
    const jobs = start((j) => j.work('mute', {}, () => Promise.resolve()), { url });
    await jobs.ready();
    proxy.set('silent');
    const startedAt = Date.now();
    await stop(jobs);
    expect(Date.now() - startedAt).toBeLessThan(8000);
    running = [];
    await proxy.close();
  }, 30_000);
});
