import { randomUUID } from 'node:crypto';
import type { ConsumerDto, ConsumerPageDto } from '../../src/feed/consumers.dto.js';
import type { ChangesPageDto } from '../../src/feed/feed.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { type Answer, type Ask, callerWith, expectProblem } from '../harness/clients.js';
import { cursorAt, endOfFeed, ids, lockAwaited, withWriters, writeChange, writeNotice } from './fed.js';

let rollcall: TestApp;
/** May do everything but see personal data. */
let owner: Ask;
let reader: Ask;
let insider: Ask;
beforeAll(async () => {
  rollcall = await startApp();
  owner = await callerWith(rollcall, 'changes:read', 'consumers:write');
  reader = await callerWith(rollcall, 'changes:read');
  insider = await callerWith(rollcall, 'changes:read', 'consumers:write', 'pii:read');
});
afterAll(() => rollcall.stop());

const PATH = '/api/v1/consumers';
const AHEAD = cursorAt('900000000000', '1');
const end = () => endOfFeed(rollcall);
const post = <Body>(path: string, body: object, ask = owner) =>
  ask<Body>(`${PATH}${path}`, { method: 'POST', body: JSON.stringify(body) });
const ack = (name: string, cursor: string) => post(`/${name}/ack`, { cursor });

/** A consumer that starts at the end of the feed. @returns its name */
async function aConsumer(over: object = {}, ask = owner): Promise<string> {
  const name = `c-${randomUUID()}`;
  const answer = await post('', { name, from: await end(), ...over }, ask);
  expect(answer).toMatchObject({ status: 201 });
  return name;
}

async function read(name: string, query = '', ask = reader): Promise<ChangesPageDto> {
  const { status, body } = await ask<ChangesPageDto>(`${PATH}/${name}/changes?${query}`);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body;
}

async function shown(name: string): Promise<ConsumerDto> {
  return (await reader<ConsumerDto>(`${PATH}/${name}`)).body;
}

async function enroll(...applicantIds: string[]): Promise<void> {
  for (const applicantId of applicantIds) await rollcall.callback('success', [anApplicant({ applicantId })]);
  await end();
}

const deeds = (name: string) =>
  rollcall.sql<{ actor: string; action: string; detail: object }>(
    'select actor, action, detail from audit where subject = $1 order by at',
    [`consumer:${name}`],
  );

