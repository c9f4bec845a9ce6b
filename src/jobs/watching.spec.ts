import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import type { Db } from 'pg-boss';
import { type FreshDatabase, freshDatabase } from '../../test/harness/database.js';
import { Watching } from './watching.js';

let database: FreshDatabase;
let client: pg.Client;
let leaving: AbortController[] = [];
let running: Promise<void>[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const each of leaving) each.abort();
  await Promise.all(running);
  [leaving, running] = [[], []];
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const db = (isAway: () => boolean = () => false): Db => ({
  executeSql: async (text, values) => {
    if (isAway()) throw new Error('away');
    return client.query(text, values);
  },
});

function start(
  name: string,
  look: () => Promise<void>,
  through = db(),
): { watching: Watching; leave: () => void } {
  const leave = new AbortController();
  const watching = new Watching(
    through,
    [{ name, everyMs: 10, look: () => look().then(() => ({ counts: {} })) }],
    leave.signal,
    () => undefined,
  );
  leaving.push(leave);
  running.push(watching.run());
  return { watching, leave: () => leave.abort() };
}

test('of two one looks; when it leaves, the other goes on without waiting for the lease to end', async () => {
  const looks = [0, 0];
  const first = start('one', () => Promise.resolve(void (looks[0]! += 1)));
  await setTimeout(300);
  start('one', () => Promise.resolve(void (looks[1]! += 1)));
  await setTimeout(500);
  expect(looks[0]).toBeGreaterThan(5);
  expect(looks[1]).toBe(0);
  first.leave();
  await setTimeout(3_000);
  expect(looks[1]).toBeGreaterThan(5);
});

test('a follower whose looks fail, or a queue that does not answer, is an obstacle; a slow look at others is none', async () => {
  let away = false;
  const failing = start(
    'feed.failing',
    () => Promise.reject(new Error('no')),
    db(() => away),
  ).watching;
  const slow = start('alerts.slow', () => setTimeout(500)).watching;
  await setTimeout(300);
  expect([failing.obstacle(), slow.obstacle()]).toEqual([null, null]);
  const now = performance.now();
  const clock = jest.spyOn(performance, 'now');
  clock.mockReturnValue(now + 19_000);
  expect(failing.obstacle()).toBeNull();
  away = true;
  clock.mockReturnValue(now + 21_000);
  expect(failing.obstacle()).toBe('jobs: the queue does not answer');
  away = false;
  await setTimeout(2_000); // it is reached again, at this time
  expect(failing.obstacle()).toBeNull();
  clock.mockReturnValue(now + 31_000);
  await setTimeout(2_000);
  expect([failing.obstacle(), slow.obstacle()]).toEqual(['positions: feed.failing does not move', null]);
});
