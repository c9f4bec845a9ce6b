import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { ApiKeys } from '../../src/auth/api-keys.service.js';
import type { ChangesPageDto } from '../../src/feed/feed.dto.js';
import { FeedWatch } from '../../src/feed/feed-watch.service.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { type Ask, callerWith, expectProblem } from '../harness/clients.js';
import { eventually } from '../harness/processes.js';
import { cursorAt, endOfFeed, ids, withWriters, writeChange, writeNotice } from './fed.js';

let rollcall: TestApp;
let reader: Ask;
let insider: Ask;
beforeAll(async () => {
  rollcall = await startApp();
  reader = await callerWith(rollcall, 'changes:read');
  insider = await callerWith(rollcall, 'changes:read', 'pii:read');
});
afterAll(() => rollcall.stop());

async function changes(query: string, ask = reader): Promise<ChangesPageDto> {
  const { status, body } = await ask<ChangesPageDto>(`/api/v1/changes?${query}`);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body;
}

const keyNamed = (name: string) => rollcall.app.get(ApiKeys).create('test', name, ['changes:read']);
const end = () => endOfFeed(rollcall);
const told = ({ items }: ChangesPageDto) => items.map(({ applicantId, event }) => [applicantId, event]);
const audited = () =>
  rollcall.sql("select actor, subject, detail from audit where action = 'changes.read' order by at, seq");

describe('events that are no versions', () => {
  it('applicant.flagged comes right behind the version that brought the flags', async () => {
    const start = await end();
    await rollcall.callback('success', [
      anApplicant({ applicantId: 'flagged', isUpdate: true }),
      anApplicant({ applicantId: 'fine' }),
    ]);
    await end();
    const { items } = await changes(`after=${start}`);
    expect(
      items.map(({ applicantId, version, event }) => `${applicantId} ${version} ${event}`).sort(),
    ).toEqual(['fine 1 applicant.created', 'flagged 1 applicant.created', 'flagged 1 applicant.flagged']);
    const of = (event: string) =>
      items.findIndex((item) => item.applicantId === 'flagged' && item.event === event);
    expect(of('applicant.flagged')).toBeGreaterThan(of('applicant.created'));
    expect(items[of('applicant.flagged')]).toMatchObject({ flags: ['firstSeenAsUpdate'], changedFields: [] });
  });

  it('are skipped by nobody when an earlier transaction commits after a later one', async () => {
    const start = await end();
    await withWriters(rollcall, 2, async (slow, quick) => {
      await slow.query('begin');
      await writeNotice(slow, 'slow', 'applicant.flagged');
      await writeChange(quick, 'quick');
      expect(await changes(`after=${start}`)).toEqual({ items: [], nextCursor: start });
      await slow.query('commit');
      await end();
      expect(told(await changes(`after=${start}`))).toEqual([
        ['slow', 'applicant.flagged'],
        ['quick', 'applicant.created'],
      ]);
    });
  });
});

describe('filters', () => {
  let start: string;
  beforeAll(async () => {
    start = await end();
    await withWriters(rollcall, 1, async (client) => {
      await writeChange(client, 'a');
      await writeChange(client, 'b', { event: 'applicant.updated', outcome: 'rejected' });
      await writeNotice(client, 'b', 'applicant.flagged');
      await writeChange(client, 'c', { event: 'applicant.outcome_changed', outcome: 'rejected' });
    });
    await end();
  });

  it.each([
    ['event=applicant.created', ['a']],
    ['event=applicant.created,applicant.flagged', ['a', 'b']],
    ['event=applicant.flagged&event=applicant.created', ['a', 'b']],
    ['outcome=rejected', ['b', 'c']],
    ['event=applicant.updated&outcome=accepted', []],
    ['event=applicant.erased', []],
  ])('%s', async (query, expected) => {
    expect(ids(await changes(`after=${start}&${query}`))).toEqual(expected);
  });

  it('pages through what passes, and moves the cursor past what does not', async () => {
    const first = await changes(`after=${start}&outcome=rejected&limit=1`);
    expect([ids(first), first.nextCursor]).toEqual([['b'], first.items[0]!.cursor]);
    const second = await changes(`after=${first.nextCursor}&outcome=rejected&limit=1`);
    expect(ids(second)).toEqual(['c']);
    const none = await changes(`after=${start}&event=applicant.erased`);
    expect(ids(await changes(`after=${none.nextCursor}`))).toEqual([]);
    expect(none.nextCursor).toBe(second.nextCursor);
  });

  it('looks at no more than a bounded number of changes for one answer, and finds what lies behind them', async () => {
    const from = await end();
    await rollcall.sql(
      `insert into changes (applicant_id, version, event, receipt_id, element_index, received_at, source, kind, outcome,
         changed_fields, flags, content_hash, sealed)
       select 'crowd-' || n, 1, 'applicant.created', gen_random_uuid(), 0, now(), 'callback', 'success', 'accepted', '{}', '{}', '', ''
       from generate_series(1, 7000) n`,
    );
    await withWriters(rollcall, 1, (client) => writeChange(client, 'rare', { outcome: 'unknown' }));
    await end();
    const first = await changes(`after=${from}&outcome=unknown&wait=20`);
    expect(first.items).toEqual([]);
    const second = await changes(`after=${first.nextCursor}&outcome=unknown`);
    expect(ids(second)).toEqual(['rare']);
  });
});