describe('a consumer', () => {
  it('reads behind its cursor without moving it: a reader that dies between read and ack reads the same again', async () => {
    const name = await aConsumer();
    await enroll('one', 'two', 'three');
    const first = await read(name, 'limit=2');
    expect(ids(first)).toEqual(['one', 'two']);
    expect(await read(name, 'limit=2')).toEqual(first);
    expect(await ack(name, first.nextCursor)).toMatchObject({ status: 204, body: undefined });
    const second = await read(name, 'limit=2');
    expect(ids(second)).toEqual(['three']);
    await ack(name, second.nextCursor);
    expect(await read(name)).toEqual({ items: [], nextCursor: second.nextCursor });
  });

  it('waits for what comes', async () => {
    const name = await aConsumer();
    const answer = read(name, 'wait=20');
    await rollcall.callback('success', [anApplicant({ applicantId: 'awaited' })]);
    expect(ids(await answer)).toEqual(['awaited']);
  });

  it('is skipped nothing when an earlier transaction commits after a later one', async () => {
    const name = await aConsumer();
    await withWriters(rollcall, 2, async (slow, quick) => {
      await slow.query('begin');
      await writeNotice(slow, 'slow', 'applicant.flagged');
      await writeChange(quick, 'quick');
      const early = await read(name);
      expect(early.items).toEqual([]);
      await ack(name, early.nextCursor);
      await slow.query('commit');
    });
    await end();
    expect(ids(await read(name))).toEqual(['slow', 'quick']);
  });

  it('sees what its filter lets pass, and moves past the rest', async () => {
    const name = await aConsumer({ events: ['applicant.flagged'], outcomes: ['accepted'] });
    await withWriters(rollcall, 1, async (client) => {
      await writeChange(client, 'unwanted');
      await writeNotice(client, 'wanted', 'applicant.flagged');
      await writeChange(client, 'unwanted-too');
    });
    await end();
    const page = await read(name);
    expect(ids(page)).toEqual(['wanted']);
    await ack(name, page.nextCursor);
    expect((await shown(name)).lag).toEqual({ events: 0, isExact: true, oldestSeconds: null });
  });

  it('begins at the beginning, now, or at a cursor', async () => {
    await enroll('before');
    const beginning = await aConsumer({ from: 'beginning' });
    const now = await aConsumer({ from: 'now' });
    await enroll('after');
    const [first] = (await read(beginning)).items;
    const everything = (await reader<ChangesPageDto>('/api/v1/changes?limit=1')).body;
    expect(first).toEqual(everything.items[0]);
    expect(ids(await read(now))).toEqual(['after']);
    const there = await aConsumer({ from: first!.cursor });
    expect((await read(there, 'limit=1')).items[0]).not.toEqual(first);
  });

  it('shows how far behind it is', async () => {
    const name = await aConsumer({ events: ['applicant.created'] });
    await enroll('lag-1', 'lag-2');
    const consumer = await shown(name);
    expect(consumer).toEqual({
      name,
      events: ['applicant.created'],
      outcomes: [],
      fields: [],
      cursor: expect.any(String),
      ackedAt: null,
      createdAt: expect.any(String),
      createdBy: 'test changes:read consumers:write',
      lag: { events: 2, isExact: true, oldestSeconds: expect.any(Number) },
    });
    expect(consumer.lag.oldestSeconds).toBeGreaterThan(0);
    const [first] = (await read(name)).items;
    await ack(name, first!.cursor);
    expect(await shown(name)).toMatchObject({ ackedAt: expect.any(String), lag: { events: 1 } });
    expect(await (await rollcall.api('/metrics')).text()).toMatch(/^rollcall_consumer_lag_seconds [0-9.]+$/m);
  });

  it('counts no further than it must to say that it is far behind', async () => {
    const name = await aConsumer();
    await rollcall.sql(
      `insert into notices (event, applicant_id, version, outcome)
       select 'applicant.flagged', 'far-' || n, 1, 'accepted' from generate_series(1, 10001) n`,
    );
    await end();
    expect((await shown(name)).lag).toMatchObject({ events: 10_000, isExact: false });
    await post(`/${name}/rewind`, { to: 'now' });
    expect((await shown(name)).lag).toMatchObject({ events: 0, isExact: true });
  });

  it('adds its fields for who may see them, and records the reading', async () => {
    const body = { fields: ['address', 'nationality'] };
    const name = await aConsumer(body, insider);
    await rollcall.callback('success', [anApplicant({ applicantId: 'seen', address: 'شارع النيل' })]);
    await end();
    expectProblem(await reader(`${PATH}/${name}/changes`), 403, 'INSUFFICIENT_SCOPE');
    const page = await read(name, '', insider);
    expect(page.items[0]!.fields).toEqual({ address: 'شارع النيل', nationality: 'EGY' });
    expect((await deeds(name)).at(-1)).toMatchObject({
      action: 'changes.read',
      detail: { fields: body.fields, events: 1, to: page.nextCursor },
    });
    expectProblem(await post('', { name: 'curious', ...body }), 403, 'INSUFFICIENT_SCOPE');
  });
});

