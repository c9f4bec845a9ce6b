import { Metrics } from '../../src/observability/metrics.js';
import { WebhookJobs } from '../../src/webhooks/webhook-jobs.service.js';
import { type Ask, callerWith, expectProblem } from '../harness/clients.js';
import { HandingOn } from './handing-on.js';
import { Receiver } from './receiver.js';
import { eventually } from '../harness/processes.js';

const HOUR_MS = 3_600_000;

let handing: HandingOn;
let receiver: Receiver;
let url: string;
let writer: Ask;

beforeAll(async () => {
  handing = await HandingOn.start();
  writer = await callerWith(handing.rollcall, 'endpoints:write');
  receiver = new Receiver();
  url = `http://127.0.0.1:${await receiver.start()}/hook`;
});
afterEach(async () => {
  await handing.removeEndpoints();
  receiver.delivered.length = 0;
});
afterAll(async () => {
  await receiver.stop();
  await handing.stop();
});

const post = (path: string, body?: unknown) =>
  handing.ask(`/api/v1/endpoints${path}`, {
    method: 'POST',
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const patch = (id: string, body: unknown) =>
  handing.ask(`/api/v1/endpoints/${id}`, { method: 'PATCH', body: JSON.stringify(body) });
const audited = (id: string) =>
  handing.rollcall.sql<{ action: string; detail: Record<string, unknown> }>(
    'select action, detail from audit where subject = $1 order by at',
    [`endpoint:${id}`],
  );

describe('endpoints', () => {
  it('201, 200, 200, 204: one is made, listed by name, changed, removed; each is recorded, the secret nowhere', async () => {
    const { secret, ...made } = await handing.endpoint({
      name: 'b-crm',
      url: `${url}?key=of-the-receiver`,
      events: ['applicant.created'],
    });
    await handing.endpoint({ name: 'a-bank', url });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(made).toMatchObject({
      name: 'b-crm',
      kind: 'http',
      subject: null,
      outcomes: [],
      fields: [],
      ratePerSecond: null,
      state: 'active',
      circuit: { state: 'closed', failures: 0, until: null },
    });
    const first = await handing.ask<{ items: { name: string }[]; nextCursor: string }>(
      '/api/v1/endpoints?limit=1',
    );
    expect(first.body.items).toMatchObject([{ name: 'a-bank' }]);
    const second = await handing.ask(`/api/v1/endpoints?limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body).toEqual({ items: [made], nextCursor: null });

    const changed = await patch(made.id, { name: 'crm', ratePerSecond: 5, events: null });
    expect(changed).toMatchObject({
      status: 200,
      body: { name: 'crm', ratePerSecond: 5, events: ['applicant.created'] },
    });
    expect((await patch(made.id, { ratePerSecond: null, events: [] })).body).toMatchObject({
      ratePerSecond: null,
      events: [],
    });
    const rotated = await post(`/${made.id}/rotate-secret`);
    expect(rotated.body).toEqual({ secret: expect.stringMatching(/^whsec_/) });
    expect((await handing.find(made.id)).secrets).toEqual([
      { createdAt: expect.any(String), expiresAt: null },
      { createdAt: expect.any(String), expiresAt: expect.any(String) },
    ]);
    expect((await handing.ask(`/api/v1/endpoints/${made.id}`, { method: 'DELETE' })).status).toBe(204);
    expectProblem(await handing.ask(`/api/v1/endpoints/${made.id}`), 404, 'NOT_FOUND');

    const records = await audited(made.id);
    expect(records.map(({ action }) => action)).toEqual([
      'endpoint.create',
      'endpoint.update',
      'endpoint.update',
      'endpoint.rotate_secret',
      'endpoint.delete',
    ]);
    expect(records[0]?.detail).toMatchObject({ name: 'b-crm', events: ['applicant.created'], fields: [] });
    expect(JSON.stringify(records)).not.toMatch(/whsec|of-the-receiver/);
    const [kept] = await handing.rollcall.sql<{ text: string }>(
      `select string_agg(encode(sealed, 'escape'), '') as text from endpoint_secrets`,
    );
    expect(kept?.text).not.toContain(secret.slice(6));
  });

  it.each([
    ['no URL at all', { url: 'crm' }, 'BAD_REQUEST'],
    ['another scheme', { url: 'ftp://crm.example' }, 'BAD_REQUEST'],
    ['credentials in the URL', { url: 'https://me:secret@crm.example' }, 'BAD_REQUEST'],
    ['a private address', { url: 'http://10.0.0.1' }, 'ENDPOINT_TARGET_FORBIDDEN'],
    ['the metadata of the cloud', { url: 'http://169.254.169.254/latest' }, 'ENDPOINT_TARGET_FORBIDDEN'],
    ['a subject', { subject: 'rollcall' }, 'BAD_REQUEST'],
    ['no subject for nats', { kind: 'nats', url: 'nats://127.0.0.1' }, 'BAD_REQUEST'],
    ['credentials for http', { credentials: 'me:secret' }, 'BAD_REQUEST'],
    ['an unknown kind', { kind: 'kafka' }, 'BAD_REQUEST'],
    ['an unknown event', { events: ['applicant.married'] }, 'BAD_REQUEST'],
    ['an event twice', { events: ['applicant.created', 'applicant.created'] }, 'BAD_REQUEST'],
    ['an unknown field', { fields: ['passwords'] }, 'BAD_REQUEST'],
    ['no list', { outcomes: 'accepted' }, 'BAD_REQUEST'],
    ['no rate', { ratePerSecond: 0 }, 'BAD_REQUEST'],
    ['no name', { name: ' ' }, 'BAD_REQUEST'],
    ['a name that would move a cursor', { name: 'a\u001b[2J' }, 'BAD_REQUEST'],
    ['an unknown key', { colour: 'red' }, 'BAD_REQUEST'],
  ])('400: %s', async (_, wrong, code) => {
    expectProblem(await post('', { name: 'wrong', url, ...wrong }), 400, code);
  });

  it('400: a wrong filter, cursor, or page', async () => {
    const { id } = await handing.endpoint({ url });
    for (const [query, code] of [
      ['colour=red', 'UNKNOWN_FILTER'],
      ['state=lost', 'BAD_REQUEST'],
      ['limit=201', 'BAD_REQUEST'],
      ['cursor=xyz', 'BAD_CURSOR'],
    ]) {
      expectProblem(await handing.ask(`/api/v1/endpoints/${id}/deliveries?${query}`), 400, code ?? '');
    }
    expectProblem(await post(`/${id}/replay`, { since: '2020-01-01' }), 400, 'BAD_REQUEST');
    expectProblem(await post(`/${id}/replay`, {}), 400, 'BAD_REQUEST');
    expectProblem(await post(`/${id}/recover`, { since: 'yesterday' }), 400, 'BAD_REQUEST');
    expectProblem(await post(`/${id}/recover`, { since: new Date(), cursor: 'xyz' }), 400, 'BAD_CURSOR');
  });

  it('401, 403: without a key, or with one that lacks the scope', async () => {
    const { id } = await handing.endpoint({ url });
    const reader = await callerWith(handing.rollcall, 'endpoints:read');
    const stranger = await callerWith(handing.rollcall, 'changes:read');
    const nobody = await fetch(`${handing.rollcall.url}/api/v1/endpoints`);
    expect(nobody.status).toBe(401);
    for (const path of ['', `/${id}`, `/${id}/deliveries`]) {
      expect((await reader(`/api/v1/endpoints${path}`)).status).toBe(200);
      expectProblem(await stranger(`/api/v1/endpoints${path}`), 403, 'INSUFFICIENT_SCOPE');
      expectProblem(await writer(`/api/v1/endpoints${path}`), 403, 'INSUFFICIENT_SCOPE');
    }
    for (const path of ['', `/${id}/test`, `/${id}/pause`, `/${id}/recover`]) {
      expectProblem(
        await reader(`/api/v1/endpoints${path}`, { method: 'POST', body: '{}' }),
        403,
        'INSUFFICIENT_SCOPE',
      );
    }
  });

  it('403: who may not read personal data can neither ask for it nor send it elsewhere', async () => {
    const send = (path: string, method: string, body: unknown) =>
      writer(`/api/v1/endpoints${path}`, { method, body: JSON.stringify(body) });
    expect(await send('', 'POST', { name: 'plain', url, fields: ['nationality', 'status'] })).toMatchObject({
      status: 201,
    });
    expectProblem(
      await send('', 'POST', { name: 'nosy', url, fields: ['idNumber'] }),
      403,
      'INSUFFICIENT_SCOPE',
    );
    const granted = await handing.endpoint({ url, fields: ['idNumber'] });
    expectProblem(await send(`/${granted.id}`, 'PATCH', { url: `${url}/mine` }), 403, 'INSUFFICIENT_SCOPE');
    // nor turn the way of those who may into one of their own
    expectProblem(await send(`/${granted.id}`, 'PATCH', { fields: [] }), 403, 'INSUFFICIENT_SCOPE');
    expectProblem(await send(`/${granted.id}`, 'PATCH', { fields: ['idNumber'] }), 403, 'INSUFFICIENT_SCOPE');
    for (const since of [new Date(), new Date(0)])
      expectProblem(await send(`/${granted.id}/replay`, 'POST', { since }), 403, 'INSUFFICIENT_SCOPE');
  });

  it('404: an unknown endpoint or delivery, or another endpoint’s', async () => {
    const { id } = await handing.endpoint({ url });
    const unknown = '0d7a4b0e-9a55-4c1c-92f0-a9d15f2b7c1e';
    for (const path of [
      `/${unknown}`,
      '/nonsense',
      `/${unknown}/deliveries`,
      `/${id}/deliveries/msg_1_1_000000000000`,
      `/${id}/deliveries/nonsense`,
      `/${id}/deliveries/msg_1_1_000000000000/attempts`,
    ]) {
      expectProblem(await handing.ask(`/api/v1/endpoints${path}`), 404, 'NOT_FOUND');
    }
    for (const path of ['/test', '/pause', '/resume', '/rotate-secret']) {
      expectProblem(await post(`/${unknown}${path}`), 404, 'NOT_FOUND');
    }
    for (const verb of ['recover', 'replay']) {
      expectProblem(await post(`/${unknown}/${verb}`, { since: new Date() }), 404, 'NOT_FOUND');
    }
    expectProblem(await patch(unknown, {}), 404, 'NOT_FOUND');
    await handing.enroll();
    await eventually(async () => (await handing.deliveries(id)).length > 0);
    const [delivery] = await handing.deliveries(id);
    const other = await handing.endpoint({ url, events: ['applicant.erased'] });
    expectProblem(
      await handing.ask(`/api/v1/endpoints/${other.id}/deliveries/${delivery?.id}`),
      404,
      'NOT_FOUND',
    );
    // the right place with the hash of another event
    const forged = delivery?.id.replace(/.{12}$/, 'ffffffffffff');
    expectProblem(await handing.ask(`/api/v1/endpoints/${id}/deliveries/${forged}`), 404, 'NOT_FOUND');
  });

  it('409: a name that is taken, a pause of what is disabled, a test of what sends nothing', async () => {
    const { id, name } = await handing.endpoint({ url });
    const other = await handing.endpoint({ url });
    expectProblem(await post('', { name, url }), 409, 'CONFLICT');
    expectProblem(await patch(other.id, { name }), 409, 'CONFLICT');
    await post(`/${id}/pause`);
    expectProblem(await post(`/${id}/test`), 409, 'CONFLICT');
    await handing.rollcall.sql(`update endpoints set state = 'disabled' where id = $1`, [id]);
    expectProblem(await post(`/${id}/pause`), 409, 'CONFLICT');
    expectProblem(await post(`/${id}/test`), 409, 'CONFLICT');
  });
});

describe('deliveries', () => {
  it('a test event takes the way of all events, and its attempt can be read', async () => {
    const { id } = await handing.endpoint({ url, events: ['applicant.erased'] });
    const queued = await post(`/${id}/test`);
    expect(queued).toMatchObject({
      status: 202,
      body: { event: 'rollcall.test', state: 'due', attempts: 0 },
    });
    await eventually(() => receiver.delivered.length === 1);
    const [one] = receiver.delivered;
    expect(JSON.parse(one?.body ?? '')).toMatchObject({
      type: 'rollcall.test',
      data: { applicantId: 'test', version: 1 },
    });
    expect(one?.headers['webhook-id']).toBe(queued.body.id);
    await eventually(async () => (await handing.deliveries(id))[0]?.state === 'delivered');
    const { body } = await handing.ask(`/api/v1/endpoints/${id}/deliveries/${String(queued.body.id)}`);
    expect(body).toMatchObject({
      state: 'delivered',
      attempts: 1,
      nextAttemptAt: null,
      settledAt: expect.any(String),
      lastCode: null,
    });
  });

  it('are listed newest first, by state, applicant and event, page by page', async () => {
    const { id } = await handing.endpoint({ url });
    const enrolled = await handing.enroll(5);
    await handing.update(enrolled[0] ?? '', { address: 'شارع النيل' });
    await eventually(async () => (await handing.deliveries(id, 'event=applicant.updated')).length > 0);
    await eventually(async () => (await handing.deliveries(id, 'state=due')).length === 0);
    const all = await handing.deliveries(id);
    const times = all.map(({ occurredAt }) => occurredAt);
    expect(times).toEqual([...times].sort().reverse());
    expect(await handing.deliveries(id, `applicantId=${enrolled[0]}&event=applicant.updated`)).toMatchObject([
      { version: 2 },
    ]);
    expect(await handing.deliveries(id, 'event=applicant.created')).toHaveLength(5);
    expect(await handing.deliveries(id, 'state=dead')).toEqual([]);
    const paged = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const path: string = `/api/v1/endpoints/${id}/deliveries?limit=2${cursor && `&cursor=${cursor}`}`;
      const { body } = await handing.ask<{ items: unknown[]; nextCursor: string | null }>(path);
      paged.push(...body.items);
      cursor = body.nextCursor;
    }
    expect(paged).toEqual(all);
  });

  it('one is sent again on demand, under its id', async () => {
    const { id } = await handing.endpoint({ url, events: ['applicant.created'] });
    await handing.enroll();
    await eventually(async () => (await handing.deliveries(id, 'state=delivered')).length === 1);
    const [delivery] = await handing.deliveries(id);
    expect((await post(`/${id}/deliveries/${delivery?.id}/resend`)).body).toMatchObject({
      id: delivery?.id,
      state: 'due',
    });
    await eventually(() => receiver.delivered.length === 2);
    expect(receiver.delivered.map(({ headers }) => headers['webhook-id'])).toEqual([
      delivery?.id,
      delivery?.id,
    ]);
    await eventually(async () => (await handing.attempts(id, delivery?.id ?? '')).length === 2);
  });

  it('that died since a time are counted, then tried again, ten thousand in two calls and without growing', async () => {
    const { id } = await handing.endpoint({ url });
    await post(`/${id}/pause`);
    await handing.rollcall.sql(
      `insert into deliveries (endpoint_id, tx, seq, event, applicant_id, version, occurred_at, state, attempts, tries, settled_at)
       select $1, '1', n, 'applicant.created', 'dead-' || n, 1, now(), 'dead', 8, 8,
         case when n <= 10001 then now() else now() - interval '2 days' end from generate_series(1, 10011) n`,
      [id],
    );
    const since = new Date(Date.now() - HOUR_MS);
    expect(await handing.bulk(id, 'recover', true, since)).toBe(10_001);
    expect((await handing.find(id)).backlog).toMatchObject({ due: 0, dead: 10_011 });
    const before = process.memoryUsage().rss;
    expect(await handing.bulk(id, 'recover', false, since)).toBe(10_001);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
    expect((await handing.find(id)).backlog).toMatchObject({ due: 10_001, dead: 10 });
    const records = (await audited(id)).filter(({ action }) => action === 'endpoint.recover');
    expect(records.map(({ detail }) => [detail.dryRun, detail.count])).toEqual([
      [true, 10_000],
      [true, 1],
      [false, 10_000],
      [false, 1],
    ]);
  });

  it('of an endpoint that is made later are had by a replay, from the asked time on', async () => {
    const [early] = await handing.enroll();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const since = new Date();
    const enrolled = await handing.enroll(3);
    const { id } = await handing.endpoint({ url, events: ['applicant.created'] });
    const missing = () => handing.bulk(id, 'replay', true, since);
    await eventually(async () => (await missing()) === 3);
    expect(await handing.bulk(id, 'replay', false, since)).toBe(3);
    await eventually(async () => (await handing.deliveries(id, 'state=delivered')).length === 3);
    const told = (await handing.deliveries(id)).map(({ applicantId }) => applicantId);
    expect(told.sort()).toEqual([...enrolled].sort());
    expect(told).not.toContain(early);
  });

  it('whose event is not kept any more are given up, and hold nothing up', async () => {
    const { id } = await handing.endpoint({ url });
    await handing.rollcall.sql(
      `insert into deliveries (endpoint_id, tx, seq, event, applicant_id, version, occurred_at)
       values ($1, '2', 1, 'applicant.created', 'forgotten', 1, now() - interval '2 years')`,
      [id],
    );
    await eventually(async () => (await handing.deliveries(id))[0]?.state === 'dead');
    expect(await handing.deliveries(id)).toMatchObject([{ lastCode: 'EVENT_GONE', attempts: 1 }]);
    expect(await handing.find(id)).toMatchObject({ circuit: { state: 'closed', failures: 0 } });
    expect(receiver.delivered).toEqual([]);
  });

  it('are purged with their endpoint, but for those that the retention removes in time', async () => {
    const kept = await handing.endpoint({ url });
    const removed = await handing.endpoint({ url });
    await post(`/${kept.id}/pause`);
    await handing.rollcall.sql(
      `insert into deliveries (endpoint_id, tx, seq, event, applicant_id, version, occurred_at, state, settled_at)
       select id::uuid, '3', n, 'applicant.created', 'p' || n, 1, now() - make_interval(days => 20 * n),
         case when n = 3 then 'due' else 'delivered' end, case when n < 3 then now() - make_interval(days => 20 * n) end
       from unnest($1::text[]) id, generate_series(1, 3) n`,
      [[kept.id, removed.id]],
    );
    await handing.rollcall.sql(
      `insert into attempts (endpoint_id, tx, seq, number, at, duration_ms)
       select endpoint_id, tx, seq, 1, now(), 1 from deliveries where tx = '3'`,
    );
    await handing.ask(`/api/v1/endpoints/${removed.id}`, { method: 'DELETE' });
    await handing.rollcall.app.get(WebhookJobs).purge(new AbortController().signal);
    const left = await handing.rollcall.sql<{ seq: string }>(
      `select seq from deliveries where tx = '3' order by seq`,
    );
    expect(left.map(({ seq }) => seq)).toEqual(['1', '2', '3']);
    const [attempts] = await handing.rollcall.sql(`select count(*)::int as n from attempts where tx = '3'`);
    expect(attempts).toEqual({ n: 3 });
  });
});

it('metrics tell attempts by outcome, what is due, and how soon events are tried', async () => {
  const { text } = await handing.rollcall.app.get(Metrics).scrape();
  expect(text).toMatch(/rollcall_delivery_attempts_total\{kind="http",outcome="ok"\} [1-9]/);
  expect(text).toMatch(/rollcall_deliveries_due \d/);
  expect(text).toMatch(/rollcall_delivery_first_attempt_seconds_bucket\{le="0.3"\} \d/);
});
