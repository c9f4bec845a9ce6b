import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { Config } from '../config/config.js';
import type { Writers } from '../db/writers.js';
import type { Metrics } from '../observability/metrics.js';
import { Batcher } from './batcher.js';
import type { Committer, Part } from './committer.js';
import { Intake } from './intake.js';
import { readElements } from './read-elements.js';

const MAX_WRITERS = 4;
const connection = {} as PoolClient;
const writers = { use: (work: (client: PoolClient) => Promise<void>) => work(connection) } as Writers;
const metrics = { queueDepth: { set: () => undefined } } as unknown as Metrics;
const config = { env: { ROLLCALL_DB_WRITE_CONNECTIONS: MAX_WRITERS } } as unknown as Config;

/** A commit under way, until the test ends it. */
interface Underway {
  parts: Part[];
  succeed(): void;
  fail(error: Error): void;
}

/** A committer whose commits wait for the test; `looks` counts how often it was asked what the database holds. */
class HeldCommitter {
  readonly underway: Underway[] = [];
  looks = 0;
  kept = 0;

  commit(_connection: PoolClient, parts: Part[]): Promise<Set<string>> {
    return new Promise((resolve, reject) => {
      const succeed = () => {
        for (const { intake, candidates } of parts) {
          intake.row = 'settled';
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
  batcher = new Batcher(config, writers, committer as unknown as Committer, metrics);
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

function intakeOf(elements: number): Intake {
  const raws = Array.from({ length: elements }, (_, index) => {
    const value = { applicantId: `a${made++}`, status: 1 };
    return { index, value, hasEscapes: false, bytes: Buffer.from(JSON.stringify(value)) };
  });
  const { candidates, refused } = readElements(raws);
  return new Intake({ source: 'callback', kind: 'success', bytes: Buffer.alloc(10) }, candidates, refused);
}

const submit = (elements = 1) => batcher.submit(intakeOf(elements));
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
