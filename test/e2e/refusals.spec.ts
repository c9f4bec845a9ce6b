import { request as httpRequest } from 'node:http';
import type { RefusalPageDto } from '../../src/refusals/refusals.dto.js';
import { Refusals } from '../../src/refusals/refusals.service.js';
import type { CallbackStatsDto } from '../../src/stats/stats.dto.js';
import { Tallies } from '../../src/stats/tallies.service.js';
import { CLIENT, startApp, type TestApp } from '../harness/app.js';
import { callerWithAll, expectProblem } from '../harness/clients.js';
import { eventually } from '../harness/processes.js';

const MIB = 1024 * 1024;
const FORM = 'application/x-www-form-urlencoded';

let rollcall: TestApp;
let authorization: string;

beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_TRUST_PROXY: '127.0.0.1' } });
  authorization = `Bearer ${await rollcall.token()}`;
});
afterAll(() => rollcall.stop());
beforeEach(() => rollcall.sql('delete from refusals'));

type Refusal = RefusalPageDto['items'][number];
type Sent = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };

const refusals = async (query = ''): Promise<Refusal[]> =>
  (await callerWithAll(rollcall)<RefusalPageDto>(`/api/v1/refusals${query}`)).body.items;
/** The refusals, once there are so many in all. */
const untilThereAre = async (n: number): Promise<Refusal[]> => {
  await eventually(async () => (await refusals()).reduce((sum, { count }) => sum + count, 0) >= n);
  return refusals();
};

const send = async (path: string, init: Sent) => {
  const answer = await fetch(rollcall.url + path, { method: 'POST', ...init });
  await answer.arrayBuffer();
  return answer.status;
};
const askForToken = (given: Record<string, string>, path = '/oauth/token') =>
  send(path, {
    headers: { 'content-type': FORM, 'x-forwarded-for': '198.51.100.9' },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...given }).toString(),
  });

describe('what the callback URLs refuse is recorded', () => {
  test.each<[string, number, string, Sent, Partial<Refusal>]>([
    ['no token', 401, 'TOKEN_MISSING', { body: '[]' }, { caller: 'stranger', bytes: 2 }],
    [
      'a token of others',
      401,
      'TOKEN_INVALID',
      { headers: { authorization: 'Bearer x' } },
      { caller: 'stranger', bytes: 0 },
    ],
    ['GET', 405, 'METHOD_NOT_ALLOWED', { method: 'GET' }, { caller: 'stranger', method: 'GET' }],
    ['a body that is no JSON', 400, 'NOT_JSON', { headers: { authorization: '' }, body: '{' }, { bytes: 1 }],
    [
      'a form',
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      { headers: { authorization: '', 'content-type': FORM }, body: 'a=1' },
      { bytes: 3 },
    ],
    [
      'a body that is too large',
      413,
      'BODY_TOO_LARGE',
      { headers: { authorization: '' }, body: 'x'.repeat(17 * MIB) },
      { bytes: 17 * MIB },
    ],
  ])('%s: %d %s', async (_what, status, code, { headers = {}, ...init }, expected) => {
    const isOfClient = headers.authorization === '';
    const sent = { ...headers, ...(isOfClient && { authorization }) };
    expect(await send('/callbacks/fail/?secret=1', { headers: sent, ...init })).toBe(status);
    const [refusal, ...more] = await untilThereAre(1);
    expect(more).toEqual([]);
    expect(refusal).toMatchObject({
      route: 'fail',
      url: '/callbacks/fail/',
      remoteAddress: '127.0.0.1',
      status,
      code,
      count: 1,
      ...(isOfClient && { caller: 'client', clientId: CLIENT.id }),
      ...expected,
    });
    if (isOfClient) {
      const receipt = await rollcall.api(`/api/v1/receipts/${refusal?.receiptId}`);
      expect(await receipt.json()).toMatchObject({ state: 'rejected', errorCode: code });
    } else expect(refusal?.receiptId).toBeNull();
  });

  test('what was taken, what stands in quarantine, a Callback-Test and another path are not', async () => {
    expect(await send('/callbacks/success', { headers: { authorization }, body: '[]' })).toBe(200);
    expect(await send('/callbacks/success', { headers: { authorization }, body: '[1]' })).toBe(422);
    expect(await send('/callbacks/success', { headers: { 'callback-test': '' } })).toBe(200);
    expect(await send('/callbacks/other', {})).toBe(404);
    expect(await send('/api/v1/applicants/search', {})).toBe(401);
    expect(await send('/callbacks', {})).toBe(401);
    expect(await untilThereAre(1)).toMatchObject([{ route: 'any', code: 'TOKEN_MISSING', count: 1 }]);
  });
});

