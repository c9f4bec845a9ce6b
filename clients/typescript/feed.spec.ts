import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { anApplicant } from '../../test/factories/applicant.js';
import { API_KEY, callersOf, CLIENT, KEYS } from '../../test/harness/app.js';
import { freshDatabase, type FreshDatabase } from '../../test/harness/database.js';
import { eventually, startBuilt } from '../../test/harness/processes.js';
import { createRollcallClient } from './src/client.js';
import { readFeed } from './src/feed.js';
import type { Trouble } from './src/insist.js';

jest.setTimeout(60_000);

const port = 10_000 + (process.pid % 10_000);
const url = `http://127.0.0.1:${port}`;
const client = createRollcallClient({ baseUrl: url, apiKey: API_KEY });
const rollcall = callersOf(url);

let database: FreshDatabase;
let server: ChildProcess;

/** The server as a process of its own, always at the same address and on the same database. */
async function start(): Promise<void> {
  server = startBuilt('src/main.js', [], {
    DATABASE_URL: database.url,
    PORT: String(port),
    ROLLCALL_HOST: '127.0.0.1',
    ROLLCALL_LOG_LEVEL: 'error',
    ROLLCALL_KEYS: KEYS,
    ROLLCALL_CLIENT_ID: CLIENT.id,
    ROLLCALL_CLIENT_SECRET: CLIENT.secret,
    ROLLCALL_API_KEY: API_KEY,
  });
  server.stdout?.resume();
  server.stderr?.pipe(process.stderr);
  const isReady = () =>
    fetch(`${url}/health/ready`).then(
      ({ ok }) => ok || undefined,
      () => undefined,
    );
  await eventually(isReady, 30_000);
}

async function stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (server.exitCode !== null) return;
  const exited = once(server, 'exit');
  server.kill(signal);
  await exited;
}

beforeAll(async () => {
  database = await freshDatabase();
  await start();
});
afterAll(async () => {
  await stop('SIGTERM');
  await database.drop();
});

async function enroll(...ids: string[]): Promise<void> {
  const list = ids.map((applicantId) => anApplicant({ applicantId }));
  expect((await rollcall.callback('success', list)).status).toBe(200);
}

/** A consumer of new applicants from now on. */
async function aConsumer(name: string): Promise<void> {
  const { response } = await client.POST('/api/v1/consumers', {
    body: { name, from: 'now', events: ['applicant.created'] },
  });
  expect(response.status).toBe(201);
}

async function lagOf(name: string): Promise<number | undefined> {
  const { data } = await client.GET('/api/v1/consumers/{name}', { params: { path: { name } } });
  return data?.lag.events;
}

/** Reads on its own until it is told to leave. */
function reader(consumer: string) {
  const seen: string[] = [];
  const troubles: Trouble[] = [];
  const leaving = new AbortController();
  const work = async () => {
    const onTrouble = (trouble: Trouble) => void troubles.push(trouble);
    const feed = readFeed({ client, consumer, limit: 2, signal: leaving.signal, onTrouble });
    for await (const { events } of feed) seen.push(...events.map((event) => event.applicantId));
  };
  const done = work();
  return {
    seen,
    troubles,
    leave: () => {
      leaving.abort();
      return done;
    },
  };
}