describe('fields', () => {
  let start: string;
  beforeAll(async () => {
    start = await end();
    await rollcall.callback('success', [
      anApplicant({ applicantId: 'with-fields', address: 'شارع النيل', nationality: 'EGY', gender: null }),
    ]);
    await end();
  });

  it('are added as this version has them; those that are not personal need no scope and leave no record', async () => {
    const before = (await audited()).length;
    const { items } = await changes(`after=${start}&fields=nationality,status,gender`);
    expect(items[0]!.fields).toEqual({ nationality: 'EGY', status: 1 });
    expect(await audited()).toHaveLength(before);
  });

  it('that are personal need pii:read', async () => {
    const answer = await reader(`/api/v1/changes?after=${start}&fields=nationality,address`);
    expectProblem(answer, 403, 'INSUFFICIENT_SCOPE');
    expect(answer.headers.get('www-authenticate')).toContain('scope="pii:read"');
  });

  it('that are personal are recorded, the page and each applicant in it, before the answer leaves; an empty page is not', async () => {
    await rollcall.callback('success', [anApplicant({ applicantId: 'with-fields-2', address: 'ش الهرم' })]);
    await end();
    const before = (await audited()).length;
    const page = await changes(`after=${start}&fields=address`, insider);
    expect(page.items.map(({ fields }) => fields)).toEqual([
      { address: 'شارع النيل' },
      { address: 'ش الهرم' },
    ]);
    await changes(`after=${page.nextCursor}&fields=address`, insider);
    expect((await audited()).slice(before)).toEqual([
      {
        actor: 'test changes:read pii:read',
        subject: 'feed:changes',
        detail: { fields: ['address'], events: 2, after: start, to: page.nextCursor },
      },
      ...['with-fields', 'with-fields-2'].map((id) => ({
        actor: 'test changes:read pii:read',
        subject: `applicant:${id}`,
        detail: { of: 'feed:changes', fields: ['address'] },
      })),
    ]);
  });
});

