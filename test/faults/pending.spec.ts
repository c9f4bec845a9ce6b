import { Versions } from '../../src/applicants/versions.service.js';
import { Committer } from '../../src/inbox/committer.js';
import type { Report } from '../../src/inbox/inbox.types.js';
import { PendingReceipts } from '../../src/inbox/pending.service.js';
import { startApp, type TestApp } from '../harness/app.js';

jest.setTimeout(60_000);

let rollcall: TestApp;
let pending: PendingReceipts;
beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_ROLE: 'api' } }); // the job runs when the test says so
  pending = rollcall.app.get(PendingReceipts);
});
afterAll(() => rollcall.stop());
afterEach(() => jest.restoreAllMocks());

const update = (applicantId: string, fields: object) => ({
  applicantId,
  isUpdate: true,
  status: 1,
  ...fields,
});

/** A receipt that was committed, none of whose elements was applied. @returns its id */
async function keptPending(elements: object[]): Promise<string> {
  jest.spyOn(rollcall.app.get(Committer), 'commit').mockRejectedValueOnce(new Error('a fault of ours'));
  const report = (await (await rollcall.callback('success', elements)).json()) as Report;
  expect(report).toMatchObject({ applied: 0, received: elements.length });
  return report.receiptId;
}

/** Its versions, oldest first: the first name of each, as its field changed, and where it came from. */
const storyOf = (applicantId: string) =>
  rollcall.sql<{ version: number; element_index: number; receipt_id: string }>(
    'select version, element_index, receipt_id from changes where lower(applicant_id) = lower($1) order by version',
    [applicantId],
  );

test('who loses a race over an applicant loses no element: the later ones wait behind it', async () => {
  await rollcall.callback('success', [{ applicantId: 'raced', firstName: 'a', status: 1 }]);
  const others = Array.from({ length: 1_000 }, (_, n) => ({ applicantId: `other-${n}`, status: 1 }));
  const id = await keptPending([
    update('raced', { address: 'first' }),
    ...others,
    update('raced', { address: 'last' }),
  ]);
  const versions = rollcall.app.get(Versions);
  const fold = versions.fold.bind(versions);
  jest.spyOn(versions, 'fold').mockImplementationOnce(async (connection, elements) => {
    const read = await fold(connection, elements);
    await rollcall.callback('success', [update('raced', { firstName: 'between' })]);
    return read;
  });
  expect(await pending.applyAll(0)).toBe(0);
  expect(await pending.applyAll(0)).toBe(1);
  const story = await storyOf('raced');
  expect(
    story.filter(({ receipt_id }) => receipt_id === id).map(({ element_index }) => element_index),
  ).toEqual([0, 1001]);
  expect(story).toHaveLength(4);
});

test('a lock that somebody holds is no fault of an element: nothing goes to quarantine, however often it is met', async () => {
  await rollcall.callback('success', [{ applicantId: 'locked', firstName: 'a', status: 1 }]);
  const id = await keptPending([update('locked', { address: 'x' })]);
  const locked = Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' });
  const commit = jest.spyOn(rollcall.app.get(Committer), 'commit').mockRejectedValue(locked);
  for (let run = 0; run < 4; run++) expect(await pending.applyAll(0)).toBe(0);
  commit.mockRestore();
  expect(await rollcall.sql('select from quarantine where receipt_id = $1', [id])).toEqual([]);
  expect(await pending.applyAll(0)).toBe(1);
  expect(await storyOf('locked')).toHaveLength(2);
});

test('what was applied to a GUID that is kept in another spelling is not applied again', async () => {
  const kept = 'abcdef00-0000-4000-8000-00000000000a';
  await rollcall.callback('success', [{ applicantId: kept, firstName: 'a', status: 1 }]);
  const report = (await (
    await rollcall.callback('success', [
      update(kept.toUpperCase(), { firstName: 'b' }),
      update(kept.toUpperCase(), { firstName: 'c' }),
    ])
  ).json()) as Report;
  // the process dies before it has written down that the receipt is settled
  await rollcall.sql("update receipts set state = 'pending' where id = $1", [report.receiptId]);
  expect(await pending.applyAll(0)).toBe(1);
  expect((await storyOf(kept)).map(({ element_index }) => element_index)).toEqual([0, 0, 1]);
});
