import type { ApplicantPageDto } from '../../src/applicants/applicants.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { NameWords } from '../../src/applicants/name-words.service.js';
import { eventually } from '../harness/processes.js';
import { type Ask, callerWith, callerWithAll, expectProblem } from '../harness/clients.js';

let rollcall: TestApp;
/** With all scopes. */
let owner: Ask;
/** Searches, without `pii:read`. */
let operator: Ask;

const SEARCH = '/api/v1/applicants/search';

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
  rollcall = await startApp({ env: { ROLLCALL_SEARCHES_PER_MINUTE: '100000' } });
  owner = callerWithAll(rollcall);
  operator = await callerWith(rollcall, 'applicants:search');
  await send([MONA]);
});
afterAll(() => rollcall.stop());

async function send(list: unknown[], kind: 'success' | 'fail' = 'success'): Promise<void> {
  const response = await rollcall.callback(kind, list);
  expect(response.status).toBe(200);
}

const post = <Body = Record<string, unknown>>(body: unknown, ask = operator, url = SEARCH) =>
  ask<Body>(url, { method: 'POST', body: JSON.stringify(body) });
const found = async (body: object, ask = operator) => {
  const answer = await post<ApplicantPageDto>(body, ask);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
};
const ids = (items: { applicantId: string }[]) => items.map((item) => item.applicantId);
const deeds = (actor: string) =>
  rollcall.sql<{ action: string; subject: string; detail: { asked: Record<string, string> } }>(
    "select action, subject, detail from audit where actor = $1 and action = 'applicant.search' order by at",
    [actor],
  );

