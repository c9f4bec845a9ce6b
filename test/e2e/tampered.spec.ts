import { Evaluation } from '../../src/alerts/evaluation.service.js';
import { Sealer } from '../../src/crypto/sealer.js';
import type { ApplicantDto, ApplicantPageDto } from '../../src/applicants/applicants.dto.js';
import { openVersion } from '../../src/applicants/content.js';
import { RowVerification } from '../../src/applicants/row-verification.service.js';
import type { VersionPageDto } from '../../src/applicants/versions.dto.js';
import type { ChangesPageDto } from '../../src/feed/feed.dto.js';
import { only } from '../alerts/alerting.js';
import { anApplicant } from '../factories/applicant.js';
import { endOfFeed } from '../feed/fed.js';
import { startApp, type TestApp } from '../harness/app.js';
import { type Ask, callerWith, callerWithAll } from '../harness/clients.js';
import { eventually } from '../harness/processes.js';

let rollcall: TestApp;
/** With all scopes. */
let owner: Ask;
/** Without `pii:read`. */
let operator: Ask;

beforeAll(async () => {
  rollcall = await startApp({ env: only('tampered') });
  owner = callerWithAll(rollcall);
  operator = await callerWith(rollcall, 'applicants:read');
});
afterAll(() => rollcall.stop());

let people = 0;

/** An applicant of two versions: rejected, then with another address. */
async function anEnrolled(given: object = {}): Promise<string> {
  const applicantId = `T-${++people}`;
  const first = { ...anApplicant({ applicantId }), idNumber: '29703012357788', status: 5, ...given };
  expect((await rollcall.callback('fail', [first])).status).toBe(200);
  const second = { ...first, isUpdate: true, address: '٥ شارع فيصل' };
  expect((await rollcall.callback('fail', [second])).status).toBe(200);
  return applicantId;
}

const change = (table: string, applicantId: string, set: string, values: unknown[] = []) =>
  rollcall.sql(`update ${table} set ${set} where applicant_id = $1`, [applicantId, ...values]);

const pathOf = (id: string) => `/api/v1/applicants/${id}`;
const read = async (id: string, ask = owner) => (await ask<ApplicantDto>(pathOf(id))).body;
const versions = async (id: string) => (await owner<VersionPageDto>(`${pathOf(id)}/versions`)).body.items;
const listed = async (query = '') =>
  (await owner<ApplicantPageDto>(`/api/v1/applicants?limit=200${query}`)).body.items;
const events = async (id: string, query = '') => {
  // transactions of other tests hold the feed up while they run
  await endOfFeed(rollcall);
  const { body } = await owner<ChangesPageDto>(`/api/v1/changes?limit=200${query}`);
  return body.items.filter(({ applicantId }) => applicantId === id);
};
const verify = () => rollcall.app.get(RowVerification, { strict: false }).run(() => undefined);

async function gauge(): Promise<number> {
  const text = await (await rollcall.api('/metrics')).text();
  return Number(/^rollcall_tampered_rows (\d+)$/m.exec(text)?.[1]);
}

/** Columns of the applicant's row, what they are changed to, and the name under which they show. */
const APPLICANT_COLUMNS: [set: string, shown: string][] = [
  [`outcome = 'accepted'`, 'outcome'],
  [`status = 1`, 'status'],
  [`status = null`, 'status'],
  [`flags = '{}'`, 'flags'],
  [`flags = flags || '{samePerson}'`, 'flags'],
  [`first_received_at = first_received_at - interval '5 years'`, 'firstReceivedAt'],
  [`last_received_at = last_received_at + interval '1 ms'`, 'lastReceivedAt'],
  [`first_name = 'x'`, 'firstName'],
  [`family_name = null`, 'familyName'],
  [`name_key = 'x'`, 'nameKey'],
  [`gender = case gender when 'M' then 'F' else 'M' end`, 'gender'],
  [`nationality = 'SDN'`, 'nationality'],
  [`document_type_code = 'SDN'`, 'documentTypeCode'],
  [`issuing_authority = 'x'`, 'issuingAuthority'],
  [`issue_date = '1999-01-01'`, 'issueDate'],
  [`issue_date_precision = 'year'`, 'issueDatePrecision'],
  [`birth_governorate = '01'`, 'birthGovernorate'],
  [`live_photo_path = 'x'`, 'livePhotoPath'],
  [`id_front_scan_path = 'x'`, 'idFrontScanPath'],
  [`id_back_scan_path = 'x'`, 'idBackScanPath'],
  [`photo = 'x'`, 'photo'],
  [`passport_scan_path = 'x'`, 'passportScanPath'],
];

