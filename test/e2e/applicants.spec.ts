import type { ApplicantDto } from '../../src/applicants/applicants.dto.js';
import type { VersionPageDto } from '../../src/applicants/versions.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { type Ask, callerWith, callerWithAll, expectProblem } from '../harness/clients.js';

let rollcall: TestApp;
/** With all scopes. */
let owner: Ask;
/** Without `pii:read`. */
let operator: Ask;

const MONA = {
  ...anApplicant(),
  applicantId: 'mona/1 ٢',
  firstName: 'منى',
  familyName: 'أحمد عبد الرحمن حسن',
  gender: 'أنثى',
  idNumber: '29703012357788',
  documentNumber: 'ic-123 4567',
  phoneNumbers: ['01068282888', '+201168282882'],
  emails: ['Mona.Hassan@Example.com'],
  address: '١٢ شارع التحرير',
  state: 'الدقي - الجيزة',
  issueDate: '٠١/٠٥/٢٠٢١',
  nationality: 'EGY',
  documentTypeCode: 'EGY',
  issuingAuthority: 'مديرية أمن الجيزة',
  passportScanPath: null,
  status: 4,
  channel: { branch: 'Dokki', teller: 'هدى' },
};

beforeAll(async () => {
  rollcall = await startApp();
  owner = callerWithAll(rollcall);
  operator = await callerWith(rollcall, 'applicants:read');
  await send([MONA]);
});
afterAll(() => rollcall.stop());

async function send(list: unknown[], kind: 'success' | 'fail' = 'success'): Promise<void> {
  const response = await rollcall.callback(kind, list);
  expect(response.status).toBe(200);
}

const pathOf = (id: string) => `/api/v1/applicants/${encodeURIComponent(id)}`;
const audited = (subject: string) =>
  rollcall.sql<{ actor: string; action: string; detail: object }>(
    'select actor, action, detail from audit where subject = $1 order by at',
    [subject],
  );