describe('POST /api/v1/applicants/search, by a value', () => {
  beforeAll(async () => {
    for (let i = 1; i <= 7; i++) {
      await send([
        anApplicant({
          applicantId: `valued-${i}`,
          nationality: 'SDN',
          idNumber: `SD-${i}00 12${i}`,
          phoneNumbers: [`+24991234567${i}`],
          emails: [`Valued.${i}@Example.SD`, 'valued@x.eg'],
          documentNumber: `ص٠٠${i}`,
        }),
      ]);
    }
  });

  it.each([
    [{ idNumber: '٢٩٧٠٣٠١٢٣٥٧٧٨٨' }, MONA.applicantId],
    [{ idNumber: ' 2970301-2357788 ' }, MONA.applicantId],
    [{ phone: '+20 10 6828 2888' }, MONA.applicantId],
    [{ phone: ' 01068282888' }, MONA.applicantId],
    [{ phone: '01168282882' }, MONA.applicantId],
    [{ email: 'MONA.hassan@example.com' }, MONA.applicantId],
    [{ documentNumber: 'IC1234567' }, MONA.applicantId],
    [{ idNumber: '29703012357788', phone: '01068282888' }, MONA.applicantId],
    [{ idNumber: 'sd300123' }, 'valued-3'],
    [{ phone: '+249 91 234 5672' }, 'valued-2'],
    [{ email: 'VALUED.6@example.sd' }, 'valued-6'],
    [{ documentNumber: 'ص001' }, 'valued-1'],
    [{ idNumber: 'SD-300123', email: 'valued.3@example.sd', status: 1 }, 'valued-3'],
  ])('200: %j finds %s', async (body, applicantId) => {
    expect(await found(body)).toMatchObject({ items: [{ applicantId, masked: true }], nextCursor: null });
  });

  it.each([
    { idNumber: '1' },
    { phone: 'none' },
    { phone: '123' },
    { idNumber: 'SD-300123', email: 'valued.6@example.sd' },
    { idNumber: 'SD-300123', outcome: 'rejected' },
  ])('200: %j finds nobody', async (body) => {
    expect(await found(body)).toEqual({ items: [], nextCursor: null });
  });

  it('200: pages go on where they ended, and their cursors hold nothing of what was asked', async () => {
    const first = await found({ email: 'valued@x.eg', limit: 4 });
    expect(ids(first.items)).toEqual(['valued-7', 'valued-6', 'valued-5', 'valued-4']);
    const cursor = first.nextCursor!;
    expect(Buffer.from(cursor, 'base64url').toString()).toMatch(/^\["applicants","[\dTZ:.-]+","valued-4"\]$/);
    const second = await found({ email: 'valued@x.eg', limit: 4, cursor });
    expect(ids(second.items)).toEqual(['valued-3', 'valued-2', 'valued-1']);
    expect(second.nextCursor).toBeNull();
  });

  it('masks what is found, and records each that is shown in clear', async () => {
    const [masked] = (await found({ idNumber: 'SD-700127' })).items;
    expect(masked).toMatchObject({ applicantId: 'valued-7', masked: true, idNumber: '•••27' });
    const [clear] = (await found({ idNumber: 'SD-700127' }, owner)).items;
    expect(clear).toMatchObject({ applicantId: 'valued-7', masked: false, idNumber: 'SD-700 127' });
    expect(
      await rollcall.sql('select action, detail from audit where subject = $1', ['applicant:valued-7']),
    ).toEqual([{ action: 'applicant.read', detail: { via: 'lookup', version: 1 } }]);
  });

  it.each([
    [{}],
    [{ limit: 5 }],
    [{ name: 'منى' }],
    [{ idNumber: 29703012357788 }],
    [{ idNumber: '' }],
    [{ q: ' ' }],
    [{ q: '!!' }],
    [{ q: 'م' }],
    [{ q: 'م أ' }],
    [{ q: 'منى', idNumber: '1' }],
    [{ q: 'منى', limit: 201 }],
    [{ q: 'منى', correlationId: 'x' }],
    [[]],
    ['x'],
    [null],
  ])('400 for %j', async (body) => expectProblem(await post(body), 400, 'BAD_REQUEST'));

  it.each([
    [{ q: 'منى', cursor: 'W10' }],
    // anybody can write a cursor: it must not lead past the least number of letters
    [{ q: 'مح', cursor: Buffer.from('["names","words",null]').toString('base64url') }],
    [{ idNumber: '1', cursor: Buffer.from('["names","words",null]').toString('base64url') }],
  ])('400 BAD_CURSOR for %j', async (body) => expectProblem(await post(body), 400, 'BAD_CURSOR'));

  it('403 for a key that reads applicants and PII, and may not search', async () => {
    const reader = await callerWith(rollcall, 'applicants:read', 'pii:read');
    expectProblem(await post({ idNumber: MONA.idNumber }, reader), 403, 'INSUFFICIENT_SCOPE');
  });
});

describe('what a search leaves behind', () => {
  it('is one record with keyed hashes of what was asked: the same for every spelling, told apart by what it is', async () => {
    const authorized = await callerWith(rollcall, 'applicants:search', 'stats:read');
    const bodies = [
      { phone: '01068282888' },
      { phone: '+20 10 6828 2888' },
      { idNumber: '01068282888' },
      { q: 'منى' },
      { q: 'مُنَى' },
      { phone: '01068282888', email: 'mona.hassan@example.com' },
    ];
    for (const body of bodies) await found(body, authorized);
    const recorded = await deeds('test applicants:search stats:read');
    expect(recorded.map(({ subject }) => subject)).toEqual(bodies.map(() => 'applicant:*'));
    const [phone, samePhone, idNumber, name, sameName, both] = recorded.map(({ detail }) => detail.asked);
    expect(phone).toEqual({ phone: expect.stringMatching(/^[0-9a-f]{16}$/) as string });
    expect(samePhone).toEqual(phone);
    expect(idNumber).toEqual({ idNumber: expect.stringMatching(/^[0-9a-f]{16}$/) as string });
    expect(idNumber!.idNumber).not.toBe(phone!.phone);
    expect(sameName).toEqual(name);
    expect(both).toEqual({ phone: phone!.phone, email: expect.any(String) as string });
  });

  it('is no hash that somebody without the key ring can make, nor one that stands in an applicant’s row', async () => {
    const { createHash } = await import('node:crypto');
    const authorized = await callerWith(rollcall, 'applicants:search', 'alerts:read');
    await found({ idNumber: MONA.idNumber }, authorized);
    const [deed] = await deeds('test applicants:search alerts:read');
    const hash = deed!.detail.asked.idNumber!;
    for (const text of [MONA.idNumber, `idNumber|${MONA.idNumber}`, `search|idNumber|${MONA.idNumber}`]) {
      expect(createHash('sha256').update(text).digest('hex')).not.toContain(hash);
    }
    const [row] = await rollcall.sql<{ index: string }>(
      'select id_number_index as index from applicants where applicant_id = $1',
      [MONA.applicantId],
    );
    expect(BigInt.asUintN(64, BigInt(row!.index)).toString(16).padStart(16, '0')).not.toBe(hash);
  });
});

