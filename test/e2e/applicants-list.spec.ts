import type { ApplicantPageDto } from '../../src/applicants/applicants.dto.js';
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

const audited = (subject: string) =>
  rollcall.sql<{ actor: string; action: string; detail: object }>(
    'select actor, action, detail from audit where subject = $1 order by at',
    [subject],
  );

describe('GET /api/v1/applicants', () => {
  const LIST = '/api/v1/applicants';
  const ids = (items: { applicantId: string }[]) => items.map((item) => item.applicantId);
  const found = async (query: string, ask = operator) => {
    const { status, body } = await ask<ApplicantPageDto>(`${LIST}?${query}`);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };

  beforeAll(async () => {
    for (let i = 1; i <= 7; i++) {
      await send([
        anApplicant({
          applicantId: `listed-${i}`,
          nationality: 'SDN',
          documentTypeCode: i % 2 ? 'PAS' : 'RES',
          idNumber: `SD-${i}00 12${i}`,
          phoneNumbers: [`+24991234567${i}`],
          emails: [`Listed.${i}@Example.SD`],
          documentNumber: `ص٠٠${i}`,
          issueDate: i === 3 ? 'not a date' : '2021',
        }),
      ]);
    }
    await send([{ applicantId: 'listed-4', isUpdate: true, status: 5 }], 'fail');
    await send([{ applicantId: 'listed-5', isUpdate: true, status: 5 }]);
  });

  it('200: newest first, page by page, each applicant once', async () => {
    const pages: string[][] = [];
    let cursor = '';
    for (;;) {
      const page = await found(`nationality=SDN&limit=3${cursor}`);
      pages.push(ids(page.items));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(pages).toEqual([
      ['listed-7', 'listed-6', 'listed-5'],
      ['listed-4', 'listed-3', 'listed-2'],
      ['listed-1'],
    ]);
  });

  it.each([
    ['outcome=rejected', ['listed-4']],
    ['outcome=conflict', ['listed-5']],
    ['status=5', ['listed-5', 'listed-4']],
    ['documentType=RES', ['listed-6', 'listed-4', 'listed-2']],
    ['documentType=RES&status=5', ['listed-4']],
    ['flag=badIssueDate', ['listed-3']],
    ['flag=badIssueDate&documentType=RES', []],
    ['receivedFrom=2030-01-01', []],
    ['receivedTo=2020-01-01T00:00:00%2B02:00', []],
  ])('200: %s', async (query, expected) => {
    const { items, nextCursor } = await found(`nationality=SDN&${query}`);
    expect(ids(items)).toEqual(expected);
    expect(nextCursor).toBeNull();
  });

  it('200: receivedFrom is inclusive, receivedTo exclusive', async () => {
    const item = (await found('flag=badIssueDate&nationality=SDN')).items[0]!;
    expect((await found(`nationality=SDN&receivedFrom=${item.firstReceivedAt}`)).items).toHaveLength(5);
    expect((await found(`nationality=SDN&receivedTo=${item.firstReceivedAt}`)).items).toHaveLength(2);
  });

  it('200: pages of a rare flag go on where they ended', async () => {
    await send(['a', 'b', 'c'].map((x) => anApplicant({ applicantId: `odd-${x}`, emails: ['bad'] })));
    const first = await found('flag=badEmail&limit=2');
    expect(ids(first.items)).toEqual(['odd-c', 'odd-b']);
    const second = await found(`flag=badEmail&limit=2&cursor=${first.nextCursor}`);
    expect(ids(second.items)).toEqual(['odd-a']);
    expect(second.nextCursor).toBeNull();
  });

  it('masks items as the single read does, and records each that is shown in clear', async () => {
    const newest = 'nationality=SDN&limit=1';
    const [masked] = (await found(newest)).items;
    expect(masked).toMatchObject({ applicantId: 'listed-7', masked: true, idNumber: '•••27' });
    const [clear] = (await found(newest, owner)).items;
    expect(clear).toMatchObject({ applicantId: 'listed-7', masked: false, idNumber: 'SD-700 127' });
    expect(await audited('applicant:listed-7')).toMatchObject([
      { action: 'applicant.read', detail: { via: 'list', version: 1 } },
    ]);
  });

  it.each([
    ['limit=0', 'BAD_REQUEST'],
    ['limit=201', 'BAD_REQUEST'],
    ['limit=x', 'BAD_REQUEST'],
    ['outcome=approved', 'BAD_REQUEST'],
    ['status=4.5', 'BAD_REQUEST'],
    ['status=99999999999', 'BAD_REQUEST'],
    ['receivedFrom=soon', 'BAD_REQUEST'],
    ['nationality=', 'BAD_REQUEST'],
    ['nationality=%00', 'BAD_REQUEST'],
    ['flag=a&flag=b', 'BAD_REQUEST'],
    ['name=منى', 'UNKNOWN_FILTER'],
    ['Limit=5', 'UNKNOWN_FILTER'],
    ['cursor=x', 'BAD_CURSOR'],
    ['cursor=W10', 'BAD_CURSOR'],
  ])('400: %s is %s', async (query, code) => {
    expectProblem(await owner(`${LIST}?${query}`), 400, code);
  });

  it.each([
    ['GET', '?q=منى'],
    ['GET', '?q='],
    ['GET', '?q=a&q=b&colour=green'],
    ['GET', '?idNumber=29703012357788'],
    ['GET', '?nationality=SDN&phone=01068282888'],
    ['GET', '?email=mona@example.com'],
    ['GET', '?documentNumber=IC1234567'],
    ['GET', '/search'],
    ['GET', '/search?q=منى'],
    ['POST', '/lookup'],
  ])('410: %s %s says where the search has gone, and finds nobody', async (method, form) => {
    const body = method === 'POST' ? JSON.stringify({ idNumber: MONA.idNumber }) : undefined;
    for (const ask of [operator, owner]) {
      const answer = await ask(LIST + form, { method, ...(body && { body }) });
      expectProblem(answer, 410, 'GONE');
      expect(answer.body.detail).toContain('POST /api/v1/applicants/search');
    }
  });
});