describe('GET /api/v1/applicants/{applicantId}', () => {
  it('200: shows all there is to who may read PII, in the spelling of the contract', async () => {
    const { status, body } = await owner<ApplicantDto>(pathOf(MONA.applicantId));
    expect(status).toBe(200);
    expect(body).toEqual({
      applicantId: MONA.applicantId,
      version: 1,
      outcome: 'accepted',
      status: 4,
      flags: [],
      masked: false,
      firstName: 'منى',
      familyName: 'أحمد عبد الرحمن حسن',
      gender: 'أنثى',
      phoneNumbers: ['01068282888', '+201168282882'],
      emails: ['Mona.Hassan@Example.com'],
      address: '١٢ شارع التحرير',
      state: 'الدقي - الجيزة',
      idNumber: '29703012357788',
      documentNumber: 'ic-123 4567',
      documentTypeCode: 'EGY',
      issueDate: '٠١/٠٥/٢٠٢١',
      issueDateParsed: { date: '2021-05-01', precision: 'day' },
      nationality: 'EGY',
      issuingAuthority: 'مديرية أمن الجيزة',
      livePhotoPath: MONA.livePhotoPath,
      idFrontScanPath: MONA.idFrontScanPath,
      idBackScanPath: MONA.idBackScanPath,
      photo: MONA.photo,
      passportScanPath: null,
      extras: { channel: { branch: 'Dokki', teller: 'هدى' } },
      derived: {
        gender: 'F',
        birthDate: '1997-03-01',
        birthGovernorate: { code: '23', en: 'Fayoum', ar: 'الفيوم' },
      },
      firstReceivedAt: expect.stringMatching(/^20.*Z$/),
      lastReceivedAt: expect.stringMatching(/^20.*Z$/),
      samePerson: [],
    });
  });

  it('200: M11 masks names, ids, contacts, address and unknown keys without pii:read', async () => {
    const { status, body } = await operator(pathOf(MONA.applicantId));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      masked: true,
      firstName: 'م•••',
      familyName: 'أ••• ع••• ا••• ح•••',
      phoneNumbers: ['•••88', '•••82'],
      emails: ['M•••@•••'],
      address: '•••',
      state: '•••',
      idNumber: '•••88',
      documentNumber: '•••67',
      nationality: 'EGY',
      extras: { channel: '•••' },
      derived: { gender: 'F', birthDate: null, birthGovernorate: { code: '23' } },
    });
    const text = JSON.stringify(body);
    for (const secret of ['منى', 'أحمد', '29703012357788', '68282888', 'Hassan', 'التحرير', 'الدقي', 'هدى']) {
      expect(text).not.toContain(secret);
    }
  });

  it('records who read PII before the answer leaves, and nothing where it was masked', async () => {
    await send([anApplicant({ applicantId: 'watched' })]);
    await operator(pathOf('watched'));
    expect(await audited('applicant:watched')).toEqual([]);
    await owner(pathOf('watched'));
    await owner(`${pathOf('watched')}/versions`);
    expect(await audited('applicant:watched')).toEqual([
      { actor: expect.any(String), action: 'applicant.read', detail: { via: 'read', version: 1 } },
      { actor: expect.any(String), action: 'applicant.read', detail: { via: 'versions', versions: [1] } },
    ]);
  });

  it('200: asOf shows what was known at that time, by the times that versions show', async () => {
    await send([anApplicant({ applicantId: 'moved', address: 'قديم', status: 1 })]);
    await send([{ applicantId: 'moved', isUpdate: true, address: 'جديد', status: 5 }], 'fail');
    const versions = (await owner<VersionPageDto>(`${pathOf('moved')}/versions`)).body.items;
    const asOf = async (at: string) =>
      (await owner(`${pathOf('moved')}?asOf=${encodeURIComponent(at)}`)).body;
    expect(await asOf(versions[0]!.changedAt)).toMatchObject({
      version: 1,
      address: 'قديم',
      outcome: 'accepted',
    });
    expect(await asOf(versions[1]!.changedAt)).toMatchObject({
      version: 2,
      address: 'جديد',
      outcome: 'rejected',
    });
    expect(await asOf('2030-01-01')).toMatchObject({
      version: 2,
      firstReceivedAt: versions[0]!.receivedAt,
      lastReceivedAt: versions[1]!.receivedAt,
    });
    const before = await owner(`${pathOf('moved')}?asOf=2020-01-01T00:00:00Z`);
    expectProblem(before, 404, 'NOT_FOUND');
    expect(before.body).toHaveProperty(
      'detail',
      `The applicant was first received at ${versions[0]!.receivedAt}: asOf is before its first version`,
    );
    const nobody = await owner(`${pathOf('nobody')}?asOf=2020-01-01T00:00:00Z`);
    expect(nobody.body).not.toHaveProperty('detail');
  });

  it('200: derives the gender from the national id where it was not sent, and marks it', async () => {
    const idNumber = '29703012357788';
    await send([anApplicant({ applicantId: 'no-gender', gender: null, idNumber })]);
    await send([anApplicant({ applicantId: 'odd-gender', gender: '?', idNumber })]);
    const derivedOf = async (id: string) => (await operator<ApplicantDto>(pathOf(id))).body.derived;
    expect(await derivedOf('no-gender')).toMatchObject({ gender: 'F', genderFrom: 'nationalId' });
    expect(await derivedOf('odd-gender')).toMatchObject({ gender: null });
    expect(await derivedOf('odd-gender')).not.toHaveProperty('genderFrom');
  });

  it('200: A22 names the other applicants of the same person, in any spelling of the id', async () => {
    await send([anApplicant({ applicantId: 'twin-1', idNumber: '٢٩٧٠٣٠١٢٣٥٧٠٠١' })]);
    await send([anApplicant({ applicantId: 'twin-2', idNumber: '29703012357001' })]);
    expect((await operator(pathOf('twin-1'))).body.samePerson).toEqual(['twin-2']);
    expect((await operator(pathOf('twin-2'))).body.samePerson).toEqual(['twin-1']);
  });

  it('200: finds ids of 128 characters of any script', async () => {
    const applicantId = 'م'.repeat(128);
    await send([anApplicant({ applicantId })]);
    expect((await operator(pathOf(applicantId))).body).toMatchObject({ applicantId });
  });

  it.each([['?asOf=yesterday'], ['?asOf=2026-02-30'], ['?asOf=2026-01-01T00:00:00']])(
    '400 BAD_REQUEST for %s',
    async (query) => expectProblem(await owner(pathOf('moved') + query), 400, 'BAD_REQUEST'),
  );
  it('400 UNKNOWN_FILTER for a parameter it lacks', async () => {
    expectProblem(await owner(`${pathOf('moved')}?asof=2026-01-01`), 400, 'UNKNOWN_FILTER');
  });
  it('401 without a key, 401 with a wrong one', async () => {
    expectProblem(await owner(pathOf('moved'), { headers: { authorization: '' } }), 401, 'TOKEN_MISSING');
    expectProblem(
      await owner(pathOf('moved'), { headers: { authorization: 'Bearer x' } }),
      401,
      'TOKEN_INVALID',
    );
  });
  it('403 without applicants:read', async () => {
    const other = await callerWith(rollcall, 'receipts:read', 'pii:read');
    expectProblem(await other(pathOf('moved')), 403, 'INSUFFICIENT_SCOPE');
  });
  it.each(['nobody', '%00', 'a%00b', 'x'.repeat(257), '%F0%9F%98%80'])('404 for %s', async (id) => {
    expectProblem(await owner(`/api/v1/applicants/${id}`), 404, 'NOT_FOUND');
  });
});

