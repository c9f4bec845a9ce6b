import { ApiKeys } from '../../src/auth/api-keys.service.js';
import { anApplicant } from '../factories/applicant.js';
import { Listening } from '../feed/fed.js';
import { startApp, type TestApp } from '../harness/app.js';
import { callerWith, expectProblem } from '../harness/clients.js';
import { eventually } from '../harness/processes.js';

let rollcall: TestApp;
const watching: Listening[] = [];
beforeAll(async () => {
  rollcall = await startApp();
});
afterEach(() => {
  for (const watcher of watching.splice(0)) watcher.leave();
});
afterAll(() => rollcall.stop());

async function watch(key?: string): Promise<Listening> {
  const watcher = await Listening.to(rollcall, '', { path: '/api/v1/live', key });
  watching.push(watcher);
  await eventually(() => watcher.blocks.length >= 2); // its opening, and that the line is alive
  return watcher;
}

/** What it was told has moved. */
const topicsOf = (watcher: Listening) =>
  new Set(watcher.blocks.flatMap(({ data }) => (data ?? []) as string[]));

describe('GET /api/v1/live', () => {
  it('200: says what moved to everybody who watches, and nothing else of it', async () => {
    await rollcall.token(); // its note moves before
    const [one, two] = [await watch(), await watch()];
    expect(one.response.status).toBe(200);
    expect(Object.fromEntries(one.response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    expect(one.blocks).toEqual([{ retry: '2000' }, { event: 'moved', data: [] }]);
    await (await rollcall.callback('success', [anApplicant({ applicantId: 'moves' })])).text();
    for (const watcher of [one, two]) {
      await eventually(() => topicsOf(watcher).has('applicants') && topicsOf(watcher).has('receipts'));
      expect(JSON.stringify(watcher.blocks)).not.toContain('moves');
    }
  });

  it('says that a call was refused, that a token was given, and that a test call came', async () => {
    const watcher = await watch();
    await rollcall.callback('fail', [], { authorization: 'Bearer nonsense' });
    await eventually(() => topicsOf(watcher).has('refusals'));
    expect(topicsOf(watcher)).not.toContain('receipts');
    await rollcall.callback('fail', [], { 'callback-test': 'true' });
    await eventually(() => topicsOf(watcher).has('callbackTests'));
  });

  it('ends when its API key is disabled', async () => {
    const keys = rollcall.app.get(ApiKeys);
    const key = await keys.create('test', 'to-be-disabled', ['stats:read']);
    const watcher = await watch(key);
    await keys.disable('test', 'to-be-disabled');
    await watcher.ended;
  });

  it('403 for a key that reads no numbers', async () => {
    const ask = await callerWith(rollcall, 'applicants:read');
    expectProblem(await ask('/api/v1/live'), 403, 'INSUFFICIENT_SCOPE');
  });
});
