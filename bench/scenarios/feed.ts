import { setTimeout as pause } from 'node:timers/promises';
import type { ChangesPageDto } from '../../src/feed/feed.dto.js';
import type { Bench, Scenario, Section } from '../bench.types.js';
import { percentile, shown } from '../figures.js';
import { Applicants } from '../load/applicants.js';
import { Connection } from '../load/connection.js';
import { EventStream } from '../load/event-stream.js';
import { listOf } from '../offline/main-job.js';
import { seed } from '../offline/seed.js';
import { memoryOf } from '../processes.js';
import { API_KEY, ServerProcess } from '../server-process.js';
import { PEOPLE } from './callbacks.js';

const EVENTS = 200_000;
const QUICK_EVENTS = 40_000;
const PAGE = 200;
const AT_LEAST_PER_SECOND = 20_000;
const CALLBACKS_PER_SECOND = 100;
const LANES = 4;
const SHOWN_WITHIN_MS = 100;
const QUIET_MS = 1000;

/** How fast the feed is read from its beginning, and how soon a waiting reader hears of a change. */
export const feed: Scenario = {
  name: 'feed',
  fullOnly: true,
  summary: 'events/s of the feed, by pages and as a stream; from the commit to a reader that waits',
  async run(bench: Bench): Promise<Section> {
    const applicants = new Applicants(1, PEOPLE);
    const reads = await readAll(bench, applicants);
    const waits = await waitFor(bench, applicants);
    return {
      title: 'Feed',
      columns: ['read', 'events/s', 'p50 ms', 'p95 ms', 'p99 ms', 'peak RSS MB'],
      rows: [
        ...reads.map(({ what, perSecond, peakMb }) => [what, shown(perSecond), '–', '–', '–', shown(peakMb)]),
        ...waits.map(({ what, sortedMs }) => [
          what,
          '–',
          ...[0.5, 0.95, 0.99].map((share) => shown(percentile(sortedMs, share))),
          '–',
        ]),
      ],
      notes: [
        `One reader, ${bench.quick ? QUICK_EVENTS : EVENTS} events. With a field each event's sealed state is opened.`,
        `Waiting: ${CALLBACKS_PER_SECOND} callbacks a second of one applicant each, on a process that also runs the jobs; from the ` +
          "answer to the callback, which leaves right after its commit, to the event at the reader's side.",
      ],
      goals: [
        ...reads.slice(0, 2).map(({ what, perSecond }) => ({
          text: `events per second, ${what}`,
          measured: perSecond,
          unit: '/s',
          atLeast: AT_LEAST_PER_SECOND,
        })),
        ...waits.map(({ what, sortedMs }) => ({
          text: `from the commit to a reader, ${what}: p95`,
          measured: percentile(sortedMs, 0.95),
          unit: 'ms',
          atMost: SHOWN_WITHIN_MS,
        })),
      ],
    };
  },
};

interface Read {
  what: string;
  perSecond: number;
  peakMb: number;
}

async function readAll({ cluster, quick, progress }: Bench, applicants: Applicants): Promise<Read[]> {
  const events = quick ? QUICK_EVENTS : EVENTS;
  const database = await cluster.database('feed');
  await seed(database.url, applicants, events);
  const server = await ServerProcess.rollcall(database.url, cluster.folder, 'api');
  const measured = async (what: string, read: () => Promise<number>): Promise<Read> => {
    await page(server.port, ''); // warm-up
    const startedMs = performance.now();
    const count = await read();
    const perSecond = count / ((performance.now() - startedMs) / 1000);
    if (count < events) throw new Error(`${count} of ${events} events were read, ${what}`);
    progress(`  ${what}: ${shown(perSecond)} events/s`);
    return { what, perSecond, peakMb: memoryOf(server.pid).peakMb };
  };
  try {
    return [
      await measured(`pages of ${PAGE}`, () => byPages(server.port, '')),
      await measured('as a stream', () => asStream(server.port, events)),
      await measured(`pages of ${PAGE} with a field`, () => byPages(server.port, '&fields=nationality')),
    ];
  } finally {
    await server.stop();
    await database.drop();
  }
}

