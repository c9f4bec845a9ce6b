import { checkServer } from '../../src/db/server-check.js';
import { Jobs } from '../../src/jobs/jobs.service.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';
import { eventually } from '../harness/processes.js';
import { Pooler, type PoolMode } from './pooler.js';

jest.setTimeout(60_000);

let pooler: Pooler | undefined;
let served: TestApp | undefined;
afterEach(async () => {
  await served?.stop();
  await pooler?.close();
  pooler = undefined;
});

describe('at boot', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  async function check(mode: PoolMode): Promise<unknown> {
    pooler = new Pooler(database.url, mode);
    return checkServer(await pooler.open());
  }

  test('Postgres itself and a pooler in session mode pass', async () => {
    await expect(checkServer(database.url)).resolves.toMatchObject({ version: expect.any(Number) });
    await expect(check('session')).resolves.toMatchObject({ version: expect.any(Number) });
  });

  test('a pooler in transaction mode is refused, with the remedy', async () => {
    await expect(check('transaction')).rejects.toMatchObject({
      code: 'DATABASE_POOLER',
      message: expect.stringMatching(/DATABASE_URL .*pool_mode = session/),
    });
  });
});

test('a pooler in session mode that refuses every startup parameter serves the whole application', async () => {
  const rollcall = (served = await startApp({
    captureLog: true,
    route: (url) => {
      pooler = new Pooler(url, 'session');
      return pooler.open();
    },
  }));
  await rollcall.app.get(Jobs).ready();
  const taken = await rollcall.callback('success', [{ ...anApplicant(), applicantId: 'pooled' }]);
  expect(taken.status).toBe(200);
  expect((await rollcall.api('/api/v1/applicants/pooled')).status).toBe(200);
  const asked = await rollcall.api('/api/v1/exports', {
    method: 'POST',
    body: '{"what":"applicants","format":"csv"}',
  });
  const { id } = (await asked.json()) as { id: string };
  await eventually(async () => {
    const { state } = (await (await rollcall.api(`/api/v1/exports/${id}`)).json()) as { state: string };
    return state === 'ready' || undefined;
  });
  expect(rollcall.log.filter((line) => /"level":"error"/.test(line))).toEqual([]);
});
