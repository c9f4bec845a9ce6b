import type { ServerResponse } from 'node:http';
import { EntityManager } from 'typeorm';
import { notePublicUrl } from '../../src/db/installation.repository.js';
import type { IntegrationCheckDto } from '../../src/go-live/integration.dto.js';
import { openProxy, type Proxy, type Quirks } from '../cli/misbehaving-proxy.js';
import { CLIENT, startApp, type TestApp } from '../harness/app.js';
import { type Ask, callerWith, expectProblem } from '../harness/clients.js';
import { eventually } from '../harness/processes.js';

jest.setTimeout(120_000);

const SECRET = { clientId: CLIENT.id, clientSecret: CLIENT.secret };
const WRONG = 'not-the-secret-of-the-panel';
const FAR_AWAY_MS = 3_600_000;

let rollcall: TestApp;
let ask: Ask;
let proxy: Proxy | undefined;

beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_ROLE: 'api' }, captureLog: true });
  ask = await callerWith(rollcall, 'clients:read');
});
beforeEach(async () => {
  await isReachedAt(rollcall.url);
  await rollcall.sql('delete from api_rates');
});
afterEach(() => proxy?.close());
afterAll(() => rollcall.stop());

const isReachedAt = (url: string) => notePublicUrl(rollcall.app.get(EntityManager, { strict: false }), url);

async function reachThrough(quirks: Quirks): Promise<Proxy> {
  proxy = await openProxy(rollcall.url, quirks);
  await isReachedAt(proxy.url.href);
  return proxy;
}

const check = (body: object) =>
  ask<IntegrationCheckDto>('/api/v1/integration/check', { method: 'POST', body: JSON.stringify(body) });

/** The checks that are not ok. On loopback nobody outside reaches it, and it is not encrypted. */
const unwell = ({ findings }: IntegrationCheckDto) =>
  findings
    .filter(({ status, check: name }) => status !== 'ok' && name !== 'DNS' && name !== 'TLS')
    .map(({ status, check: name }) => `${status} ${name}`);

test('plays eNROLL at the own public URL, and says that it was Rollcall', async () => {
  const { status, body } = await check(SECRET);
  expect(status).toBe(200);
  expect(body).toMatchObject({ playedBy: 'rollcall', url: `${rollcall.url}/` });
  expect(unwell(body)).toEqual([]);
  const names = body.findings.map(({ check: name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['installation', 'token, raw headers', 'callback /callbacks/fail']),
  );
  expect(body.findings.at(-1)).toMatchObject({ found: expect.stringContaining('receipt '), fix: null });
  expect(await rollcall.sql('select received from receipts')).toEqual([{ received: 0 }, { received: 0 }]);
});

test('without a secret it skips what needs one, and leaves no receipt', async () => {
  const before = await rollcall.sql('select from receipts');
  const { body } = await check({});
  expect(unwell(body)).toEqual(['skipped token']);
  expect(body.findings.at(-1)?.fix).toMatch(/^give the check its id and its secret/);
  expect(await rollcall.sql('select from receipts')).toHaveLength(before.length);
});

test('says of a wrong secret that it is wrong', async () => {
  const { body } = await check({ ...SECRET, clientSecret: WRONG });
  expect(unwell(body)).toEqual(['form body', 'Basic', 'raw headers'].map((way) => `failed token, ${way}`));
});

test('says what a proxy in between does, with what to change there', async () => {
  await reachThrough({ drops: /_/ });
  const { body } = await check(SECRET);
  expect(unwell(body)).toEqual(['failed token, raw headers']);
  expect(JSON.stringify(body)).toContain('underscores_in_headers');
});

test('where another program answers it sends no secret', async () => {
  const stranger = await reachThrough({
    answers: (response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"up"}'),
  });
  const { body } = await check(SECRET);
  expect(body.findings).toContainEqual(
    expect.objectContaining({
      check: 'installation',
      status: 'failed',
      found: expect.stringMatching(/^another program/),
    }),
  );
  expect(body.findings.at(-1)).toMatchObject({ check: 'token', status: 'skipped' });
  expect(stranger.heard()).toContain('/callbacks/success');
  expect(stranger.heard()).not.toContain(CLIENT.secret);
});

test('nobody chooses where it calls, nor gives half of the credentials', async () => {
  for (const body of [{ url: 'http://127.0.0.1:1/' }, { clientId: CLIENT.id }, { clientSecret: WRONG }]) {
    const answer = await check(body);
    expectProblem(answer, 400, 'BAD_REQUEST');
    expect(JSON.stringify(answer.body)).not.toContain(WRONG);
  }
});

test('runs one at a time', async () => {
  const held: ServerResponse[] = [];
  let isHeld = true;
  await reachThrough({ answers: (response) => void (isHeld ? held.push(response) : response.end()) });
  const first = check({});
  await eventually(() => held.length > 0);
  expectProblem(await check({}), 409, 'CONFLICT');
  isHeld = false;
  for (const response of held) response.end();
  expect((await first).status).toBe(200);
});

test('runs a few times a minute, over all replicas', async () => {
  await rollcall.sql('insert into api_rates (key, points, expire) values ($1, 6, $2)', [
    'go-live:installation',
    Date.now() + FAR_AWAY_MS,
  ]);
  const answer = await check({});
  expectProblem(answer, 429, 'TOO_MANY_REQUESTS');
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('needs the scope clients:read', async () => {
  const operator = await callerWith(rollcall, 'stats:read', 'alerts:write');
  const answer = await operator('/api/v1/integration/check', { method: 'POST', body: '{}' });
  expectProblem(answer, 403, 'INSUFFICIENT_SCOPE');
});

test('the audit has every check, and neither the audit nor the log has a secret', async () => {
  const entries = await rollcall.sql(`select subject, detail from audit where action = 'integration.check'`);
  expect(entries).toContainEqual({
    subject: 'integration:url',
    detail: expect.objectContaining({ failed: 3, withSecret: true }),
  });
  expect(entries).toContainEqual({
    subject: 'integration:url',
    detail: expect.objectContaining({ skipped: 1, withSecret: false }),
  });
  const said = [JSON.stringify(await rollcall.sql('select * from audit')), ...rollcall.log].join('\n');
  expect(said).toContain('/api/v1/integration/check');
  expect(said).not.toContain(CLIENT.secret);
  expect(said).not.toContain(WRONG);
});
