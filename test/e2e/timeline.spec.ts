import type { TimelineEntryDto, TimelinePageDto } from '../../src/timeline/timeline.dto.js';
import { anApplicant } from '../factories/applicant.js';
import type { TestApp } from '../harness/app.js';
import { type Ask, callerWith, callerWithAll, expectProblem } from '../harness/clients.js';
import { eventually } from '../harness/processes.js';
import { HandingOn } from '../webhooks/handing-on.js';
import { Receiver } from '../webhooks/receiver.js';

jest.setTimeout(120_000);

const GUID = '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1';
const MONA = anApplicant({ seed: 77, applicantId: GUID });
const TYPES = ['version', 'repeat', 'quarantine', 'image', 'gap', 'delivery', 'audit'];

let handingOn: HandingOn;
let rollcall: TestApp;
let owner: Ask;
const receiver = new Receiver();

const pathOf = (id: string, query = '') => `/api/v1/applicants/${encodeURIComponent(id)}/timeline?${query}`;
async function read(id: string, query = '', ask = owner): Promise<TimelinePageDto> {
  const { status, body } = await ask<TimelinePageDto>(pathOf(id, query));
  expect({ status, body }).toMatchObject({ status: 200 });
  return body;
}
const take = async (kind: 'success' | 'fail', ...list: object[]): Promise<string> => {
  const answer = await rollcall.callback(kind, list);
  expect([200, 422]).toContain(answer.status); // 422: nothing of it could be taken
  return ((await answer.json()) as { receiptId: string }).receiptId;
};
const ofType = ({ items }: TimelinePageDto, type: string) => items.filter((entry) => entry.type === type);

/** What became of Mona, as the receipts of her callbacks. */
const receipts: string[] = [];
beforeAll(async () => {
  handingOn = await HandingOn.start();
  ({ rollcall } = handingOn);
  owner = callerWithAll(rollcall);
  const port = await receiver.start();
  const url = `http://127.0.0.1:${port}/events`;
  await handingOn.endpoint({ name: 'core-banking', kind: 'http', url, fields: ['firstName'] });
  receipts.push(await take('success', MONA));
  receipts.push(await take('success', anApplicant(), MONA));
  const changed = { ...MONA, isUpdate: true };
  receipts.push(await take('fail', { ...changed, status: 5 }, { ...changed, status: 5, address: 'x' }));
  receipts.push(await take('success', { ...MONA, applicantId: GUID.toUpperCase() }));
  receipts.push(await take('success', { ...changed, isUpdate: 'perhaps' }));
  const [{ id = '' } = {}] = await rollcall.sql<{ id: string }>('select id from quarantine');
  const discard = { method: 'POST', body: JSON.stringify({ reason: 'a test of the integrator' }) };
  await owner(`/api/v1/quarantine/${id}/discard`, discard);
  await rollcall.sql(
    `with run as (insert into reconciliation_runs (range_from, range_to, trigger, started_by, dry_run)
       values ('2026-01-01', '2026-01-02', 'api', 'test', false) returning id)
     insert into reconciliation_gaps (run_id, applicant_id, kind, state, enrolled_at, healed_at)
     select id, $1, 'missing_here', 'healed', '2026-01-01', now() from run`,
    [GUID],
  );
  await rollcall.sql(
    `insert into images (applicant_id, field, version, path, state, error_code, settled_at)
     values ($1, 'photo', 1, 'a/path', 'missing', 'ENROLL_NOT_FOUND', now()), ($1, 'photo', 2, null, 'cleared', null, now())
     on conflict (applicant_id, field, version) do update set state = excluded.state, error_code = excluded.error_code`,
    [GUID],
  );
  await owner(`/api/v1/applicants/${GUID}`);
  await eventually(
    async () =>
      ofType(await read(GUID), 'delivery').filter(({ state }) => state === 'delivered').length === 3 ||
      undefined,
    60_000,
  );
});
afterAll(async () => {
  await handingOn.stop();
  await receiver.stop();
});