const VERSION_COLUMNS: [set: string, shown: string[]][] = [
  [`outcome = 'accepted'`, ['outcome']],
  [`status = 4`, ['status']],
  [`flags = '{}'`, ['flags']],
  [`previous_outcome = 'accepted'`, ['previousOutcome']],
  [`event = 'applicant.outcome_changed'`, ['event']],
  [`changed_fields = '{}'`, ['changedFields']],
  [`reverts_to = 1`, ['revertsTo']],
  [`kind = 'success'`, ['kind']],
  [`source = 'reconciliation'`, ['source']],
  [`receipt_id = gen_random_uuid()`, ['receiptId']],
  [`element_index = 7`, ['elementIndex']],
  [`received_at = received_at - interval '1 day'`, ['receivedAt']],
  [`nationality = 'SDN'`, ['nationality']],
  [`document_type_code = 'SDN'`, ['documentTypeCode']],
  [`birth_governorate = '01'`, ['birthGovernorate']],
];

const ALL = {
  passportScanPath: 'p.jpg',
  photo: 'photo.jpg',
  gender: 'أنثى',
  nationality: 'EGY',
  documentTypeCode: 'EGY',
  issueDate: '2021-05-01',
  address: '١٢ شارع التحرير',
  phoneNumbers: ['12'],
};

describe('an honest row', () => {
  it('shows nothing', async () => {
    const id = await anEnrolled(ALL);
    expect(await read(id)).not.toHaveProperty('tampered');
    expect(await versions(id)).toEqual([
      expect.not.objectContaining({ tampered: true }),
      expect.not.objectContaining({ tampered: true }),
    ]);
    expect((await events(id)).filter(({ tampered }) => tampered)).toEqual([]);
    expect(await verify()).toMatchObject({ tampered: 0, rows: [] });
    expect(await rollcall.sql('select from tampered_rows')).toEqual([]);
  });

  it('sealed by an earlier release, without a row, shows nothing either', async () => {
    const id = await anEnrolled(ALL);
    await forget(id);
    expect(await read(id)).not.toHaveProperty('tampered');
    expect((await versions(id)).filter(({ tampered }) => tampered)).toEqual([]);
    expect((await events(id)).filter(({ tampered }) => tampered)).toEqual([]);
    expect(await verify()).toMatchObject({ tampered: 0 });
  });
});

/** Seals the content alone, as earlier releases did. */
async function forget(id: string): Promise<void> {
  const sealer = rollcall.app.get(Sealer, { strict: false });
  for (const table of ['applicants', 'changes']) {
    const rows = await rollcall.sql<{ version: number; sealed: Buffer }>(
      `select version, sealed from ${table} where applicant_id = $1`,
      [id],
    );
    for (const { version, sealed } of rows) {
      const { canonical, bound } = openVersion(sealer, id, version, sealed);
      expect(bound).not.toBeNull();
      await rollcall.sql(`update ${table} set sealed = $3 where applicant_id = $1 and version = $2`, [
        id,
        version,
        sealer.seal(canonical, `${id}|${version}`),
      ]);
    }
  }
}

describe('a row that was put back as it was at an earlier version', () => {
  it('shows where it is read, in the metric and in a verification', async () => {
    const applicantId = `T-${++people}`;
    const accepted = { ...anApplicant({ applicantId }), status: 4 };
    await rollcall.callback('success', [accepted]);
    const [row] = await rollcall.sql<Record<string, unknown>>(
      'select * from applicants where applicant_id = $1',
      [applicantId],
    );
    await rollcall.callback('fail', [{ ...accepted, isUpdate: true, status: 5 }]);
    const honest = await read(applicantId);
    expect(honest).toMatchObject({ version: 2, outcome: 'rejected' });
    const names = Object.keys(row!).filter((name) => name !== 'applicant_id');
    const set = names.map((name, at) => `${name} = $${at + 2}`).join();
    await change(
      'applicants',
      applicantId,
      set,
      names.map((name) => row![name]),
    );
    const shown = {
      version: 1,
      outcome: 'unknown',
      status: null,
      tampered: true,
      tamperedFields: ['version'],
    };
    expect(await read(applicantId)).toMatchObject(shown);
    expect(await read(applicantId, operator)).toMatchObject(shown);
    await eventually(async () => (await gauge()) === 1);
    expect((await verify()).rows).toEqual([
      { table: 'applicants', applicantId, version: 1, columns: ['version'] },
    ]);
    for (const table of ['applicants', 'changes', 'tampered_rows'])
      await rollcall.sql(`delete from ${table} where applicant_id = $1`, [applicantId]);
  });
});

