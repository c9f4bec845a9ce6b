import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { Config } from '../config/config.js';
import type { Writers } from '../db/writers.js';
import type { Metrics } from '../observability/metrics.js';
import { Batcher } from './batcher.js';
import type { Committer, Part } from './committer.js';
import type { Arrived } from './inbox.types.js';
import { Intake } from './intake.js';
import { readElements } from './read-elements.js';

const MAX_WRITERS = 4;
const connection = {} as PoolClient;
const writers = { use: (work: (client: PoolClient) => Promise<void>) => work(connection) } as Writers;
const metrics = { queueDepth: { set: () => undefined } } as unknown as Metrics;

/** A commit under way, until the test ends it. */
interface Underway {
  parts: Part[];
  /** Settles all elements but the last `left` of each callback, which wait again. */
  succeed(left?: number): void;
  fail(error: Error): void;
}

/** A committer whose commits wait for the test; `looks` counts how often it was asked what the database holds. */
class HeldCommitter {
  readonly underway: Underway[] = [];
  looks = 0;
  kept = 0;
  keepFault: Error | undefined;

  commit(_connection: PoolClient, parts: Part[]): Promise<Set<string>> {
    return new Promise((resolve, reject) => {
      const succeed = (left = 0) => {
        for (const { intake, candidates } of parts) {
          intake.waiting.unshift(...candidates.splice(candidates.length - left));
          intake.row = intake.waiting.length > 0 ? 'pending' : 'settled';
          for (const { element } of candidates) intake.settle(element, 'created');
        }
        resolve(new Set());
      };
      this.underway.push({ parts, succeed, fail: reject });
    });
  }

  restore({ intake, candidates }: Part): void {
    intake.waiting = [...candidates, ...intake.waiting];
  }

  resolveUnknownCommit(): Promise<void> {
    this.looks++;
    return Promise.resolve();
  }

  keepPending(_connection: PoolClient, intake: Intake): Promise<void> {
    if (this.keepFault !== undefined) return Promise.reject(this.keepFault);
    this.kept++;
    intake.row = 'pending';
    return Promise.resolve();
  }
}

let committer: HeldCommitter;
let batcher: Batcher;
let made = 0;

