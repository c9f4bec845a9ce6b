import { Readiness } from '../../src/observability/readiness.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';

let rollcall: TestApp;
beforeAll(async () => {
  rollcall = await startApp();
});
afterAll(() => rollcall.stop());

test('M4, M12: a server that drains is not ready and serves on; then it refuses, whatever is asked, by 503 and Retry-After', async () => {
  const readiness = rollcall.app.get(Readiness);
  const authorization = `Bearer ${await rollcall.token()}`;
  readiness.drain();
  expect((await fetch(`${rollcall.url}/health/ready`)).status).toBe(503);
  const served = await rollcall.callback('success', [anApplicant()], { authorization });
  expect([served.status, served.headers.get('connection')]).toEqual([200, 'keep-alive']);
  expect((await fetch(`${rollcall.url}/health/live`)).status).toBe(200);

  readiness.refuse();
  const refusals = [
    await rollcall.callback('success', [anApplicant()], { authorization }),
    await rollcall.callback('fail', 'x', { 'Callback-Test': '', authorization }),
    await rollcall.api('/api/v1/applicants'),
    await fetch(`${rollcall.url}/health/live`),
  ];
  for (const refusal of refusals) {
    expect([refusal.status, refusal.headers.get('retry-after'), refusal.headers.get('connection')]).toEqual([
      503,
      '5',
      'close',
    ]);
    expect(refusal.headers.get('content-type')).toContain('application/problem+json');
    expect(await refusal.json()).toMatchObject({ code: 'SHUTTING_DOWN', status: 503 });
  }

  const token = await fetch(`${rollcall.url}/oauth/token`, { method: 'POST' });
  expect([token.status, token.headers.get('retry-after'), token.headers.get('connection')]).toEqual([
    503,
    '5',
    'close',
  ]);
  expect(await token.json()).toMatchObject({ error: 'temporarily_unavailable' });
});
