import { Versions } from '../../src/applicants/versions.service.js';
import { Committer } from '../../src/inbox/committer.js';
import { hasAbandoned } from '../../src/inbox/inbox.repository.js';
import type { Report } from '../../src/inbox/report.dto.js';
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

describe('two workers', () => {
  /** A list that changes one applicant there and back: applied twice, it would make versions twice. */
  async function aStory(applicantId: string): Promise<string> {
    await rollcall.callback('success', [{ applicantId, firstName: 'a', status: 1 }]);
    const names = ['b', 'a', 'b'].map((firstName) => update(applicantId, { firstName }));
    const others = Array.from({ length: 1_000 }, (_, n) => ({
      applicantId: `${applicantId}-${n}`,
      status: 1,
    }));
    return keptPending([...names, ...others, update(applicantId, { firstName: 'c' })]);
  }
  const receipt = async (id: string) =>
    (await rollcall.sql('select state, attempts, applied, duplicates from receipts where id = $1', [id]))[0];

  /** Runs `meanwhile` where a worker has claimed a receipt, and is about to write its part number `part`; has but looked, for 0. */
  function beforePart(part: number, meanwhile: () => Promise<unknown>): Promise<number> {
    jest.restoreAllMocks();
    const committer = rollcall.app.get(Committer);
    const look = committer.resolveUnknownCommit.bind(committer);
    const commit = committer.commit.bind(committer);
    let parts = 0;
    if (part === 0) {
      jest.spyOn(committer, 'resolveUnknownCommit').mockImplementationOnce(async (...asked) => {
        await look(...asked);
        await meanwhile();
      });
    } else {
      jest.spyOn(committer, 'commit').mockImplementation(async (...asked) => {
        parts += 1;
        if (parts === part) await meanwhile();
        return commit(...asked);
      });
    }
    return pending.applyAll(0);
  }

  test.each([0, 1, 2])('one alone applies a receipt, also while it writes part %s', async (part) => {
    const id = await aStory(`alone-${part}`);
    const second: number[] = [];
    expect(await beforePart(part, async () => second.push(await pending.applyAll(0)))).toBe(1);
    expect(second).toEqual([0]);
    expect(await receipt(id)).toEqual({ state: 'applied', attempts: 1, applied: 1_004, duplicates: 0 });
    expect((await storyOf(`alone-${part}`)).map(({ element_index }) => element_index)).toEqual([
      0, 0, 1, 2, 1_003,
    ]);
  });

  test('who was silent for longer than its lease goes on with nothing', async () => {
    const id = await aStory('silent');
    const second: number[] = [];
    const first = await beforePart(0, async () => {
      await rollcall.sql('update receipts set lease_until = now() where id = $1', [id]);
      second.push(await pending.applyAll(0));
    });
    expect([first, second]).toEqual([0, [1]]);
    expect(await receipt(id)).toEqual({ state: 'applied', attempts: 2, applied: 1_004, duplicates: 0 });
    expect((await storyOf('silent')).map(({ element_index }) => element_index)).toEqual([0, 0, 1, 2, 1_003]);
  });
});

test('a receipt whose workers are killed again and again is taken after ever longer pauses', async () => {
  const id = await keptPending([update('deadly', { address: 'x' })]);
  const killed = (attempts: number, secondsAgo: number) =>
    rollcall.sql(
      'update receipts set attempts = $2, lease_until = now() - make_interval(secs => $3) where id = $1',
      [id, attempts, secondsAgo],
    );
  const isFound = async () =>
    (await rollcall.sql<{ found: boolean }>(`select ${hasAbandoned(15)} as found`))[0]?.found;
  const found: [attempts: number, secondsAgo: number, isFound: boolean][] = [
    [3, 1, true],
    [4, 5, false],
    [4, 15, true],
    [8, 120, false],
    [8, 200, true],
    [1_000, 800, false],
  ];
  for (const [attempts, secondsAgo, isTaken] of found) {
    await killed(attempts, secondsAgo);
    expect([attempts, secondsAgo, await isFound()]).toEqual([attempts, secondsAgo, isTaken]);
  }
  expect(await pending.applyAll(0)).toBe(0);
  await killed(1_000, 1_000);
  expect(await isFound()).toBe(true);
  expect(await pending.applyAll(0)).toBe(1);
});

test('a receipt that cannot be read holds up no other', async () => {
  const unreadable = await keptPending([update('unreadable', { address: 'x' })]);
  await rollcall.sql(
    "update receipts set body = 'x', received_at = received_at - interval '1 s' where id = $1",
    [unreadable],
  );
  await keptPending([update('readable', { address: 'x' })]);
  await expect(pending.applyAll(0)).rejects.toThrow();
  expect(await storyOf('readable')).toHaveLength(1);
  await rollcall.sql("update receipts set state = 'applied' where id = $1", [unreadable]);
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