describe('POST /api/v1/applicants/search, by name', () => {
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
  /** All pages: a stage that takes too long on a busy machine comes with the next page. */
  const search = async (q: string, more: object = {}) => {
    const items = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const body: ApplicantPageDto = await found({ q, ...more, ...(cursor && { cursor }) });
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
      ['s5', 'prefix'],
      ['s4', 'prefix'],
    ]);
  });

  it('pages through the stages without a gap or a name twice, and its cursors hold no name', async () => {
    const seen: string[] = [];
    let more: object = {};
    for (;;) {
      const { items, nextCursor } = await found({ q: 'أحمد قرقوش', limit: 1, ...more });
      seen.push(...items.map((item) => item.applicantId));
      if (nextCursor === null) break;
      expect(Buffer.from(nextCursor, 'base64url').toString()).toMatch(
        /^\["names","(prefix|words)",("s\d"|null)\]$/,
      );
      more = { cursor: nextCursor };
    }
    expect(seen).toEqual(['s1', 's2', 's3', 's5', 's4']);
  });

  it.each(['فاطمه عبدالرحمن هدي', 'فَاطِمَة عَبْد الرَّحمٰن هُدى', 'هدى فاطمة'])(
    '%s finds فاطمة عبد الرحمن هدى',
    async (q) => expect((await search(q)).matches[0]?.[0]).toBe('s6'),
  );

  it('finds a first name of two letters as a whole, and nobody whose name only begins so', async () => {
    await send([anApplicant({ applicantId: 'taha', firstName: 'طـه', familyName: 'قنديلي' })]);
    await send([anApplicant({ applicantId: 'taher', firstName: 'طهران', familyName: 'قنديلي' })]);
    expect((await search('طه')).matches).toEqual([['taha', 'prefix']]);
  });

  it('takes words by their beginnings', async () => {
    expect((await search('بطر غبر')).matches).toEqual([['s7', 'prefix']]);
    expect((await search('بطر رس')).matches).toEqual([]);
  });

  it.each([
    ['نور الدين', 'نورالدين', 'جزارين'],
    ['نورالدين', 'نور الدين', 'شبراوي'],
    ['حس ام', 'حسام', 'قنديلي'],
    ['مندور عزالدين', 'فتحي', 'عز الدين مندور'],
  ])(
    '%s finds %s %s as close at once: a blank more or less is the same name',
    async (q, firstName, familyName) => {
      const applicantId = `spaced ${firstName} ${familyName}`;
      await send([anApplicant({ applicantId, firstName, familyName })]);
      const { items } = await found({ q: `${q} ${firstName === 'فتحي' ? '' : familyName}`, limit: 10 });
      expect(items.map(({ applicantId: id, match }) => [id, match])).toEqual([[applicantId, 'close']]);
    },
  );

  describe('once the feed has been followed', () => {
    beforeAll(async () => {
      await eventually(async () => (await search('غبريل')).matches.length > 0 || undefined);
    });

    it.each([
      ['غبريل مينا بطرس', 's7'],
      ['غبيرال', 's7'],
      ['مينا بطروس', 's7'],
      ['فاطمة عبد الرجمن', 's6'],
      ['طرس', 's7'],
    ])('%s has one wrong letter, and finds %s as close', async (q, id) => {
      expect((await search(q)).matches).toEqual([[id, 'close']]);
    });

    it.each([
      ['Mohamed Ahmed Karkoush', ['s4']],
      ['muhammad karkosh', ['s4']],
      ['Fatma Abd El-Rahman Huda', ['s6']],
      ['Gabriel Mina', ['s7']],
      ['Ahmad', ['s1', 's2', 's3', 's4', 's5']],
    ])('%s in Latin letters finds %j', async (q, expected) => {
      const { matches } = await search(q);
      expect(matches.filter(([id]) => /^s\d$/.test(id!))).toEqual(
        expect.arrayContaining(expected.map((id) => [id, 'close'])),
      );
      expect(matches.length).toBeGreaterThanOrEqual(expected.length);
    });

    it('names in Latin letters come first where they are asked for, then those in Arabic, page by page', async () => {
      await send([anApplicant({ applicantId: 's8', firstName: 'Gabriel', familyName: 'Mina Boutros' })]);
      const first = await found({ q: 'gabriel mina', limit: 1 });
      expect(first.items).toMatchObject([{ applicantId: 's8', match: 'prefix' }]);
      const second = await found({ q: 'gabriel mina', limit: 1, cursor: first.nextCursor });
      expect(second.items).toMatchObject([{ applicantId: 's7', match: 'close' }]);
      expect(Buffer.from(first.nextCursor!, 'base64url').toString()).not.toContain('abriel');
    });

    it('close names come only where nothing else is found, and strangers not at all', async () => {
      expect((await search('احمد قرقوش')).matches.map(([, match]) => match)).not.toContain('close');
      expect((await search('زززززز')).matches).toEqual([]);
      expect((await search('غبريل الزناتي')).matches).toEqual([]);
    });

    it('of close names first those that begin so, then those with its first word first, then the others, page by page', async () => {
      const { matches } = await search('احمد قرقوض', { limit: 1 });
      expect(matches).toEqual(['s1', 's2', 's3', 's4', 's5'].map((id) => [id, 'close']));
      expect((await search('احمد قرقوض', { status: 4 })).matches).toEqual([]);
    });

    it('a word that no name holds any more is forgotten, one that another holds is not', async () => {
      await send([anApplicant({ applicantId: 'gone', firstName: 'بطرس', familyName: 'الظاهري' })]);
      await eventually(async () => (await search('الظاهرى بطرش')).matches.length > 0 || undefined);
      await send([{ applicantId: 'gone', isUpdate: true, familyName: 'سالم' }]);
      await rollcall.app.get(NameWords).sweep();
      const kept = await rollcall.sql('select word from name_words where word = any($1) order by word', [
        ['الظاهري', 'بطرس'],
      ]);
      expect(kept).toEqual([{ word: 'بطرس' }]);
    });

    it('names whose events are no longer kept are learned by the sweep', async () => {
      await rollcall.sql('delete from name_words', []);
      expect((await search('غبريل')).matches).toEqual([]);
      await rollcall.app.get(NameWords).sweep();
      expect((await search('غبريل')).matches).toContainEqual(['s7', 'close']);
    });
  });

  it('joins filters', async () => {
    await send([{ applicantId: 's2', isUpdate: true, status: 5 }], 'fail');
    expect((await search('احمد قرقوش', { outcome: 'rejected' })).matches).toEqual([['s2', 'prefix']]);
  });

  it('does not show names to who may not read PII, nor let an expression in', async () => {
    expect((await search('احمد قرقوش')).items[0]?.firstName).toBe('أ•••');
    expect((await search('قرقوش.* | (')).matches).toHaveLength(5);
    expect((await search("قرقوش' or 1=1 --")).matches).toEqual([]);
  });
});
