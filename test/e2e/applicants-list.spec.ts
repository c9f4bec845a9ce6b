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
    ['idNumber=sd300123', ['listed-3']],
    ['phone=%2B249%2091%20234%205672', ['listed-2']],
    ['phone=+249912345672', ['listed-2']],
    ['email=LISTED.6@example.sd', ['listed-6']],
    ['documentNumber=ص001', ['listed-1']],
    ['idNumber=SD-300123&email=listed.6@example.sd', []],
    ['idNumber=SD-300123&email=listed.3@example.sd&status=1', ['listed-3']],
    ['phone=123', []],
  ])('200: %s', async (query, expected) => {
    const { items, nextCursor } = await found(`nationality=SDN&${query}`);
    expect(ids(items)).toEqual(expected);
    expect(nextCursor).toBeNull();
  });

  it('200: receivedFrom is inclusive, receivedTo exclusive', async () => {
    const item = (await found('idNumber=SD-300123')).items[0]!;
    expect((await found(`nationality=SDN&receivedFrom=${item.firstReceivedAt}`)).items).toHaveLength(5);
    expect((await found(`nationality=SDN&receivedTo=${item.firstReceivedAt}`)).items).toHaveLength(2);
  });

  it('200: pages of a rare flag and of exact values go on where they ended', async () => {
    await send(
      ['a', 'b', 'c'].map((x) => anApplicant({ applicantId: `odd-${x}`, emails: ['odd@x.eg', 'bad'] })),
    );
    for (const query of ['flag=badEmail', 'email=odd@x.eg']) {
      const first = await found(`${query}&limit=2`);
      expect(ids(first.items)).toEqual(['odd-c', 'odd-b']);
      const second = await found(`${query}&limit=2&cursor=${first.nextCursor}`);
      expect(ids(second.items)).toEqual(['odd-a']);
      expect(second.nextCursor).toBeNull();
    }
  });

  it('masks items as the single read does, and records each that is shown in clear', async () => {
    const [masked] = (await found('idNumber=SD-700127')).items;
    expect(masked).toMatchObject({ applicantId: 'listed-7', masked: true, idNumber: '•••27' });
    const [clear] = (await found('idNumber=SD-700127', owner)).items;
    expect(clear).toMatchObject({ applicantId: 'listed-7', masked: false, idNumber: 'SD-700 127' });
    expect(await audited('applicant:listed-7')).toMatchObject([
      { action: 'applicant.read', detail: { via: 'lookup', version: 1 } },
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
    ['q=%20', 'BAD_REQUEST'],
    ['q=!!', 'BAD_REQUEST'],
    ['q=منى&idNumber=1', 'BAD_REQUEST'],
    ['name=منى', 'UNKNOWN_FILTER'],
    ['Limit=5', 'UNKNOWN_FILTER'],
    ['cursor=x', 'BAD_CURSOR'],
    ['cursor=W10', 'BAD_CURSOR'],
    ['q=منى&cursor=W10', 'BAD_CURSOR'],
  ])('400: %s is %s', async (query, code) => {
    expectProblem(await owner(`${LIST}?${query}`), 400, code);
  });

  it('400: a cursor of another list', async () => {
    const { nextCursor } = await found('nationality=SDN&limit=1');
    expectProblem(await owner(`${LIST}?q=منى&cursor=${nextCursor}`), 400, 'BAD_CURSOR');
  });
});

describe('POST /api/v1/applicants/lookup', () => {
  const look = (body: unknown, ask = operator) =>
    ask('/api/v1/applicants/lookup', { method: 'POST', body: JSON.stringify(body) });

  it.each([
    { idNumber: '٢٩٧٠٣٠١٢٣٥٧٧٨٨' },
    { idNumber: ' 2970301-2357788 ' },
    { phone: '+20 10 6828 2888' },
    { phone: '01168282882' },
    { email: 'MONA.hassan@example.com' },
    { documentNumber: 'IC1234567' },
    { idNumber: '29703012357788', phone: '01068282888' },
  ])('200: %j finds her', async (body) => {
    const answer = await look(body);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      items: [{ applicantId: MONA.applicantId, masked: true }],
      nextCursor: null,
    });
  });

  it('200: nobody is an empty list', async () => {
    expect((await look({ idNumber: '1' })).body).toEqual({ items: [], nextCursor: null });
    expect((await look({ phone: 'none' })).body).toEqual({ items: [], nextCursor: null });
  });

  it.each([[{}], [{ name: 'منى' }], [{ idNumber: 29703012357788 }], [{ idNumber: '' }], [[]], ['x'], [null]])(
    '400 for %j',
    async (body) => expectProblem(await look(body), 400, 'BAD_REQUEST'),
  );
});

