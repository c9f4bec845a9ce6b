import { connect, type Socket } from 'node:net';
import { ApiKeys } from '../../src/auth/api-keys.service.js';
import { Feed } from '../../src/feed/feed.service.js';
import { anApplicant } from '../factories/applicant.js';
import { API_KEY, startApp, type TestApp } from '../harness/app.js';
import { type Answer, callerWith, expectProblem } from '../harness/clients.js';
import { eventually } from '../harness/processes.js';
import { cursorAt, endOfFeed, ids, Listening, withWriters, writeChange, writeNotice } from './fed.js';

let rollcall: TestApp;
let streams: Listening[] = [];
beforeAll(async () => {
  rollcall = await startApp();
});
afterEach(() => {
  for (const stream of streams) stream.leave();
  streams = [];
});
afterAll(() => rollcall.stop());

const end = () => endOfFeed(rollcall);

async function listen(...asked: Parameters<typeof Listening.to> extends [unknown, ...infer R] ? R : never) {
  const stream = await Listening.to(rollcall, ...asked);
  streams.push(stream);
  return stream;
}

describe('GET /api/v1/changes/stream', () => {
  it('200: tells what is there and then what comes, each with its cursor, its type and what a page would show', async () => {
    const start = await end();
    await rollcall.callback('success', [anApplicant({ applicantId: 'early' })]);
    await end();
    const stream = await listen(`after=${start}`);
    expect(stream.response.status).toBe(200);
    expect(Object.fromEntries(stream.response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    await stream.until(1);
    await rollcall.callback('success', [anApplicant({ applicantId: 'late', isUpdate: true })]);
    await stream.until(3);
    const page = (await (await rollcall.api(`/api/v1/changes?after=${start}`)).json()) as {
      items: unknown[];
    };
    expect(stream.events).toEqual(page.items);
    expect(stream.blocks[0]).toEqual({ retry: '2000' });
    expect(stream.blocks.slice(1).map(({ id, event }) => [id, event])).toEqual(
      stream.events.map(({ cursor, event }) => [cursor, event]),
    );
    expect(stream.events.map(({ event }) => event)).toEqual([
      'applicant.created',
      'applicant.created',
      'applicant.flagged',
    ]);
  });

  it('tells an event soon after its commit', async () => {
    const stream = await listen(`after=${await end()}`);
    await rollcall.callback('success', [anApplicant()]);
    const writtenMs = performance.now();
    await stream.until(1);
    expect(performance.now() - writtenMs).toBeLessThan(1000);
  });

  it('goes on behind Last-Event-ID, which wins over after', async () => {
    const start = await end();
    await rollcall.callback(
      'success',
      ['r-1', 'r-2', 'r-3'].map((applicantId) => anApplicant({ applicantId })),
    );
    const first = await listen(`after=${start}`);
    const [one, two, three] = await first.until(3);
    first.leave();
    const second = await listen(`after=${start}`, { lastEventId: one!.cursor });
    expect(await second.until(2)).toEqual([two, three]);
    const blank = await listen(`after=${two!.cursor}`, { lastEventId: '' });
    expect(await blank.until(1)).toEqual([three]);
  });

  it('filters, and adds fields, whose reading is recorded', async () => {
    const start = await end();
    const stream = await listen(`after=${start}&event=applicant.updated&outcome=accepted&fields=address`);
    await rollcall.callback('success', [anApplicant({ applicantId: 'f' })]);
    await rollcall.callback('success', [
      anApplicant({ applicantId: 'f', isUpdate: true, address: 'ش الهرم' }),
    ]);
    const [event] = await stream.until(1);
    expect(event).toMatchObject({ version: 2, event: 'applicant.updated', fields: { address: 'ش الهرم' } });
    const [deed] = await rollcall.sql(
      "select subject, detail from audit where action = 'changes.read' and subject = 'feed:changes' order by at desc limit 1",
    );
    expect(deed).toMatchObject({
      subject: 'feed:changes',
      detail: { fields: ['address'], events: 1, to: event!.cursor },
    });
    expect(await rollcall.sql("select detail from audit where subject = 'applicant:f'")).toEqual([
      { detail: { of: 'feed:changes', fields: ['address'] } },
    ]);
  });

  it('skips nothing when an earlier transaction commits after a later one, versions and notices alike', async () => {
    const stream = await listen(`after=${await end()}`);
    await withWriters(rollcall, 3, async (slow, slower, quick) => {
      await slow.query('begin');
      await writeChange(slow, 'slow');
      await slower.query('begin');
      await writeNotice(slower, 'slower', 'applicant.images_ready');
      await writeChange(quick, 'quick');
      await slower.query('commit');
      await slow.query('commit');
      expect(ids({ items: await stream.until(3) })).toEqual(['slow', 'slower', 'quick']);
    });
  });

  it('holds little of the feed for a reader that does not read, and loses nothing of it', async () => {
    const start = await end();
    await writeCrowd(rollcall);
    const read = jest.spyOn(rollcall.app.get(Feed), 'read');
    const socket = await stalled(rollcall, start, () => read.mock.calls.length);
    expect(read.mock.calls.length).toBeLessThan(CROWD / 200 / 2);
    let told = 0;
    let rest = '';
    socket.on('data', (piece: Buffer) => {
      const parts = (rest + piece.toString('latin1')).split('"applicantId":"slow-');
      told += parts.length - 1;
      rest = parts.at(-1)!.slice(-20);
    });
    socket.resume();
    await eventually(() => told === CROWD, 30_000);
    socket.destroy();
    read.mockRestore();
  });

  it('ends when its API key is disabled: no event leaves after that', async () => {
    const keys = rollcall.app.get(ApiKeys);
    const key = await keys.create('test', 'to-be-disabled', ['changes:read']);
    const stream = await listen(`after=${await end()}`, { key: key! });
    await keys.disable('test', 'to-be-disabled');
    await rollcall.callback('success', [anApplicant()]);
    await stream.ended;
    expect(stream.events).toEqual([]);
  });

  it('ends when its API key is over: no event leaves after that', async () => {
    const keys = rollcall.app.get(ApiKeys);
    const expiresAt = new Date(Date.now() + 1_000);
    const key = await keys.create('test', 'to-be-over', ['changes:read'], { expiresAt });
    const stream = await listen(`after=${await end()}`, { key: key! });
    await eventually(async () => (await keys.find(key!)) === undefined, 3_000);
    await rollcall.callback('success', [anApplicant()]);
    await stream.ended;
    expect(stream.events).toEqual([]);
  });

  it('ends when its key may not see the fields any more', async () => {
    const keys = rollcall.app.get(ApiKeys);
    const key = await keys.create('test', 'to-lose-a-scope', ['changes:read', 'pii:read']);
    const stream = await listen(`after=${await end()}&fields=address`, { key: key! });
    await keys.ensure('test', 'to-lose-a-scope', key!, ['changes:read']);
    await stream.ended;
    expect(stream.events).toEqual([]);
  });

  it.each([
    ['event=applicant.exploded', {}, 'BAD_REQUEST'],
    ['limit=5', {}, 'UNKNOWN_FILTER'],
    ['after=abc', {}, 'BAD_CURSOR'],
    ['', { 'last-event-id': 'abc' }, 'BAD_CURSOR'],
    [`after=${cursorAt('900000000000', '1')}`, {}, 'CURSOR_AHEAD'],
  ])('400: %s %j is %s', async (query, headers, code) => {
    expectProblem(await asked(query, headers), 400, code);
  });

  it('401 without a key, 403 without changes:read or, for personal fields, pii:read', async () => {
    expectProblem(await asked('', { authorization: '' }), 401, 'TOKEN_MISSING');
    const other = await callerWith(rollcall, 'applicants:read');
    expectProblem(await other('/api/v1/changes/stream'), 403, 'INSUFFICIENT_SCOPE');
    const reader = await callerWith(rollcall, 'changes:read');
    expectProblem(await reader('/api/v1/changes/stream?fields=emails'), 403, 'INSUFFICIENT_SCOPE');
  });
});

/** Many events of about a kilobyte: more than the buffers between two processes hold. */
const CROWD = 20_000;

async function writeCrowd({ sql }: TestApp): Promise<void> {
  await sql(
    `insert into changes (applicant_id, version, event, receipt_id, element_index, received_at, source, kind, outcome,
       changed_fields, flags, content_hash, sealed)
     select 'slow-' || n, 1, 'applicant.created', gen_random_uuid(), 0, now(), 'callback', 'success', 'accepted',
       array(select 'aFieldWithQuiteALongName' || i from generate_series(1, 30) i), '{}', '', ''
     from generate_series(1, ${CROWD}) n`,
  );
}

/** A connection that asked for the stream and reads nothing of it, once the server reads no more either. */
async function stalled(of: TestApp, after: string, pages: () => number): Promise<Socket> {
  const socket = connect({ port: Number(new URL(of.url).port), host: '127.0.0.1' });
  socket.pause();
  socket.write(
    `GET /api/v1/changes/stream?after=${after} HTTP/1.1\r\nHost: rollcall\r\nAuthorization: Bearer ${API_KEY}\r\n\r\n`,
  );
  await eventually(async () => {
    const before = pages();
    await new Promise((resolve) => setTimeout(resolve, 300));
    return pages() > 0 && pages() === before;
  });
  return socket;
}

async function asked(query: string, headers: Record<string, string>): Promise<Answer> {
  const response = await rollcall.api(`/api/v1/changes/stream?${query}`, { headers });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

it('streams and waiting readers end well when the server stops; a reader that does not read holds nothing up', async () => {
  const other = await startApp();
  const start = await endOfFeed(other);
  await writeCrowd(other);
  const after = await endOfFeed(other);
  const read = jest.spyOn(other.app.get(Feed), 'read');
  const socket = await stalled(other, start, () => read.mock.calls.length);
  const stream = await Listening.to(other, `after=${after}`);
  const waiting = other.api(`/api/v1/changes?after=${after}&wait=30`);
  await eventually(() => stream.blocks.length > 0);
  await eventually(() => read.mock.calls.some(([, waitOptions]) => waitOptions?.ms === 30_000));
  const stoppedMs = performance.now();
  await other.stop();
  expect(performance.now() - stoppedMs).toBeLessThan(8000);
  await stream.ended;
  const answer = await waiting;
  expect([answer.status, await answer.json()]).toEqual([200, { items: [], nextCursor: after }]);
  socket.destroy();
});
