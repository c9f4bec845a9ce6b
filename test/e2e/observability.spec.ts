import { anApplicant } from '../factories/applicant.js';
import { ApiKeys } from '../../src/auth/api-keys.service.js';
import { startApp, type TestApp } from '../harness/app.js';

let server: TestApp;

beforeAll(async () => {
  server = await startApp({ captureLog: true });
});
afterAll(() => server.stop());

/** All samples of one scrape, by name and labels. */
async function scrape(): Promise<Map<string, number>> {
  const answer = await fetch(`${server.url}/metrics`);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [
      line.slice(0, line.lastIndexOf(' ')),
      Number(line.slice(line.lastIndexOf(' ') + 1)),
    ]),
  );
}

describe('metrics of the running application', () => {
  test('callbacks, elements, commits, tokens, refusals, probes and what waits are counted', async () => {
    const { url } = server;
    await server.callback('success', [anApplicant(), anApplicant(), 'not an applicant']);
    await server.callback('fail', 'not json');
    await fetch(`${url}/callbacks/success`, { method: 'POST', body: '[]' });
    await fetch(`${url}/callbacks/fail`, { method: 'POST', headers: { 'callback-test': 'true' } });
    await fetch(`${url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'x', client_secret: 'y' }),
    });
    const samples = await scrape();
    expect(Object.fromEntries(samples)).toMatchObject({
      'rollcall_callbacks_total{kind="success",status="200"}': 1,
      'rollcall_callbacks_total{kind="success",status="401"}': 1,
      'rollcall_callbacks_total{kind="fail",status="400"}': 1,
      'rollcall_callbacks_total{kind="fail",status="200"}': 1,
      'rollcall_elements_total{result="created"}': 2,
      'rollcall_elements_total{result="quarantined"}': 1,
      'rollcall_token_requests_total{result="issued"}': 2,
      'rollcall_token_requests_total{result="invalid_client"}': 1,
      'rollcall_refusals_total{reason="TOKEN_MISSING"}': 1,
      'rollcall_refusals_total{reason="NOT_JSON"}': 1,
      'rollcall_probes_total{kind="fail"}': 1,
      rollcall_queue_depth: 0,
      rollcall_receipts_pending: 0,
      rollcall_quarantine_open: 1,
    });
    expect(samples.get('rollcall_commit_seconds_count')).toBeGreaterThan(0);
    expect(samples.get('rollcall_commit_applicants_sum')).toBeGreaterThanOrEqual(2);
  });

  test('no label holds an id or a path as sent', async () => {
    const secret = '29703012357788';
    await fetch(`${server.url}/nowhere/${secret}?id=${secret}`);
    await fetch(`${server.url}/api/v1/applicants/${secret}`);
    const names = [...(await scrape()).keys()].join('\n');
    expect(names).toContain('route="none"');
    expect(names).not.toContain(secret);
  });
});

describe('lines of the running application', () => {
  test('each request has exactly one, found by the id that its answer carries', async () => {
    const answer = await server.callback('success', [anApplicant()], { 'x-request-id': 'observed-0001' });
    expect(answer.headers.get('x-request-id')).toBe('observed-0001');
    const lines = server.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.filter((line) => line['requestId'] === 'observed-0001')).toEqual([
      expect.objectContaining({
        event: 'callback',
        route: '/callbacks/success',
        status: 200,
        actor: 'enroll',
        received: 1,
        applied: 1,
        receiptId: expect.any(String),
      }),
    ]);
  });

  test('the line of a call with an API key names its holder, refused or not', async () => {
    const key = await server.app.get(ApiKeys).create('test', 'warehouse', ['changes:read']);
    const ask = (path: string, id: string) =>
      server.api(path, { headers: { authorization: `Bearer ${key}`, 'x-request-id': id } });
    await ask('/api/v1/changes', 'observed-0002');
    await ask('/api/v1/applicants', 'observed-0003');
    const lines = server.log
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ requestId }) => requestId === 'observed-0002' || requestId === 'observed-0003');
    expect(lines).toEqual([
      expect.objectContaining({ event: 'request', status: 200, actor: 'warehouse' }),
      expect.objectContaining({ status: 403, actor: 'warehouse', code: 'INSUFFICIENT_SCOPE' }),
    ]);
  });
});