describe('a column of an applicant that was changed', () => {
  let id: string;
  let honest: ApplicantDto;
  let row: Record<string, unknown>;
  beforeAll(async () => {
    id = await anEnrolled(ALL);
    honest = await read(id);
    [row] = (await rollcall.sql('select * from applicants where applicant_id = $1', [id])) as [typeof row];
    expect(row.flags).not.toEqual([]);
  });
  afterEach(async () => {
    const names = Object.keys(row).filter((name) => name !== 'applicant_id');
    await change(
      'applicants',
      id,
      names.map((name, at) => `${name} = $${at + 2}`).join(),
      names.map((name) => row[name]),
    );
  });

  it.each(APPLICANT_COLUMNS)('%s: shows as %s, beside what was sealed', async (set, shown) => {
    await change('applicants', id, set);
    expect(await read(id)).toEqual({ ...honest, tampered: true, tamperedFields: [shown] });
    expect(await read(id, operator)).toMatchObject({ tampered: true, tamperedFields: [shown] });
    expect((await listed()).find(({ applicantId }) => applicantId === id)).toMatchObject({
      outcome: 'rejected',
      status: 5,
      tamperedFields: [shown],
    });
  });

  it('is found by it, and shows as changed', async () => {
    await change('applicants', id, `outcome = 'accepted', name_key = 'nobody'`);
    expect((await listed('&outcome=accepted')).find(({ applicantId }) => applicantId === id)).toMatchObject({
      outcome: 'rejected',
      tampered: true,
      tamperedFields: ['outcome', 'nameKey'],
    });
    const { body } = await owner<ApplicantPageDto>('/api/v1/applicants/search', {
      method: 'POST',
      body: JSON.stringify({ q: 'nobody' }),
    });
    expect(body.items).toMatchObject([{ applicantId: id, tampered: true }]);
  });

  it.each([
    ['id_number_index = 1', 'idNumberIndex'],
    ['document_number_index = 1', 'documentNumberIndex'],
    [`contact_index = '{}'`, 'contactIndex'],
    [`content_hash = '\\x00'`, 'contentHash'],
    [
      `known_hashes = overlay(known_hashes placing '\\x00112233' from length(known_hashes) - 31)`,
      'knownHashes',
    ],
  ])('%s, which nobody is shown: is found by a verification as %s', async (set, shown) => {
    await change('applicants', id, set);
    expect((await verify()).rows).toEqual([
      { table: 'applicants', applicantId: id, version: 2, columns: [shown] },
    ]);
  });
});

describe('a column of a version that was changed', () => {
  it.each(VERSION_COLUMNS)('%s: shows as %j', async (set, shown) => {
    const id = await anEnrolled(ALL);
    const honest = await versions(id);
    await change('changes', id, set);
    const now = await versions(id);
    expect(now[1]).toEqual({ ...honest[1], tampered: true, tamperedFields: shown });
    if (shown[0] === 'outcome') {
      const asOf = `${pathOf(id)}?asOf=${honest[1]?.changedAt}`;
      expect((await owner<ApplicantDto>(asOf)).body).toMatchObject({ outcome: 'rejected', tampered: true });
    }
  });

  it('is handed on as it was sealed, with the mark, with fields and without', async () => {
    const id = await anEnrolled();
    const honest = await events(id);
    expect(honest.map(({ event }) => event)).toContain('applicant.flagged');
    await change('changes', id, `outcome = 'accepted', status = 1`);
    await change('notices', id, `outcome = 'accepted', status = 1`);
    const marked = { outcome: 'rejected', status: 5, tampered: true, tamperedFields: ['outcome', 'status'] };
    expect(await events(id)).toEqual(honest.map((event) => ({ ...event, ...marked })));
    expect(await events(id, '&outcome=accepted')).toHaveLength(honest.length);
    for (const event of await events(id, '&fields=status')) {
      expect(event).toMatchObject({ ...marked, fields: { status: 5 } });
    }
  });
});