describe('wait', () => {
  it('answers as soon as there is something behind the cursor', async () => {
    const start = await end();
    const answer = changes(`after=${start}&wait=20`);
    await rollcall.callback('success', [anApplicant({ applicantId: 'awaited' })]);
    const writtenMs = performance.now();
    expect(ids(await answer)).toEqual(['awaited']);
    expect(performance.now() - writtenMs).toBeLessThan(1000);
  });

  it('wakes nobody for what the filter leaves out, and passes it by', async () => {
    const start = await end();
    const answer = changes(`after=${start}&event=applicant.updated&wait=20`);
    await withWriters(rollcall, 1, async (client) => {
      await writeChange(client, 'not-wanted');
      await writeChange(client, 'wanted', { event: 'applicant.updated' });
    });
    expect(ids(await answer)).toEqual(['wanted']);
  });

  it('answers an empty page when the time is over, with the cursor behind all that was looked at', async () => {
    const start = await end();
    const startedMs = performance.now();
    expect(await changes(`after=${start}&wait=1`)).toEqual({ items: [], nextCursor: start });
    expect(performance.now() - startedMs).toBeGreaterThan(950);
  });

  it.each(['changes?fields=idNumber&', 'consumers/waits/changes?'])(
    'shows nothing to a key that was disabled meanwhile: %s',
    async (path) => {
      const keys = rollcall.app.get(ApiKeys);
      const name = `waits at ${path}`;
      const key = await keys.create('test', name, ['changes:read', 'pii:read', 'consumers:write']);
      const headers = { authorization: `Bearer ${key}` };
      const start = await end();
      const body = JSON.stringify({ name: 'waits', from: 'now', fields: ['idNumber'] });
      if (path.startsWith('consumers'))
        await rollcall.api('/api/v1/consumers', { method: 'POST', body, headers });
      const waits = jest.spyOn(FeedWatch.prototype, 'more');
      const answer = rollcall.api(`/api/v1/${path}wait=20${path.endsWith('&') ? `&after=${start}` : ''}`, {
        headers,
      });
      await eventually(() => waits.mock.calls.length > 0);
      waits.mockRestore();
      await keys.disable('test', name);
      await rollcall.callback('success', [anApplicant({ applicantId: `unseen-${path.length}` })]);
      expect((await answer).status).toBe(401);
    },
  );

  it('costs the database nothing while nobody waits', async () => {
    const looks = async () => {
      const [row] = await rollcall.sql<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity
         where application_name = 'rollcall' and query like '% as rose %' and query_start > now() - interval '100 ms'`,
      );
      return row!.n;
    };
    const start = await end();
    const answer = changes(`after=${start}&wait=1`);
    await eventually(async () => (await looks()) > 0);
    await answer;
    await eventually(async () => (await looks()) === 0);
  });
});

describe('refusals', () => {
  it.each([
    ['event=applicant.exploded', 'BAD_REQUEST'],
    ['event=', 'BAD_REQUEST'],
    ['outcome=accepted,perhaps', 'BAD_REQUEST'],
    ['fields=applicantId', 'BAD_REQUEST'],
    ['wait=31', 'BAD_REQUEST'],
    ['wait=-1', 'BAD_REQUEST'],
    ['wait=soon', 'BAD_REQUEST'],
    ['events=applicant.created', 'UNKNOWN_FILTER'],
    [`after=${cursorAt('900000000000', '1')}`, 'CURSOR_AHEAD'],
    [`after=${cursorAt('900000000000', '1')}&wait=20`, 'CURSOR_AHEAD'],
  ])('400: %s is %s', async (query, code) => {
    expectProblem(await reader(`/api/v1/changes?${query}`), 400, code);
  });

  it('429 when one key has a quarter of the places, long polls and streams together; other keys are not held up', async () => {
    const start = await end();
    const key = await keyNamed('greedy');
    const ask = async (path: string): Promise<IncomingMessage> => {
      const headers = { authorization: `Bearer ${key}` };
      // a connection each: an agent would open some that never ask anything, and the server would wait for them at its end
      const request = get(`${rollcall.url}/api/v1/changes${path}after=${start}`, { headers, agent: false });
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      return response;
    };
    const streams = await Promise.all(Array.from({ length: 49 }, () => ask('/stream?')));
    const poll = ask('?wait=30&');
    const refused = await eventually(async () => {
      const answer = await ask('?wait=1&');
      return answer.resume().statusCode === 200 ? undefined : answer;
    });
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '5']);
    const stream = await ask('/stream?');
    expect(JSON.parse((await stream.toArray()).join(''))).toMatchObject({ code: 'TOO_MANY_READERS_OF_KEY' });
    expect((await reader(`/api/v1/changes?after=${start}&wait=1`)).status).toBe(200);
    for (const one of streams) one.destroy();
    await eventually(async () => (await ask('?wait=1&')).resume().statusCode === 200);
    await withWriters(rollcall, 1, (client) => writeChange(client, 'ends-the-poll'));
    expect((await poll).resume().statusCode).toBe(200);
  });

  it('503 when too many wait already; others are answered, and places become free again', async () => {
    const start = await end();
    const keys = await Promise.all([1, 2, 3, 4, 5].map((n) => keyNamed(`crowd-${n}`)));
    const crowd = Array.from({ length: 210 }, (_, at) => {
      const socket = connect({ port: Number(new URL(rollcall.url).port), host: '127.0.0.1' });
      socket.write(
        `GET /api/v1/changes?after=${start}&wait=30 HTTP/1.1\r\nHost: rollcall\r\nAuthorization: Bearer ${keys[at % keys.length]}\r\n\r\n`,
      );
      return socket;
    });
    const answers = crowd.map((socket) => once(socket, 'data'));
    await Promise.race(answers);
    const refused = await reader(`/api/v1/changes?after=${start}&wait=1`);
    expectProblem(refused, 503, 'TOO_MANY_READERS');
    expect(refused.headers.get('retry-after')).toBe('5');
    await changes(`after=${start}`);
    for (const socket of crowd) socket.destroy();
    await eventually(async () => (await reader(`/api/v1/changes?after=${start}&wait=1`)).status === 200);
  });
});