describe('readFeed as a consumer', () => {
  it('misses nothing and takes nothing twice while the server is killed, stopped and started again', async () => {
    await aConsumer('restarts');
    const first = reader('restarts');
    await enroll('r-1', 'r-2', 'r-3');
    await eventually(() => first.seen.length === 3);
    await stop('SIGKILL');
    await eventually(() => first.troubles.length > 0);
    await start();
    await enroll('r-4', 'r-5', 'r-6');
    await stop('SIGTERM');
    await start();
    await enroll('r-7');
    // the reader's own waits double while the server is away: after two slow starts up to 16 s
    await eventually(() => first.seen.length >= 7, 30_000);
    await first.leave();
    expect(first.seen).toEqual(['r-1', 'r-2', 'r-3', 'r-4', 'r-5', 'r-6', 'r-7']);

    const second = reader('restarts');
    await enroll('r-8');
    await eventually(() => second.seen.length > 0);
    await second.leave();
    expect(second.seen).toEqual(['r-8']);
  });

  it('brings a batch again whose loop threw, and none that was taken', async () => {
    await aConsumer('throws');
    await enroll('t-1', 't-2', 't-3');
    const taken: string[] = [];
    const take = async (fails: boolean) => {
      const signal = AbortSignal.timeout(10_000);
      for await (const { events } of readFeed({ client, consumer: 'throws', limit: 2, signal })) {
        if (fails && taken.length > 0) throw new Error('the core is down');
        taken.push(...events.map((event) => event.applicantId));
        if (taken.length >= 3) break;
      }
    };
    await expect(take(true)).rejects.toThrow('the core is down');
    expect(taken).toEqual(['t-1', 't-2']);
    await take(false);
    expect(taken).toEqual(['t-1', 't-2', 't-3']);
    expect(await lagOf('throws')).toBe(1); // left by `break`: the last batch was not asked beyond
  });

  it('acknowledges what it has taken before it leaves', async () => {
    await aConsumer('leaves');
    await enroll('l-1');
    const leaving = new AbortController();
    for await (const { events } of readFeed({ client, consumer: 'leaves', signal: leaving.signal })) {
      expect(events).toMatchObject([{ applicantId: 'l-1' }]);
      leaving.abort();
    }
    expect(await lagOf('leaves')).toBe(0);
  });

  it('goes on where another reader of the consumer has acknowledged more', async () => {
    await aConsumer('shared');
    await enroll('s-1', 's-2');
    const slow = readFeed({ client, consumer: 'shared', limit: 1 });
    expect((await slow.next()).value).toMatchObject({ events: [{ applicantId: 's-1' }] });
    const quick = reader('shared');
    await eventually(() => quick.seen.length === 2);
    await quick.leave();
    await enroll('s-3');
    expect((await slow.next()).value).toMatchObject({ events: [{ applicantId: 's-3' }] });
    await slow.return();
  });

  it('refuses a consumer that is not there', async () => {
    const feed = readFeed({ client, consumer: 'nobody' });
    await expect(feed.next()).rejects.toMatchObject({ name: 'RefusedError', status: 404 });
  });
});

describe('readFeed by cursor', () => {
  it('continues behind the cursor that its caller kept', async () => {
    const { data: end } = await client.GET('/api/v1/changes', { params: { query: { limit: 200 } } });
    await enroll('c-1', 'c-2', 'c-3');
    const seen: string[] = [];
    let after = end?.nextCursor;
    for (let batches = 0; batches < 3; batches += 1) {
      for await (const { events, cursor } of readFeed({
        client,
        after,
        event: ['applicant.created'],
        limit: 1,
      })) {
        seen.push(...events.map((event) => event.applicantId));
        after = cursor;
        break;
      }
    }
    expect(seen).toEqual(['c-1', 'c-2', 'c-3']);
  });

  it('waits for what comes next', async () => {
    const { data: consumer } = await client.POST('/api/v1/consumers', { body: { name: 'end', from: 'now' } });
    const feed = readFeed({ client, after: consumer?.cursor, fields: ['nationality'] });
    const next = feed.next();
    await enroll('w-1');
    expect((await next).value).toMatchObject({
      events: [{ applicantId: 'w-1', fields: { nationality: 'EGY' } }],
    });
    await feed.return();
  });

  it('refuses a cursor of nobody', async () => {
    const feed = readFeed({ client, after: '42' });
    await expect(feed.next()).rejects.toMatchObject({ status: 400, problem: { code: 'BAD_CURSOR' } });
  });
});