describe('ack', () => {
  it('of the same cursor changes nothing; of an earlier one is refused', async () => {
    const name = await aConsumer();
    await enroll('a-1', 'a-2');
    const [one, two] = (await read(name)).items;
    expect((await ack(name, two!.cursor)).status).toBe(204);
    expect((await ack(name, two!.cursor)).status).toBe(204);
    expectProblem(await ack(name, one!.cursor), 409, 'ACK_BACKWARDS');
    expect((await shown(name)).cursor).toBe(two!.cursor);
  });

  it('never moves a cursor back, however many readers acknowledge at the same time', async () => {
    const name = await aConsumer();
    await withWriters(rollcall, 1, async (client) => {
      for (let i = 0; i < 40; i++) await writeChange(client, `race-${i}`);
    });
    await end();
    const cursors = (await read(name)).items.map(({ cursor }) => cursor);
    const shuffled = [...cursors].sort((a, b) => (a.slice(-3) < b.slice(-3) ? -1 : 1));
    const seen: string[] = [];
    const answers = await Promise.all(
      shuffled.map(async (cursor) => {
        const answer = await ack(name, cursor);
        seen.push((await shown(name)).cursor);
        return answer;
      }),
    );
    for (const { status } of answers) expect([204, 409]).toContain(status);
    expect((await shown(name)).cursor).toBe(cursors.at(-1));
    expect(seen.every((cursor) => cursors.includes(cursor))).toBe(true);
  });

  it('looks at the cursor anew when it had to wait for another', async () => {
    const name = await aConsumer();
    await enroll('w-1', 'w-2');
    const [one, two] = (await read(name)).items;
    let behind: Promise<Answer> | undefined;
    await withWriters(rollcall, 1, async (client) => {
      const [tx, seq] = (JSON.parse(Buffer.from(two!.cursor, 'base64url').toString()) as string[]).slice(1);
      await client.query('begin');
      await client.query('update consumers set tx = $2::xid8, seq = $3 where name = $1', [name, tx, seq]);
      behind = ack(name, one!.cursor);
      await lockAwaited(rollcall);
      await client.query('commit');
    });
    expectProblem((await behind)!, 409, 'ACK_BACKWARDS');
    expect((await shown(name)).cursor).toBe(two!.cursor);
  });
});

describe('rewind', () => {
  it('moves the cursor anywhere, which is recorded', async () => {
    const name = await aConsumer();
    await enroll('rw-1', 'rw-2');
    const page = await read(name);
    await ack(name, page.nextCursor);
    const to = page.items[0]!.cursor;
    const rewound = await post<ConsumerDto>(`/${name}/rewind`, { to });
    expect(rewound).toMatchObject({ status: 200, body: { cursor: to, ackedAt: null, lag: { events: 1 } } });
    expect(ids(await read(name))).toEqual(['rw-2']);
    await post(`/${name}/rewind`, { to: 'now' });
    expect(ids(await read(name))).toEqual([]);
    expect(await deeds(name)).toMatchObject([
      { action: 'consumer.create' },
      { action: 'consumer.rewind', detail: { from: page.nextCursor, to } },
      { action: 'consumer.rewind', detail: { from: to } },
    ]);
  });
});

describe('GET /api/v1/consumers', () => {
  it('200: lists them by name, page by page', async () => {
    for (const name of ['z-2', 'z-1', 'z-3']) await post('', { name, from: 'now' });
    const first = (await reader<ConsumerPageDto>(`${PATH}?limit=1`)).body;
    const rest = (await reader<ConsumerPageDto>(`${PATH}?limit=200&cursor=${first.nextCursor}`)).body;
    const names = [...first.items, ...rest.items].map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(names).toEqual(expect.arrayContaining(['z-1', 'z-2', 'z-3']));
    expect(rest.nextCursor).toBeNull();
  });
});

describe('DELETE /api/v1/consumers/{name}', () => {
  it('204: forgets it, which is recorded; then 404', async () => {
    const name = await aConsumer();
    expect((await owner(`${PATH}/${name}`, { method: 'DELETE' })).status).toBe(204);
    expectProblem(await owner(`${PATH}/${name}`, { method: 'DELETE' }), 404, 'NOT_FOUND');
    expect((await deeds(name)).map(({ action }) => action)).toEqual(['consumer.create', 'consumer.delete']);
  });
});