describe('a sealed state of another row', () => {
  it('does not open: nothing is known of the applicant, nor of the event, and others are shown', async () => {
    const [one, other] = [await anEnrolled(), await anEnrolled()];
    for (const table of ['applicants', 'changes']) {
      await rollcall.sql(
        `update ${table} a set sealed = b.sealed from ${table} b
         where a.applicant_id = any($1) and b.applicant_id = any($1) and a.applicant_id <> b.applicant_id and a.version = b.version`,
        [[one, other]],
      );
    }
    const mark = { outcome: 'unknown', status: null, tampered: true, tamperedFields: ['sealed'] };
    expect(await read(one)).toMatchObject({ ...mark, applicantId: one, version: 2, idNumber: null });
    expect(await versions(other)).toMatchObject([mark, { ...mark, differences: null }]);
    expect(await events(one)).toMatchObject([mark, mark, mark].slice(0, (await events(one)).length));
    expect((await listed()).length).toBeGreaterThan(2);
  });

  it('is seen where it is that of the version before', async () => {
    const id = await anEnrolled();
    await rollcall.sql(
      `update changes a set sealed = b.sealed from changes b
       where a.applicant_id = $1 and b.applicant_id = $1 and a.version = 2 and b.version = 1`,
      [id],
    );
    const [first, second] = await versions(id);
    expect(first).not.toHaveProperty('tampered');
    expect(second).toMatchObject({ tamperedFields: ['sealed'], outcome: 'unknown' });
  });
});

describe('a row of an earlier release', () => {
  it('shows an outcome and a content that were changed', async () => {
    const id = await anEnrolled();
    await forget(id);
    await change('applicants', id, `outcome = 'accepted', status = 1`);
    await change('changes', id, `outcome = 'accepted'`);
    expect(await read(id)).toMatchObject({
      outcome: 'rejected',
      status: 5,
      tamperedFields: ['status', 'outcome'],
    });
    expect(await events(id)).toEqual(
      expect.arrayContaining([expect.objectContaining({ outcome: 'rejected', tamperedFields: ['outcome'] })]),
    );
  });
});

describe('the next callback', () => {
  it.each([
    ['of a row of this release', () => Promise.resolve()],
    ['of a row of an earlier one', forget],
  ])('decides on what was sealed: a changed outcome does not become a true one, %s', async (_what, make) => {
    const id = await anEnrolled({ status: undefined });
    await make(id);
    await change('applicants', id, `outcome = 'accepted'`);
    const update = { applicantId: id, isUpdate: true, address: 'another' };
    expect((await rollcall.callback('any', [update])).status).toBe(200);
    expect(await read(id)).toMatchObject({ version: 3, outcome: 'rejected', address: 'another' });
    expect(await read(id)).not.toHaveProperty('tampered');
    expect((await versions(id))[2]).toMatchObject({ outcome: 'rejected', previousOutcome: 'rejected' });
    const [entry] = await rollcall.sql<{ detail: object }>(
      `select detail from audit where action = 'applicant.tampered' and subject = $1`,
      [`applicant:${id}`],
    );
    expect(entry?.detail).toEqual({ table: 'applicants', version: 2, columns: ['outcome'] });
  });
});

it('is told of once, counted and alerted while it lasts, and no longer', async () => {
  await rollcall.sql('delete from tampered_rows');
  await rollcall.sql(`delete from changes where applicant_id <> 'none'`);
  await rollcall.sql(`delete from notices where applicant_id <> 'none'`);
  await rollcall.sql(`delete from applicants where applicant_id <> 'none'`);
  const id = await anEnrolled();
  const evaluation = rollcall.app.get(Evaluation, { strict: false });
  const state = async () =>
    (await rollcall.sql<{ state: string }>(`select state from alerts where rule = 'tampered'`)).map(
      (alert) => alert.state,
    );
  await change('applicants', id, `outcome = 'accepted'`);
  for (let reads = 0; reads < 5; reads++) await read(id);
  await eventually(async () => (await rollcall.sql('select from tampered_rows')).length > 0);
  expect(await rollcall.sql('select columns from tampered_rows')).toEqual([{ columns: ['outcome'] }]);
  const told = await rollcall.sql(
    `select detail from audit where action = 'applicant.tampered' and subject = $1`,
    [`applicant:${id}`],
  );
  expect(told).toHaveLength(1);
  await evaluation.evaluate();
  await rollcall.sql(`update alerts set suspected_at = suspected_at - interval '1 minute'`);
  await evaluation.evaluate();
  expect(await state()).toEqual(['open']);
  expect(await gauge()).toBe(1);
  await change('applicants', id, `outcome = 'rejected'`);
  await evaluation.evaluate();
  expect(await rollcall.sql('select from tampered_rows')).toEqual([]);
  expect(await verify()).toMatchObject({ applicants: 1, versions: 2, tampered: 0 });
});
