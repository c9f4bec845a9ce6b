import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import type { Db } from 'pg-boss';
import { type FreshDatabase, freshDatabase } from '../../test/harness/database.js';
import { type Condition, Polling } from './polling.js';

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
  { through = db(), sleeps = false, conditions = [] as Condition[] } = {},
): { polling: Polling; leave: () => void } {
  const leave = new AbortController();
  const polls = [{ name, everyMs: 10, sleeps, poll: () => look().then(() => ({ counts: {} })) }];
  const polling = new Polling(through, polls, conditions, leave.signal, () => undefined);
  leaving.push(leave);
  running.push(polling.run());
  return { polling, leave: () => leave.abort() };
}

test('of two one polls; when it leaves, the other goes on without waiting for the lease to end', async () => {
  const polls = [0, 0];
  const first = start('one', () => Promise.resolve(void (polls[0]! += 1)));
  await setTimeout(300);
  start('one', () => Promise.resolve(void (polls[1]! += 1)));
  await setTimeout(500);
  expect(polls[0]).toBeGreaterThan(5);
  expect(polls[1]).toBe(0);
  first.leave();
  await setTimeout(3_000);
  expect(polls[1]).toBeGreaterThan(5);
});

test('a follower whose polls fail, or a queue that does not answer, is an obstacle; a slow poll of others is none', async () => {
  let away = false;
  const failing = start('feed.failing', () => Promise.reject(new Error('no')), {
    through: db(() => away),
  }).polling;
  const slow = start('alerts.slow', () => setTimeout(500)).polling;
  const sleeping = start('feed.sleeping', () => Promise.resolve(), { sleeps: true }).polling;
  await setTimeout(300);
  expect([failing.obstacle(), slow.obstacle(), sleeping.obstacle()]).toEqual([null, null, null]);
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
  expect([failing.obstacle(), slow.obstacle(), sleeping.obstacle()]).toEqual([
    'positions: feed.failing does not move',
    null,
    null,
  ]);
});

test('one that sleeps polls at its pace for two seconds once it is woken', async () => {
  let looks = 0;
  const { polling } = start('feed.idle', () => Promise.resolve(void (looks += 1)), { sleeps: true });
  await setTimeout(300);
  expect(looks).toBe(1);
  polling.wake('webhooks.');
  await setTimeout(300);
  expect(looks).toBe(1);
  polling.wake('feed.');
  await setTimeout(300);
  expect(looks).toBeGreaterThan(5);
  await setTimeout(2_000);
  const rested = looks;
  await setTimeout(300);
  expect(looks).toBe(rested);
});

test('a condition is asked for at each beat, and reacted to while it holds', async () => {
  let reactions = 0;
  const holding = { due: 'exists (select from pg_class)', react: () => void (reactions += 1) };
  const never = { due: 'now() is null', react: () => void (reactions = NaN) };
  start('beat', () => Promise.resolve(), { conditions: [never, holding] });
  await setTimeout(300);
  expect(reactions).toBe(1);
  await setTimeout(2_000);
  expect(reactions).toBe(2);
});