async function byPages(port: number, query: string): Promise<number> {
  const connection = await Connection.open(port);
  let count = 0;
  let after: string | undefined;
  for (;;) {
    const { items, nextCursor } = await ask(connection, `limit=${PAGE}${query}`, after);
    if (items.length === 0) break;
    count += items.length;
    after = nextCursor;
  }
  connection.close();
  return count;
}

async function asStream(port: number, events: number): Promise<number> {
  let count = 0;
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const stream = await EventStream.open(port, API_KEY, '', () => {
    count += 1;
    if (count === events) end();
  });
  await ended;
  stream.close();
  return count;
}

interface Wait {
  what: string;
  sortedMs: number[];
}

async function waitFor({ cluster, quick, progress }: Bench, applicants: Applicants): Promise<Wait[]> {
  const database = await cluster.database('feed');
  const server = await ServerProcess.rollcall(database.url, cluster.folder);
  const heardMs: Record<'as a stream' | 'by long-poll', Map<string, number>> = {
    'as a stream': new Map(),
    'by long-poll': new Map(),
  };
  try {
    const stream = await EventStream.open(server.port, API_KEY, '', (json) => {
      const { applicantId } = JSON.parse(json) as { applicantId: string };
      heardMs['as a stream'].set(applicantId, performance.now());
    });
    const poll = await Connection.open(server.port);
    longPoll(poll, heardMs['by long-poll']).catch(() => undefined); // ends with its connection
    await callBack(server, applicants, 1, 0); // warm-up
    const answeredMs = await callBack(server, applicants, quick ? 4 : 15, CALLBACKS_PER_SECOND);
    await pause(QUIET_MS);
    stream.close();
    poll.close();
    return Object.entries(heardMs).map(([what, heard]) => {
      const delays = [...answeredMs].map(([id, ms]) => (heard.get(id) ?? Number.NaN) - ms);
      if (delays.some(Number.isNaN)) throw new Error(`not every event was heard of, ${what}`);
      const sortedMs = delays.sort((a, b) => a - b);
      progress(`  ${what}: p95 ${shown(percentile(sortedMs, 0.95))} ms`);
      return { what: `waiting ${what}`, sortedMs };
    });
  } finally {
    await server.stop();
    await database.drop();
  }
}

async function longPoll(connection: Connection, heardMs: Map<string, number>): Promise<never> {
  let after: string | undefined;
  for (;;) {
    const { items, nextCursor } = await ask(connection, `limit=${PAGE}&wait=30`, after);
    for (const { applicantId } of items) heardMs.set(applicantId, performance.now());
    after = nextCursor;
  }
}

/** Callbacks at a fixed rate. @returns when each applicant's was answered */
async function callBack(
  server: ServerProcess,
  applicants: Applicants,
  seconds: number,
  from: number,
): Promise<Map<string, number>> {
  const token = await server.token();
  const answeredMs = new Map<string, number>();
  const startMs = performance.now();
  const lane = async (lane: number) => {
    const connection = await Connection.open(server.port);
    for (let n = lane; n < seconds * CALLBACKS_PER_SECOND; n += LANES) {
      await pause(Math.max(0, startMs + (n * 1000) / CALLBACKS_PER_SECOND - performance.now()));
      const { status } = await connection.ask(callback(token, listOf(applicants, from + n, from + n + 1)));
      if (status !== 200) throw new Error(`a callback was answered ${status}`);
      answeredMs.set(applicants.idOf(from + n), performance.now());
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
  return answeredMs;
}

function callback(token: string, body: Buffer): Buffer {
  const head =
    `POST /callbacks/success HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

async function page(port: number, query: string): Promise<void> {
  const connection = await Connection.open(port);
  await ask(connection, `limit=${PAGE}${query}`, undefined);
  connection.close();
}

async function ask(
  connection: Connection,
  query: string,
  after: string | undefined,
): Promise<ChangesPageDto> {
  const { status, body } = await connection.ask(
    `GET /api/v1/changes?${query}${after === undefined ? '' : `&after=${after}`} HTTP/1.1\r\nHost: 127.0.0.1\r\n` +
      `Authorization: Bearer ${API_KEY}\r\n\r\n`,
  );
  if (status !== 200) throw new Error(`the feed was refused: ${status} ${body.toString('utf8', 0, 300)}`);
  return JSON.parse(body.toString('utf8')) as ChangesPageDto;
}
