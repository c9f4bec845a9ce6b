import { Partitions } from '../../src/inbox/partitions.service.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';

let rollcall: TestApp;
beforeAll(async () => {
  rollcall = await startApp();
});
afterAll(() => rollcall.stop());

const partitions = async (): Promise<string[]> =>
  (
    await rollcall.sql<{ name: string }>(
      `select relname as name from pg_class where relispartition and relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
    )
  ).map((row) => row.name);

test('partitions that are missing are made, as often as it is asked', async () => {
  const before = await partitions();
  const [last] = before.filter((name) => /^changes_y/.test(name)).slice(-1);
  await rollcall.sql(`drop table ${last}`);
  await Promise.all([1, 2, 3].map(() => rollcall.app.get(Partitions).make()));
  expect(await partitions()).toEqual(before);
});

test('a month without its partition loses nothing: its rows go to the default one, and stay there', async () => {
  const month = (await partitions()).filter((name) => name.startsWith('receipts_y'))[0];
  await rollcall.sql(`drop table ${month}`);
  await rollcall.sql(`drop table ${month?.replace('receipts', 'changes')}`);
  expect((await rollcall.callback('success', [anApplicant()])).status).toBe(200);
  await rollcall.app.get(Partitions).make();
  expect(await rollcall.sql('select count(*)::int as n from receipts_default')).toEqual([{ n: 1 }]);
  expect(await rollcall.sql('select count(*)::int as n from changes_default')).toEqual([{ n: 1 }]);
  expect((await rollcall.callback('success', [{ ...anApplicant(), applicantId: 'next' }])).status).toBe(200);
});