describe('GET /api/v1/applicants?q=', () => {
  const names: [id: string, first: string, family: string][] = [
    ['s1', 'أَحْمَد', 'قرقوش'],
    ['s2', 'احمد', 'قرقوش علي'],
    ['s3', 'أحمد', 'قرقوشي'],
    ['s4', 'محمد', 'أحمد قرقوش'],
    ['s5', 'قرقوش', 'إبراهيم أحمد'],
    ['s6', 'فاطمة', 'عبد الرحمن هدى'],
    ['s7', 'غبريال', 'مينا بطرس'],
  ];
  beforeAll(async () => {
    await send(
      names.map(([id, firstName, familyName]) => anApplicant({ applicantId: id, firstName, familyName })),
    );
  });
  const page = async (q: string, more = '') => {
    const { status, body } = await operator<ApplicantPageDto>(
      `/api/v1/applicants?q=${encodeURIComponent(q)}${more}`,
    );
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };
  /** All pages: a stage that takes too long on a busy machine comes with the next page. */
  const search = async (q: string, more = '') => {
    const items = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const body: ApplicantPageDto = await page(q, more + (cursor === '' ? '' : `&cursor=${cursor}`));
      items.push(...body.items);
      cursor = body.nextCursor;
    }
    return { items, matches: items.map(({ applicantId, match }) => [applicantId, match]) };
  };

  it('answers exact names first, then those beginning so, then those with all the words: «احمد» finds «أحمد»', async () => {
    expect((await search('احمد قرقوش')).matches).toEqual([
      ['s1', 'exact'],
      ['s2', 'prefix'],
      ['s3', 'prefix'],
      ['s5', 'words'],
      ['s4', 'words'],
    ]);
  });

  it('pages through the stages without a gap or a name twice, and its cursors hold no name', async () => {
    const seen: string[] = [];
    let more = '&limit=1';
    for (;;) {
      const { items, nextCursor } = await page('أحمد قرقوش', more);
      seen.push(...items.map((item) => item.applicantId));
      if (nextCursor === null) break;
      expect(Buffer.from(nextCursor, 'base64url').toString()).toMatch(
        /^\["names","(prefix|words)",("s\d"|null)\]$/,
      );
      more = `&limit=1&cursor=${nextCursor}`;
    }
    expect(seen).toEqual(['s1', 's2', 's3', 's5', 's4']);
  });

  it.each(['فاطمه عبدالرحمن هدي', 'فَاطِمَة عَبْد الرَّحمٰن هُدى', 'هدى فاطمة'])(
    '%s finds فاطمة عبد الرحمن هدى',
    async (q) => expect((await search(q)).matches[0]?.[0]).toBe('s6'),
  );

  it('takes words by their beginnings', async () => {
    expect((await search('بطر غبر')).matches).toEqual([['s7', 'words']]);
    expect((await search('طرس')).matches).toEqual([]);
  });

  it('offers names much like it only where nothing else is found', async () => {
    expect((await search('غبريل مينا')).matches).toEqual([['s7', 'similar']]);
    expect((await search('زززززز')).matches).toEqual([]);
  });

  it('joins filters', async () => {
    await send([{ applicantId: 's2', isUpdate: true, status: 5 }], 'fail');
    expect((await search('احمد قرقوش', '&outcome=rejected')).matches).toEqual([['s2', 'prefix']]);
  });

  it('does not show names to who may not read PII, nor let an expression in', async () => {
    expect((await search('احمد قرقوش')).items[0]?.firstName).toBe('أ•••');
    expect((await search('قرقوش.* | (')).matches).toHaveLength(5);
    expect((await search("قرقوش' or 1=1 --")).matches).toEqual([]);
  });
});