describe('refusals', () => {
  it.each([
    [{ name: 'Upper' }, 'BAD_REQUEST'],
    [{ name: '' }, 'BAD_REQUEST'],
    [{ name: 'a/b' }, 'BAD_REQUEST'],
    [{ name: 'x'.repeat(64) }, 'BAD_REQUEST'],
    [{ events: ['applicant.exploded'] }, 'BAD_REQUEST'],
    [{ events: 'applicant.created' }, 'BAD_REQUEST'],
    [{ outcomes: ['accepted', 'accepted'] }, 'BAD_REQUEST'],
    [{ fields: ['applicantId'] }, 'BAD_REQUEST'],
    [{ filter: {} }, 'BAD_REQUEST'],
    [{ from: 'yesterday' }, 'BAD_CURSOR'],
    [{ from: AHEAD }, 'CURSOR_AHEAD'],
  ])('400: a consumer made of %j is %s', async (over, code) => {
    expectProblem(await post('', { name: 'fine', ...over }), 400, code);
  });

  it('400: cursors that are none, or lie beyond what is shown; filters that are the consumer’s own', async () => {
    const name = await aConsumer();
    expectProblem(await ack(name, 'abc'), 400, 'BAD_CURSOR');
    expectProblem(await ack(name, AHEAD), 400, 'CURSOR_AHEAD');
    expectProblem(await post(`/${name}/ack`, {}), 400, 'BAD_REQUEST');
    expectProblem(await post(`/${name}/rewind`, { to: AHEAD }), 400, 'CURSOR_AHEAD');
    expectProblem(await reader(`${PATH}/${name}/changes?limit=201`), 400, 'BAD_REQUEST');
    expectProblem(await reader(`${PATH}/${name}/changes?after=${AHEAD}`), 400, 'UNKNOWN_FILTER');
    expectProblem(await reader(`${PATH}?cursor=abc`), 400, 'BAD_CURSOR');
  });

  it('400 instead of silence for a consumer whose place is of another cluster of the database', async () => {
    const name = await aConsumer();
    await rollcall.sql("update consumers set tx = '900000000000' where name = $1", [name]);
    expectProblem(await reader(`${PATH}/${name}/changes?wait=20`), 400, 'CURSOR_AHEAD');
    await post(`/${name}/rewind`, { to: 'now' });
    await read(name);
  });

  it('404: unknown names and what cannot be one', async () => {
    for (const name of ['nobody', 'No%00body', encodeURIComponent('a/b')]) {
      expectProblem(await reader(`${PATH}/${name}`), 404, 'NOT_FOUND');
      expectProblem(await reader(`${PATH}/${name}/changes`), 404, 'NOT_FOUND');
      expectProblem(await ack(name, cursorAt('1', '1')), 404, 'NOT_FOUND');
      expectProblem(await post(`/${name}/rewind`, { to: 'now' }), 404, 'NOT_FOUND');
    }
  });

  it('409: a name that is taken', async () => {
    const name = await aConsumer();
    expectProblem(await post('', { name }), 409, 'CONSUMER_EXISTS');
  });

  it('401 without a key; 403 for who may only read, and for who may not', async () => {
    const name = await aConsumer();
    const nobody = { headers: { authorization: '' } };
    expectProblem(await owner(PATH, nobody), 401, 'TOKEN_MISSING');
    expectProblem(await owner(`${PATH}/${name}/changes`, nobody), 401, 'TOKEN_MISSING');
    const body = JSON.stringify({ name: 'x', cursor: cursorAt('1', '1'), to: 'now' });
    for (const [method, path] of [
      ['POST', ''],
      ['POST', `/${name}/ack`],
      ['POST', `/${name}/rewind`],
      ['DELETE', `/${name}`],
    ]) {
      expectProblem(await reader(PATH + path!, { method, body }), 403, 'INSUFFICIENT_SCOPE');
    }
    const writer = await callerWith(rollcall, 'consumers:write');
    expectProblem(await writer(PATH), 403, 'INSUFFICIENT_SCOPE');
    expectProblem(await writer(`${PATH}/${name}/changes`), 403, 'INSUFFICIENT_SCOPE');
  });
});