describe('what the token URL refuses is recorded', () => {
  test('a wrong secret names the client, another id is not kept', async () => {
    const wrong = { client_secret: 'wrong' };
    expect(await askForToken({ client_id: CLIENT.id, ...wrong })).toBe(401);
    expect(await askForToken({ client_id: 'secret-by-mistake', ...wrong })).toBe(401);
    expect(await askForToken({})).toBe(401);
    const all = await untilThereAre(3);
    expect(all.map(({ caller, clientId, count }) => [caller, clientId, count]).sort()).toEqual([
      ['named', CLIENT.id, 1],
      ['stranger', null, 2],
    ]);
    for (const refusal of all) {
      expect(refusal).toMatchObject({
        route: 'token',
        code: 'invalid_client',
        remoteAddress: '198.51.100.9',
      });
    }
    expect(JSON.stringify(await rollcall.sql('select * from refusals'))).not.toContain('by-mistake');
    expect(await refusals('?caller=named')).toHaveLength(1);
    expect(await refusals('?route=fail')).toEqual([]);
    const unknown = await callerWithAll(rollcall)('/api/v1/refusals?state=open');
    expectProblem(unknown, 400, 'UNKNOWN_FILTER');
  });

  test.each([
    ['credentials in the URL', 400, 'invalid_request', () => askForToken({}, '/oauth/token?client_id=x')],
    ['JSON', 415, 'invalid_request', () => send('/oauth/token', { body: '{}' })],
    ['GET', 405, 'invalid_request', () => send('/oauth//token', { method: 'GET' })],
    [
      'a large body',
      413,
      'invalid_request',
      () => send('/oauth/token', { headers: { 'content-type': FORM }, body: 'x'.repeat(20_000) }),
    ],
  ])('%s: %d %s', async (_what, status, code, ask) => {
    expect(await ask()).toBe(status);
    expect(await untilThereAre(1)).toMatchObject([{ status, code, caller: 'stranger' }]);
  });

  test('a URL with an origin leaves no user and no query behind', async () => {
    const { port } = new URL(rollcall.url);
    const status = await new Promise((resolve) => {
      const path = 'http://user:password@x/oauth/token?client_secret=s';
      httpRequest({ port, host: '127.0.0.1', method: 'GET', path }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).end();
    });
    expect(status).toBe(405);
    expect(await untilThereAre(1)).toMatchObject([{ url: 'http://x/oauth/token' }]);
  });
});

describe('what strangers leave is bounded', () => {
  test('of one address and hour there is one row, with the first and the latest time', async () => {
    await send('/callbacks/success', { headers: { 'x-forwarded-for': '203.0.113.7' } });
    await untilThereAre(1);
    for (let i = 0; i < 200; i += 1)
      await send('/callbacks/success', { headers: { 'x-forwarded-for': '203.0.113.7' } });
    const [row, ...more] = await untilThereAre(201);
    expect(more).toEqual([]);
    expect(row).toMatchObject({ count: 201, remoteAddress: '203.0.113.7' });
    expect(Date.parse(row?.at ?? '')).toBeGreaterThan(Date.parse(row?.firstAt ?? ''));
  });

  test('many addresses at once leave twenty rows and one for all the rest; a client has its own', async () => {
    const ofStranger = (n: number) =>
      send('/callbacks/fail', { headers: { 'x-forwarded-for': `198.51.100.${n}` } });
    // nothing can be written meanwhile: all of it comes at once
    await rollcall.sql('begin');
    await rollcall.sql('lock table refusals');
    await ofStranger(0);
    // the first is being written: what comes from here on waits together
    await eventually(
      async () =>
        (await rollcall.sql(`select 1 from pg_locks where relation = 'refusals'::regclass and not granted`))
          .length > 0,
    );
    await Promise.all(Array.from({ length: 100 }, (_, n) => ofStranger(n + 1)));
    await send('/callbacks/fail', { headers: { authorization }, body: '{' });
    await rollcall.sql('commit');
    const all = await untilThereAre(102);
    expect(all.filter(({ caller }) => caller === 'client')).toHaveLength(1);
    const [rest, ...more] = all.filter(({ remoteAddress }) => remoteAddress === null);
    expect(more).toEqual([]);
    expect(rest?.count).toBe(100 - 20);
    expect(all).toHaveLength(1 + 20 + 1 + 1);
  });

  test('beyond the newest thousand of each kind of caller they are deleted', async () => {
    await rollcall.sql(
      `insert into refusals (id, first_at, at, route, url, method, caller, status, code, count)
       select gen_random_uuid(), now(), now() - n * interval '1 second', 'fail', '/old', 'POST',
         case when n > 1500 then 'named' else 'stranger' end, 401, 'TOKEN_MISSING', 1 from generate_series(1, 1510) n`,
    );
    await send('/callbacks/fail', {});
    await eventually(async () => (await rollcall.sql('select from refusals')).length === 1_010);
    const first = (await callerWithAll(rollcall)<RefusalPageDto>('/api/v1/refusals?limit=200')).body;
    expect(first.items[0]).toMatchObject({ url: '/callbacks/fail' });
    const path = `/api/v1/refusals?limit=200&cursor=${first.nextCursor}`;
    const second = (await callerWithAll(rollcall)<RefusalPageDto>(path)).body;
    expect(second.items).toHaveLength(200);
    expect(second.items[0]?.at).not.toBe(first.items.at(-1)?.at);
  });
});

test('statistics count every one of them', async () => {
  const counted = async () => {
    await rollcall.app.get(Tallies).write();
    const answer = await callerWithAll(rollcall)<CallbackStatsDto>('/api/v1/stats/callbacks?bucket=none');
    return answer.body.buckets[0]?.refused ?? { tokens: 0, callbacks: 0 };
  };
  const before = await counted();
  await send('/callbacks/fail', {});
  await send('/callbacks/fail', { headers: { authorization }, body: '{' });
  await askForToken({});
  await eventually(async () => (await counted()).callbacks === before.callbacks + 2);
  expect((await counted()).tokens).toBe(before.tokens + 1);
  await untilThereAre(3);
});

test('what a process still holds is written when it stops', async () => {
  await send('/callbacks/any', {});
  await send('/callbacks', {});
  await rollcall.app.get(Refusals).onModuleDestroy();
  expect(await rollcall.sql('select count from refusals')).toEqual([{ count: 1 }]);
});
