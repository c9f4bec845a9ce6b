import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { sqlState } from '../../src/db/errors.js';
import { Partitions } from '../../src/inbox/partitions.service.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';

let rollcall: TestApp;
beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_ROLE: 'api' } }); // partitions are made when the test says so
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

test('while a reader holds the tables open no month is made, and callbacks come through; then it is', async () => {
  const before = await partitions();
  const future = ['receipts', 'changes'].map(
    (table) => before.filter((name) => name.startsWith(`${table}_y`)).at(-1) ?? '',
  );
  await rollcall.sql(`drop table ${future.join()}`);
  const authorization = `Bearer ${await rollcall.token()}`;
  const reader = new pg.Client({ connectionString: rollcall.databaseUrl });
  reader.on('error', () => undefined);
  await reader.connect();
  await reader.query('begin; lock table changes, receipts in access share mode');
  let over = false;
  let longestMs = 0;
  const statuses = new Set<number>();
  const posting = (async () => {
    for (let n = 0; !over; n++) {
      const startedAt = performance.now();
      const list = [{ ...anApplicant(), applicantId: `beside-${n}` }];
      statuses.add((await rollcall.callback('success', list, { authorization })).status);
      longestMs = Math.max(longestMs, performance.now() - startedAt);
    }
  })();
  const made = rollcall.app.get(Partitions).make();
  expect(sqlState(await made.catch((error: unknown) => error))).toBe('55P03');
  await sleep(200);
  over = true;
  await posting;
  expect([...statuses]).toEqual([200]);
  expect(longestMs).toBeLessThan(3_000);
  expect(await partitions()).not.toContain(future[1]);
  await reader.query('commit');
  await reader.end();
  await rollcall.app.get(Partitions).make();
  expect(await partitions()).toEqual(before);
  const settings = await rollcall.sql(
    `select proconfig from pg_proc where proname = 'ensure_month_partitions'`,
  );
  expect(settings).toEqual([{ proconfig: expect.arrayContaining(['lock_timeout=300ms']) as unknown }]);
});
