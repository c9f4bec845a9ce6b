import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Listener } from '../../src/db/listen.js';
import { Jobs } from '../../src/jobs/jobs.service.js';
import { HandingOn } from './handing-on.js';
import { Receiver } from './receiver.js';
import { eventually } from '../harness/processes.js';

jest.setTimeout(120_000);

const COUNTED_SECONDS = 60;
const MOST_PER_SECOND = 2;
/** What the start brings with it is over: lanes, polls that were awake, jobs that were sent for. */
const FALLS_ASLEEP_MS = 10_000;

let handing: HandingOn;
let receiver: Receiver;
let url: string;

beforeAll(async () => {
  handing = await HandingOn.start();
  receiver = new Receiver();
  url = `http://127.0.0.1:${await receiver.start()}`;
  await handing.endpoint({ url: `${url}/a` });
  await handing.endpoint({ url: `${url}/b` });
  await handing.rollcall.app.get(Jobs).ready();
});
beforeEach(() => pause(FALLS_ASLEEP_MS));
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  await handing.stop();
  await receiver.stop();
});

/** Meanwhile no beat comes through. */
async function withoutBeat(work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: handing.rollcall.databaseUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('lock table job_watches in exclusive mode');
    await work();
  } finally {
    await client.end();
  }
}

/** Takes an event. @returns milliseconds from its commit to the last of its first attempts */
async function handOn(): Promise<number> {
  receiver.delivered.splice(0);
  await handing.enroll();
  const committedAt = Date.now();
  await eventually(() => receiver.delivered.length === 2);
  return Math.max(...receiver.delivered.map(({ at }) => at)) - committedAt;
}

test('a server with nothing to do sends at most two statements a second', async () => {
  const sent = jest.spyOn(pg.Query.prototype, 'submit');
  await pause(COUNTED_SECONDS * 1000);
  expect(sent.mock.calls.length).toBeLessThanOrEqual(COUNTED_SECONDS * MOST_PER_SECOND);
  // what is done every minute was done
  const evaluated = "select from alert_evaluation where evaluated_at > now() - interval '1 minute'";
  expect(await handing.rollcall.sql(evaluated)).toHaveLength(1);
});

test('the first event after a rest is handed on at once, without a beat', async () => {
  await withoutBeat(async () => expect(await handOn()).toBeLessThan(1_000));
});

test('an endpoint that is resumed gets at once what waited for it', async () => {
  const { id } = await handing.endpoint({ url: `${url}/c` });
  await handing.ask(`/api/v1/endpoints/${id}/pause`, { method: 'POST' });
  await handing.enroll();
  await pause(FALLS_ASLEEP_MS);
  receiver.delivered.splice(0);
  await withoutBeat(async () => {
    const resumedAt = Date.now();
    await handing.ask(`/api/v1/endpoints/${id}/resume`, { method: 'POST' });
    await eventually(() => receiver.delivered.length === 1);
    expect(receiver.delivered[0]!.at - resumedAt).toBeLessThan(1_000);
  });
  await handing.ask(`/api/v1/endpoints/${id}`, { method: 'DELETE' });
});

test('where no notification is heard the next beat hands it on', async () => {
  const listener = handing.rollcall.app.get(Listener);
  await listener.onApplicationShutdown();
  expect(listener.connected).toBe(false);
  expect(await handOn()).toBeLessThan(5_000);
});
