import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { PendingReceipts } from '../../src/inbox/pending.service.js';
import type { Report } from '../../src/inbox/report.dto.js';
import { eventually } from '../harness/processes.js';
import { DatabaseProxy } from './database-proxy.js';

jest.setTimeout(120_000);

const PART = 1000;

let rollcall: TestApp;
let proxy: DatabaseProxy;
let serial = 0;
const aNew = (): Record<string, unknown> => ({ ...anApplicant(), applicantId: `large-${(serial += 1)}` });

beforeEach(async () => {
  proxy = new DatabaseProxy();
  rollcall = await startApp({ route: (url) => proxy.open(url) });
});
afterEach(async () => {
  proxy.set('cut'); // what was silent once stays broken: cut, everything closes at once
  await rollcall.stop();
  await proxy.close();
});

const results = (report: Report): string[] => report.items.map((item) => item.result);
/** By this call, or by the job that has it in hand already. */
async function appliedRest(): Promise<void> {
  await rollcall.app.get(PendingReceipts).applyAll(0);
  const left = () => rollcall.sql(`select from receipts where state = 'pending'`);
  await eventually(async () => (await left()).length === 0, 30_000);
}
const versionsOf = (applicantId: unknown) =>
  rollcall.sql<{ version: number; element_index: number }>(
    'select version, element_index from changes where applicant_id = $1 order by version',
    [applicantId],
  );
/** Updates of one applicant that change back and forth, or nothing at all. */
const story = (applicantId: unknown) =>
  ['منى', 'منى', 'مها', 'هدى'].map((firstName) => ({
    ...anApplicant({ seed: 1 }),
    applicantId,
    isUpdate: true,
    firstName,
  }));

test.each([
  ['of one statement', 0],
  ['of several statements', PART],
])(
  'M8: the answer to the COMMIT of a list %s is lost: its elements are not decided on once more',
  async (_, more) => {
    const known = aNew();
    await rollcall.callback('success', [known]);
    proxy.eatNextAnswerTo('inbox-commit-with-repeats');
    const list = [...story(known.applicantId), ...Array.from({ length: more }, aNew)];
    const answer = await rollcall.callback('success', list);
    expect(proxy.answersEaten).toBe(1);
    expect(answer.status).toBe(200);
    const report = (await answer.json()) as Report;
    expect(results(report).slice(0, 4)).toEqual(['updated', 'duplicate', 'updated', 'updated']);
    expect(report).toMatchObject({ applied: 3 + more, duplicates: 1 });
    expect(await versionsOf(known.applicantId)).toEqual([
      { version: 1, element_index: 0 },
      { version: 2, element_index: 0 },
      { version: 3, element_index: 2 },
      { version: 4, element_index: 3 },
    ]);
  },
);

test('M4: a list that takes longer than its sender waits is answered 200, and a job applies the rest', async () => {
  await rollcall.sql(`
    create function take_long() returns trigger language plpgsql as $$ begin perform pg_sleep(5.5); return null; end $$;
    create trigger take_long after insert on applicants for each statement execute function take_long()`);
  const list = Array.from({ length: 3 * PART }, aNew);
  const answer = await rollcall.callback('success', list);
  expect(answer.status).toBe(200);
  const report = (await answer.json()) as Report;
  const pending = results(report).filter((result) => result === 'pending').length;
  expect(pending).toBeGreaterThanOrEqual(PART);
  expect(report.applied).toBe(list.length - pending);
  const kept = () => rollcall.sql('select state, received, applied from receipts');
  expect(await kept()).toMatchObject([{ state: 'pending', received: list.length }]);

  await rollcall.sql('drop trigger take_long on applicants');
  await appliedRest();
  expect(await kept()).toEqual([{ state: 'applied', received: list.length, applied: list.length }]);
  const [written] = await rollcall.sql(
    'select count(*)::int as n, count(distinct tx)::int as statements from changes',
  );
  expect(written).toEqual({ n: list.length, statements: 3 });
});

test('M4: a statement that is under way when the wait ends is of a list that is kept: 200, its elements pending', async () => {
  await rollcall.sql(`
    create function hang() returns trigger language plpgsql as
      $$ begin if (select count(*) from applicants) > ${PART} then perform pg_sleep(30); end if; return null; end $$;
    create trigger hang after insert on applicants for each statement execute function hang()`);
  const list = Array.from({ length: 2 * PART }, aNew);
  const answer = await rollcall.callback('success', list);
  expect(answer.status).toBe(200);
  const report = (await answer.json()) as Report;
  expect(report).toMatchObject({ received: list.length, applied: PART });
  expect(results(report).slice(PART)).toEqual(Array.from({ length: PART }, () => 'pending'));
  expect(await rollcall.sql('select count(*)::int as n from applicants')).toEqual([{ n: PART }]);

  await rollcall.sql('drop trigger hang on applicants');
  await appliedRest();
  expect(await rollcall.sql('select count(*)::int as n from applicants')).toEqual([{ n: list.length }]);
  expect(await rollcall.sql('select state, applied from receipts')).toEqual([
    { state: 'applied', applied: list.length },
  ]);
});

test('M8: what follows a refused element of the same applicant waits behind it, its neighbours do not', async () => {
  await rollcall.sql(`
    create function fail_some() returns trigger language plpgsql as
      $$ begin if new.element_index = 0 and new.version = 2 then raise exception 'planted' using errcode = '22000'; end if; return new; end $$;
    create trigger fail before insert on changes for each row execute function fail_some()`);
  const [known, neighbour] = [aNew(), aNew()];
  await rollcall.callback('success', [known]);
  const update = (firstName: string) => ({ ...known, isUpdate: true, firstName });
  const answer = await rollcall.callback('success', [update('poison'), update('مها'), neighbour]);
  expect(results((await answer.json()) as Report)).toEqual(['pending', 'pending', 'pending']);
  const pending = rollcall.app.get(PendingReceipts);
  await pending.applyAll(0);
  expect((await versionsOf(known.applicantId)).length).toBe(1);
  expect((await versionsOf(neighbour.applicantId)).length).toBe(1);
  await pending.applyAll(0);
  await pending.applyAll(0); // the third time it goes to quarantine
  expect(await versionsOf(known.applicantId)).toEqual([
    { version: 1, element_index: 0 },
    { version: 2, element_index: 1 },
  ]);
  expect(await rollcall.sql(`select state, results from receipts where received = 3`)).toEqual([
    { state: 'applied', results: 'QUC' },
  ]);
  expect(await rollcall.sql('select code, element_index from quarantine')).toEqual([
    { code: 'APPLY_FAILED', element_index: 0 },
  ]);
});