beforeEach(() => {
  jest.useFakeTimers();
  for (const level of ['warn', 'error'] as const) jest.spyOn(Logger.prototype, level).mockReturnValue();
  committer = new HeldCommitter();
  batcher = batcherWith(MAX_WRITERS);
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

function batcherWith(connections: number): Batcher {
  const config = { env: { ROLLCALL_DB_WRITE_CONNECTIONS: connections } } as unknown as Config;
  return new Batcher(config, writers, committer as unknown as Committer, metrics);
}

function intakeOf(elements: number | string[], arrived: Partial<Arrived> = {}): Intake {
  const ids = typeof elements === 'number' ? Array.from({ length: elements }, () => `a${made++}`) : elements;
  const raws = ids.map((applicantId, index) => {
    const value = { applicantId, status: 1 };
    return { index, value, hasEscapes: false, bytes: Buffer.from(JSON.stringify(value)) };
  });
  const { candidates, refused } = readElements(raws);
  const bytes = Buffer.alloc(10);
  return new Intake({ source: 'callback', kind: 'success', bytes, ...arrived }, candidates, refused);
}

const submit = (...asked: Partial<Parameters<typeof intakeOf>>) =>
  batcher.submit(intakeOf(asked[0] ?? 1, asked[1]));
/** Lets whatever is ready to run do so. */
const settle = () => jest.advanceTimersByTimeAsync(0);
const sizes = () => committer.underway.map(({ parts }) => parts.length);
const failure = (code: string) => Object.assign(new Error(code), { code });

test('what waits while the writer is busy is committed together', async () => {
  const first = submit();
  const others = [submit(), submit(), submit()];
  await settle();
  expect(sizes()).toEqual([1]);
  committer.underway[0]?.succeed();
  await expect(first).resolves.toMatchObject({ received: 1, applied: 1 });
  await settle();
  expect(sizes()).toEqual([1, 3]);
  committer.underway[1]?.succeed();
  await expect(Promise.all(others)).resolves.toHaveLength(3);
});

test('a second writer begins once 32 elements wait, the others once they fill a batch', async () => {
  void submit();
  void submit(31);
  await settle();
  expect(sizes()).toEqual([1]);
  void submit(1);
  await settle();
  expect(sizes()).toEqual([1, 2]);
  for (let n = 0; n < 199; n++) void submit();
  await settle();
  expect(sizes()).toEqual([1, 2]);
  void submit();
  await settle();
  expect(sizes()).toEqual([1, 2, 200]);
});

test('a writer whose connection hangs holds up the next callback for a quarter of a second', async () => {
  void submit();
  const next = submit();
  await jest.advanceTimersByTimeAsync(249);
  expect(sizes()).toEqual([1]);
  await jest.advanceTimersByTimeAsync(3);
  expect(sizes()).toEqual([1, 1]);
  committer.underway[1]?.succeed();
  await expect(next).resolves.toMatchObject({ applied: 1 });
});

test('after a lost connection the database is asked what it holds before anything is sent again', async () => {
  const callback = submit();
  await settle();
  committer.underway[0]?.fail(failure('08006'));
  await sleep(300); // its own pause is none of the timers that jest holds
  expect(committer.looks).toBe(1);
  expect(sizes()).toEqual([1, 1]);
  committer.underway[1]?.succeed();
  await expect(callback).resolves.toMatchObject({ applied: 1 });
});

test('whoever waited for twelve seconds is told that nothing was committed', async () => {
  const callback = expect(submit()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  await jest.advanceTimersByTimeAsync(12_000);
  await callback;
});

test('a full disk is told at once', async () => {
  const callback = expect(submit()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  await settle();
  committer.underway[0]?.fail(failure('53100'));
  await callback;
});

test('a batch that Postgres refuses is tried callback by callback, and what it refuses alone is kept pending', async () => {
  void submit();
  const [good, bad] = [submit(), submit()];
  await settle();
  committer.underway[0]?.succeed();
  await settle();
  committer.underway[1]?.fail(failure('22P05'));
  await settle();
  committer.underway[2]?.succeed();
  await settle();
  committer.underway[3]?.fail(failure('22P05'));
  await expect(good).resolves.toMatchObject({ applied: 1 });
  await expect(bad).resolves.toMatchObject({ applied: 0, items: [{ result: 'pending' }] });
  expect(committer.kept).toBe(1);
});

test('a callback that waited for the database before its body waits that much less, but never less than two seconds', async () => {
  const refusedAfter = async (waitedMs: number, ms: number) => {
    const callback = submit(1, { waitedMs });
    let isOver = false;
    callback.catch(() => (isOver = true));
    await jest.advanceTimersByTimeAsync(ms - 1);
    expect(isOver).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(isOver).toBe(true);
  };
  await refusedAfter(5_000, 7_000);
  await refusedAfter(11_900, 2_000);
});

test('who gives up while it is queued is not committed later', async () => {
  batcher = batcherWith(1);
  void submit();
  const queued = expect(submit(1, { waitedMs: 12_000 })).rejects.toMatchObject({
    code: 'DATABASE_UNAVAILABLE',
  });
  await jest.advanceTimersByTimeAsync(2_000);
  await queued;
  committer.underway[0]?.succeed();
  await settle();
  expect(sizes()).toEqual([1]);
});

test('who gives up after its receipt was committed is told so; what is in flight counts as pending', async () => {
  const callback = submit(3);
  await settle();
  committer.underway[0]?.succeed(2);
  await settle();
  expect(sizes()).toEqual([1, 1]);
  await jest.advanceTimersByTimeAsync(12_000);
  await expect(callback).resolves.toMatchObject({
    applied: 1,
    items: [{ result: 'created' }, { result: 'pending' }, { result: 'pending' }],
  });
});

test('so is who waits for its turn again', async () => {
  batcher = batcherWith(1);
  const callback = submit(3);
  submit(1_000).catch(() => undefined);
  await settle();
  committer.underway[0]?.succeed(2);
  await settle();
  expect(committer.underway[1]?.parts.map(({ candidates }) => candidates.length)).toEqual([1_000]);
  await jest.advanceTimersByTimeAsync(12_000);
  await expect(callback).resolves.toMatchObject({
    applied: 1,
    items: [{ result: 'created' }, { result: 'pending' }, { result: 'pending' }],
  });
});

test('a list whose receipt is committed is answered after ten seconds, though elements wait', async () => {
  const callback = submit(2);
  await settle();
  await jest.advanceTimersByTimeAsync(10_001);
  committer.underway[0]?.succeed(1);
  await expect(callback).resolves.toMatchObject({ items: [{ result: 'created' }, { result: 'pending' }] });
  expect(sizes()).toEqual([1]);
});

test('two callbacks about one applicant are never in one batch', async () => {
  void submit();
  const [one, other] = [submit(['same', 'x']), submit(['y', 'same', 'z'])];
  await settle();
  committer.underway[0]?.succeed();
  await settle();
  const idsOf = ({ candidates }: Part) => candidates.map(({ element }) => element.applicantId);
  expect(committer.underway[1]?.parts.map(idsOf)).toEqual([
    ['same', 'x'],
    ['y', 'z'],
  ]);
  committer.underway[1]?.succeed();
  await expect(one).resolves.toMatchObject({ applied: 2 });
  await settle();
  expect(committer.underway[2]?.parts.map(idsOf)).toEqual([['same']]);
  committer.underway[2]?.succeed();
  await expect(other).resolves.toMatchObject({ applied: 3 });
});

test('a batch holds no more elements and bytes than a statement takes, unless one callback alone does', async () => {
  batcher = batcherWith(1);
  void submit();
  for (const elements of [150, 900, 2_500]) void submit(elements);
  const bytes = Buffer.alloc(5 * 1024 * 1024);
  for (let n = 0; n < 2; n++) void submit(1, { bytes });
  for (let n = 0; n < 6; n++) {
    await settle();
    committer.underway[n]?.succeed();
  }
  const taken = committer.underway.map(({ parts }) => parts.map(({ candidates }) => candidates.length));
  expect(taken.slice(0, 6)).toEqual([[1], [150], [900], [1000], [1], [1]]);
});

test('what waits is bounded in bytes and in callbacks, and gives its room back once it is answered', async () => {
  const bytes = Buffer.alloc(64 * 1024 * 1024);
  const large = [submit(1, { bytes }), submit(1, { bytes })];
  const overloaded = { code: 'OVERLOADED', options: { retryAfterSeconds: 5 } };
  await expect(submit()).rejects.toMatchObject(overloaded);
  for (let n = 0; n < 2; n++) {
    await settle();
    committer.underway[n]?.succeed();
  }
  await Promise.all(large);
  const next = submit(1, { bytes });
  await settle();
  committer.underway[2]?.succeed();
  await next;
  batcher = batcherWith(1);
  for (let n = 0; n < 1 + 4096; n++) void submit();
  await expect(submit()).rejects.toMatchObject(overloaded);
});

test('a callback that Postgres refuses, and whose receipt it refuses too, is told that nothing was committed', async () => {
  const callback = expect(submit()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  committer.keepFault = failure('22P05');
  await settle();
  committer.underway[0]?.fail(failure('22P05'));
  await callback;
  expect(committer.looks).toBe(1);
});

test('the application stops once what is under way is written', async () => {
  const callback = submit();
  let isStopped = false;
  const stopped = batcher.onApplicationShutdown().then(() => (isStopped = true));
  await settle();
  expect(isStopped).toBe(false);
  committer.underway[0]?.succeed();
  await callback;
  await stopped;
});