describe('GET /api/v1/applicants/{applicantId}/versions', () => {
  const versions = (id: string, query = '', ask = owner) =>
    ask<VersionPageDto>(`${pathOf(id)}/versions${query}`);

  beforeAll(async () => {
    await send([anApplicant({ applicantId: 'v', address: 'قديم', emails: ['a@x.eg'], status: 1 })]);
    await send([
      { applicantId: 'v', isUpdate: true, address: 'جديد', emails: ['a@x.eg', 'b@x.eg'], loan: 'L1' },
    ]);
    await send([{ applicantId: 'v', isUpdate: true, status: 5 }], 'fail');
    await send([{ applicantId: 'v', isUpdate: true, loan: 'L2' }], 'fail');
  });

  it('200: oldest first, each with its callback and its differences', async () => {
    const { status, body } = await versions('v');
    expect(status).toBe(200);
    expect(body.nextCursor).toBeNull();
    expect(body.items.map((item) => item.event)).toEqual([
      'applicant.created',
      'applicant.updated',
      'applicant.outcome_changed',
      'applicant.updated',
    ]);
    expect(body.items[0]!.differences).toContainEqual({ field: 'address', from: null, to: 'قديم' });
    expect(body.items[1]).toMatchObject({
      version: 2,
      source: 'callback',
      kind: 'success',
      elementIndex: 0,
      outcome: 'accepted',
      status: 1,
      revertsTo: null,
      differences: [
        { field: 'emails', from: ['a@x.eg'], to: ['a@x.eg', 'b@x.eg'] },
        { field: 'address', from: 'قديم', to: 'جديد' },
        { field: 'loan', from: null, to: 'L1' },
      ],
    });
    expect(body.items[1]!.changedFields.sort()).toEqual(['address', 'emails', 'loan']);
    expect(body.items[2]).toMatchObject({
      kind: 'fail',
      outcome: 'rejected',
      previousOutcome: 'accepted',
      status: 5,
    });
    expect(body.items[3]!.differences).toEqual([{ field: 'loan', from: 'L1', to: 'L2' }]);
    const [receipt] = await rollcall.sql('select 1 from receipts where id = $1', [body.items[1]!.receiptId]);
    expect(receipt).toBeDefined();
  });

  it('200: pages compare across their edges', async () => {
    const first = (await versions('v', '?limit=2')).body;
    expect(first.items.map((item) => item.version)).toEqual([1, 2]);
    const second = (await versions('v', `?limit=1&cursor=${first.nextCursor}`)).body;
    expect(second.items).toMatchObject([{ version: 3, differences: [{ field: 'status', from: 1, to: 5 }] }]);
    const third = (await versions('v', `?limit=5&cursor=${second.nextCursor}`)).body;
    expect(third.items).toMatchObject([{ version: 4 }]);
    expect(third.nextCursor).toBeNull();
  });

  it('200: M11 differences are masked without pii:read', async () => {
    const { body } = await versions('v', '?limit=2', operator);
    expect(body.items[1]!.differences).toEqual([
      { field: 'emails', from: ['a•••@•••'], to: ['a•••@•••', 'b•••@•••'] },
      { field: 'address', from: '•••', to: '•••' },
      { field: 'loan', from: null, to: '•••' },
    ]);
  });

  it('200: where the version before is gone the differences are null', async () => {
    await send([anApplicant({ applicantId: 'cut', address: 'a' })]);
    await send([{ applicantId: 'cut', isUpdate: true, address: 'b' }]);
    await rollcall.sql("delete from changes where applicant_id = 'cut' and version = 1");
    expect((await versions('cut')).body.items).toMatchObject([{ version: 2, differences: null }]);
  });

  it('400 for a bad limit, cursor and filter, 404 for an unknown applicant', async () => {
    expectProblem(await versions('v', '?limit=201'), 400, 'BAD_REQUEST');
    expectProblem(await versions('v', '?cursor=x'), 400, 'BAD_CURSOR');
    expectProblem(await versions('v', '?version=1'), 400, 'UNKNOWN_FILTER');
    expectProblem(await versions('nobody'), 404, 'NOT_FOUND');
    expectProblem(await versions('%00'), 404, 'NOT_FOUND');
  });
});