describe('GET /api/v1/applicants/{applicantId}/timeline', () => {
  it('200: everything about one applicant, newest first, each with where it is read further', async () => {
    const page = await read(GUID);
    expect(page).toMatchObject({ nextCursor: null, leftOut: [] });
    expect(new Set(page.items.map(({ type }) => type))).toEqual(new Set(TYPES));
    const times = page.items.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());

    const element = { source: 'callback', elementIndex: 0 };
    expect(ofType(page, 'version')).toMatchObject([
      {
        ...{ ...element, elementIndex: 1, receiptId: receipts[2], kind: 'fail', version: 3 },
        ...{ what: 'applicant.updated', state: 'rejected', status: 5, changedFields: ['address'] },
      },
      {
        ...element,
        receiptId: receipts[2],
        version: 2,
        what: 'applicant.outcome_changed',
        state: 'rejected',
      },
      {
        ...element,
        receiptId: receipts[0],
        version: 1,
        what: 'applicant.created',
        state: 'accepted',
        status: 1,
      },
    ]);
    expect(ofType(page, 'repeat')).toMatchObject([
      { ...element, receiptId: receipts[3], what: 'stale', state: null },
      { ...element, receiptId: receipts[1], what: 'duplicate', elementIndex: 1 },
    ]);
    expect(ofType(page, 'quarantine')).toMatchObject([
      {
        ...{ ...element, receiptId: receipts[4], what: 'IS_UPDATE_WRONG_TYPE', state: 'discarded' },
        ...{
          id: expect.any(String),
          settledAt: expect.any(String),
          reason: expect.stringContaining('isUpdate'),
        },
      },
    ]);
    expect(ofType(page, 'image').filter(({ what }) => what === 'photo')).toMatchObject([
      { version: 1, state: 'missing', reason: 'ENROLL_NOT_FOUND' },
    ]);
    expect(ofType(page, 'gap')).toMatchObject([
      { what: 'missing_here', state: 'healed', settledAt: expect.any(String), id: expect.any(String) },
    ]);
    expect(ofType(page, 'delivery')).toMatchObject(
      [3, 2, 1].map((version) => ({
        version,
        state: 'delivered',
        by: 'core-banking',
        id: expect.any(String),
      })),
    );
    const audit = ofType(page, 'audit');
    expect(audit.map(({ what }) => what)).toEqual(['applicant.read', 'quarantine.discard']);
    expect(audit[0]).toMatchObject({ by: expect.any(String), id: expect.any(String), state: null });
  });

  it('200: shows no value of the person, to whoever asks, so that it is not recorded', async () => {
    const before = await rollcall.sql('select count(*)::int as n from audit');
    const text = JSON.stringify(await read(GUID));
    const { firstName, familyName, address, idNumber, documentNumber } = MONA;
    for (const value of [
      firstName,
      familyName,
      address,
      idNumber,
      documentNumber,
      ...MONA.emails!,
      'a/path',
    ]) {
      expect(text).not.toContain(value);
    }
    expect(await rollcall.sql('select count(*)::int as n from audit')).toEqual(before);
  });

  it.each([1, 3])('200: pages of %d hold each entry once, in the same order', async (limit) => {
    const all = await read(GUID);
    const seen: TimelineEntryDto[] = [];
    for (let cursor = ''; ;) {
      const page = await read(GUID, `limit=${limit}${cursor}`);
      expect(page.items.length).toBeLessThanOrEqual(limit);
      seen.push(...page.items);
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual(all.items);
  });

  it('200: A34 under any spelling of its GUID', async () => {
    expect(await read(GUID.toUpperCase())).toEqual(await read(GUID));
  });

  it('200: what the caller may not read elsewhere is left out, and said', async () => {
    const reader = await callerWith(rollcall, 'applicants:read');
    const page = await read(GUID, '', reader);
    expect(page.leftOut).toEqual(['repeat', 'quarantine', 'gap', 'delivery', 'audit']);
    expect(new Set(page.items.map(({ type }) => type))).toEqual(new Set(['version', 'image']));
    const auditor = await callerWith(rollcall, 'applicants:read', 'audit:read');
    expect(ofType(await read(GUID, '', auditor), 'audit')).toHaveLength(2);
  });

  it('200: somebody of whom nothing could be taken is found by the quarantine', async () => {
    await take('success', { ...anApplicant({ applicantId: 'only-quarantined' }), isUpdate: '?' });
    const page = await read('only-quarantined');
    expect(page.items).toMatchObject([{ type: 'quarantine', what: 'IS_UPDATE_WRONG_TYPE', state: 'open' }]);
    const reader = await callerWith(rollcall, 'applicants:read', 'stats:read');
    expectProblem(await reader(pathOf('only-quarantined')), 404, 'NOT_FOUND');
  });

  it('200: a version that was changed in the database is shown as it was sealed, and marked', async () => {
    await take('success', anApplicant({ applicantId: 'changed' }));
    await rollcall.sql(
      `update changes set outcome = 'rejected', receipt_id = gen_random_uuid() where applicant_id = 'changed'`,
    );
    const [version] = ofType(await read('changed'), 'version');
    expect(version).toMatchObject({
      state: 'accepted',
      tampered: true,
      tamperedFields: ['outcome', 'receiptId'],
    });
  });

  it('200: a page ends before it would open too many bytes, and goes on', async () => {
    const large = anApplicant({ applicantId: 'large' });
    for (let n = 0; n < 6; n += 1)
      await take('success', { ...large, isUpdate: true, note: `${n}`.repeat(900_000) });
    const reader = await callerWith(rollcall, 'applicants:read', 'receipts:read');
    const first = await read('large', '', reader);
    expect(ofType(first, 'version').length).toBeLessThan(6);
    const rest = await read('large', `cursor=${first.nextCursor}`, reader);
    const versions = [...ofType(first, 'version'), ...ofType(rest, 'version')].map(({ version }) => version);
    expect(versions).toEqual([6, 5, 4, 3, 2, 1]);
  });

  it('403 while the person is under erasure', async () => {
    await take('success', anApplicant({ applicantId: 'erased' }));
    await rollcall.sql(`update applicants set erasure_id = gen_random_uuid() where applicant_id = 'erased'`);
    expectProblem(await owner(pathOf('erased')), 403, 'RESTRICTED');
  });

  it.each([
    ['nobody', '', 404, 'NOT_FOUND'],
    [GUID, 'cursor=x', 400, 'BAD_CURSOR'],
    [GUID, `cursor=${Buffer.from('["timeline","2026-01-01","x"]').toString('base64url')}`, 400, 'BAD_CURSOR'],
    [GUID, 'type=version', 400, 'UNKNOWN_FILTER'],
    [GUID, 'limit=201', 400, 'BAD_REQUEST'],
  ])('%s?%s is %d %s', async (id, query, status, code) => {
    expectProblem(await owner(pathOf(id, query)), status, code);
  });

  it('401 without a key, 403 without applicants:read', async () => {
    expectProblem(await owner(pathOf(GUID), { headers: { authorization: '' } }), 401, 'TOKEN_MISSING');
    expectProblem(await (await callerWith(rollcall, 'audit:read'))(pathOf(GUID)), 403, 'INSUFFICIENT_SCOPE');
  });
});
