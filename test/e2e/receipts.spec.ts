import { eventually } from '../harness/processes.js';
import { gzipSync } from 'node:zlib';
import type { Report } from '../../src/inbox/report.dto.js';
import type { ProbePageDto, ReceiptDto, ReceiptPageDto } from '../../src/inbox/receipts.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { type Ask, callerWith, callerWithAll, expectProblem } from '../harness/clients.js';

let rollcall: TestApp;
let owner: Ask;
/** Without `pii:read`. */
let operator: Ask;
const sent: string[] = [];

/** @returns the id of the receipt */
async function send(kind: 'success' | 'fail' | 'any', body: unknown, headers = {}): Promise<string> {
  const response = await rollcall.callback(kind, body, headers);
  const { receiptId } = (await response.json()) as Report;
  return receiptId;
}

beforeAll(async () => {
  rollcall = await startApp();
  owner = callerWithAll(rollcall);
  operator = await callerWith(rollcall, 'receipts:read');
  const first = anApplicant({ applicantId: 'r-1' });
  sent.push(await send('success', [first, { applicantId: '' }]));
  sent.push(await send('fail', [{ ...first, isUpdate: true, status: 5 }]));
  sent.push(
    await send('any', [anApplicant({ applicantId: 'r-2' }), { ...first, isUpdate: true, status: 5 }]),
  );
  sent.push(await send('success', '[{"applicantId": "منى'));
});
afterAll(() => rollcall.stop());

const LIST = '/api/v1/receipts';
const listed = async (query: string) => {
  const { status, body } = await operator<ReceiptPageDto>(`${LIST}?${query}`);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body;
};
const idsOf = (page: ReceiptPageDto) => page.items.map((item) => item.receiptId);

describe('GET /api/v1/receipts', () => {
  it('200: newest first, page by page, without a word of what they hold', async () => {
    const seen: string[] = [];
    let more = '';
    for (;;) {
      const page = await listed(`limit=1${more}`);
      expect(JSON.stringify(page)).not.toContain('منى');
      seen.push(...idsOf(page));
      if (page.nextCursor === null) break;
      more = `&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual([...sent].reverse());
  });

  it.each([
    ['state=rejected', [3]],
    ['state=applied&kind=success', [0]],
    ['kind=fail', [1]],
    ['kind=any', [2]],
    ['source=callback', [3, 2, 1, 0]],
    ['source=replay', []],
    ['receivedFrom=2030-01-01', []],
    ['receivedTo=2020-01-01', []],
    ['receivedFrom=2020-01-01&receivedTo=2090-01-01&kind=any', [2]],
    ['from=2020-01-01&to=2090-01-01&kind=any', [2]],
    ['from=2030-01-01', []],
  ])('200: %s', async (query, expected) => {
    expect(idsOf(await listed(query))).toEqual(expected.map((i) => sent[i]));
  });

  it('200: receivedFrom is inclusive, receivedTo exclusive', async () => {
    const { items } = await listed('');
    expect(idsOf(await listed(`receivedFrom=${items[1]!.receivedAt}`))).toContain(sent[2]);
    expect(idsOf(await listed(`receivedTo=${items[1]!.receivedAt}`))).not.toContain(sent[2]);
  });

  it.each([
    ['limit=0', 'BAD_REQUEST'],
    ['state=lost', 'BAD_REQUEST'],
    ['receivedFrom=x', 'BAD_REQUEST'],
    ['applicant=r-1', 'UNKNOWN_FILTER'],
    ['applicantId=', 'BAD_REQUEST'],
    ['cursor=x', 'BAD_CURSOR'],
    [
      `cursor=${Buffer.from('["receipts","2026-01-01T00:00:00.000Z","x"]').toString('base64url')}`,
      'BAD_CURSOR',
    ],
  ])('400: %s is %s', async (query, code) => expectProblem(await owner(`${LIST}?${query}`), 400, code));

  it('401 without a key, 403 without receipts:read', async () => {
    expectProblem(await owner(LIST, { headers: { authorization: '' } }), 401, 'TOKEN_MISSING');
    expectProblem(await (await callerWith(rollcall, 'applicants:read'))(LIST), 403, 'INSUFFICIENT_SCOPE');
  });
});

describe('GET /api/v1/receipts?applicantId=', () => {
  const GUID = '6f9619ff-8b86-d011-b42d-00c04fc964ff';
  const mona = (fields: object) => ({ ...anApplicant({ seed: 901, applicantId: GUID, ...fields }) });
  const ids: string[] = [];
  beforeAll(async () => {
    ids.push(await send('success', [mona({})]));
    ids.push(
      await send('success', [mona({ isUpdate: true, address: 'a' }), mona({ isUpdate: true, address: 'b' })]),
    );
    ids.push(await send('success', [mona({ isUpdate: true, address: 'b' })]));
    ids.push(await send('any', [anApplicant(), mona({ applicantId: GUID.toUpperCase() })]));
    ids.push(await send('fail', [{ ...mona({}), isUpdate: 'perhaps' }]));
  });
  const of = (query = '') => listed(`applicantId=${GUID}${query}`);
  const element = { index: 0, applicantId: GUID, version: null, quarantineId: null, code: null };

  it('200: every delivery of a person with what became of it, newest first; you sent it three times, we got it three times', async () => {
    const page = await of();
    expect(idsOf(page)).toEqual([...ids].reverse());
    expect(page.items.map(({ elements }) => elements)).toEqual([
      [{ ...element, result: 'quarantined', quarantineId: expect.any(String), code: 'IS_UPDATE_WRONG_TYPE' }],
      [{ ...element, index: 1, result: 'stale' }],
      [{ ...element, result: 'duplicate' }],
      [
        { ...element, result: 'updated', version: 2 },
        { ...element, index: 1, result: 'updated', version: 3 },
      ],
      [{ ...element, result: 'created', version: 1 }],
    ]);
    expect(page.items[4]).toMatchObject({ kind: 'success', clientId: 'enroll', received: 1, applied: 1 });
    expect(JSON.stringify(page)).not.toContain(anApplicant({ seed: 901 }).firstName);
    expect(idsOf(await listed(`applicantId=${GUID.toUpperCase()}`))).toEqual(idsOf(page));
  });

  it('200: page by page, and together with the other filters', async () => {
    const first = await of('&limit=2');
    const rest = await of(`&limit=5&cursor=${first.nextCursor}`);
    expect([...idsOf(first), ...idsOf(rest)]).toEqual([...ids].reverse());
    expect(rest.nextCursor).toBeNull();
    expect(idsOf(await of('&kind=any'))).toEqual([ids[3]]);
    expect(idsOf(await of('&source=replay'))).toEqual([]);
    expect(idsOf(await of(`&receivedFrom=${first.items[1]!.receivedAt}`))).toEqual([ids[4], ids[3]]);
  });

  it('200: nothing of somebody who never came', async () => {
    expect(await listed('applicantId=nobody')).toEqual({ items: [], nextCursor: null });
  });

  it('200: M13 of a healed element the replay too', async () => {
    const [{ id = '' } = {}] = await rollcall.sql<{ id: string }>(
      'select id from quarantine where applicant_id = $1',
      [GUID],
    );
    const patch = { patch: { isUpdate: true, address: 'c' } };
    await owner(`/api/v1/quarantine/${id}/fix`, { method: 'POST', body: JSON.stringify(patch) });
    const { items } = await of('&limit=1');
    expect(items).toMatchObject([{ source: 'replay', elements: [{ result: 'updated', version: 4 }] }]);
  });

  it('403 while the person is under erasure', async () => {
    await send('success', [anApplicant({ applicantId: 'r-erased' })]);
    await rollcall.sql(
      `update applicants set erasure_id = gen_random_uuid() where applicant_id = 'r-erased'`,
    );
    expectProblem(await operator(`${LIST}?applicantId=r-erased`), 403, 'RESTRICTED');
  });
});

describe('GET /api/v1/receipts/{receiptId}', () => {
  it('200: says what became of each element', async () => {
    const { body } = await operator<ReceiptDto>(`${LIST}/${sent[0]}`);
    expect(body).toMatchObject({
      receiptId: sent[0],
      source: 'callback',
      kind: 'success',
      state: 'applied',
      clientId: 'enroll',
      contentType: 'application/json',
      errorCode: null,
      received: 2,
      applied: 1,
      duplicates: 0,
      quarantined: 1,
      results: ['created', 'quarantined'],
      elements: [
        { index: 0, applicantId: 'r-1', result: 'created', version: 1, quarantineId: null, code: null },
        {
          index: 1,
          applicantId: null,
          result: 'quarantined',
          version: null,
          quarantineId: expect.any(String),
          code: 'APPLICANT_ID_MISSING',
        },
      ],
    });
    const third = await operator<ReceiptDto>(`${LIST}/${sent[2]!.toUpperCase()}`);
    expect(third.body).toMatchObject({ receiptId: sent[2], results: ['created', 'duplicate'] });
    expect(third.body.elements).toMatchObject([
      { applicantId: 'r-2', result: 'created', version: 1 },
      { applicantId: 'r-1', result: 'duplicate', version: null },
    ]);
    const broken = await operator<ReceiptDto>(`${LIST}/${sent[3]}`);
    expect(broken.body).toMatchObject({ state: 'rejected', errorCode: 'NOT_JSON', received: 0, results: [] });
    expect(broken.body.elements).toEqual([]);
  });

  it.each([
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '1',
    'x%00',
    '%D9%85',
  ])('404 for %s', async (id) => {
    expectProblem(await owner(`${LIST}/${id}`), 404, 'NOT_FOUND');
    expectProblem(await owner(`${LIST}/${id}/body`), 404, 'NOT_FOUND');
  });
});

describe('GET /api/v1/receipts/{receiptId}/body', () => {
  const raw = (id: string) => rollcall.api(`${LIST}/${id}/body`);

  it('200: M4 answers the bytes exactly as they were received, and records the reading', async () => {
    const bytes = Buffer.from('\ufeff [ {"applicantId" : "raw-1", "x":1.0, "x2":"\\u0645"} ]\n');
    const id = await send('success', gzipSync(bytes), { 'content-encoding': 'gzip' });
    const response = await raw(id);
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': expect.stringContaining('application/json'),
      'content-disposition': `attachment; filename="receipt-${id}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    const audit = await rollcall.sql('select action from audit where subject = $1', [`receipt:${id}`]);
    expect(audit).toEqual([{ action: 'receipt.read' }]);
  });

  it('200: M5 also of bodies that could not be read at all', async () => {
    expect(await (await raw(sent[3]!)).text()).toBe('[{"applicantId": "منى');
  });

  it('200: what claims to be a page is handed over as bytes', async () => {
    const id = await send('success', '[{"applicantId":"raw-2"}]', { 'content-type': 'text/html' });
    expect((await raw(id)).headers.get('content-type')).toBe('application/octet-stream');
  });

  it('M11 403 without pii:read, and nothing is recorded', async () => {
    expectProblem(await operator(`${LIST}/${sent[0]}/body`), 403, 'INSUFFICIENT_SCOPE');
    expect(await rollcall.sql('select 1 from audit where subject = $1', [`receipt:${sent[0]}`])).toEqual([]);
  });
});

describe('GET /api/v1/probes', () => {
  it('200: M3 shows the last Callback-Test first', async () => {
    expect((await operator<ProbePageDto>('/api/v1/probes')).body).toEqual({ items: [], nextCursor: null });
    const probe = (path: string, headers = {}) =>
      fetch(rollcall.url + path, { method: 'POST', headers: { 'callback-test': 'x', ...headers } });
    await probe('/callbacks/success');
    await new Promise((resolve) => setTimeout(resolve, 2));
    await probe('/callbacks/fail', { authorization: `Bearer ${await rollcall.token()}` });
    // a Callback-Test is answered before it is written down
    const all = await eventually(async () => {
      const { body } = await operator<ProbePageDto>('/api/v1/probes');
      return body.items.length === 2 ? body : undefined;
    });
    expect(all.items).toMatchObject([
      { url: '/callbacks/fail', tokenValid: true, remoteAddress: expect.stringContaining('127.0.0.1') },
      { url: '/callbacks/success', tokenValid: false },
    ]);
    const page = (await operator<ProbePageDto>('/api/v1/probes?limit=1')).body;
    expect(page.items).toEqual([all.items[0]]);
    const rest = (await operator<ProbePageDto>(`/api/v1/probes?limit=1&cursor=${page.nextCursor}`)).body;
    expect(rest).toEqual({ items: [all.items[1]], nextCursor: null });
  });

  it('400 and 403 as other lists', async () => {
    expectProblem(await owner('/api/v1/probes?cursor=x'), 400, 'BAD_CURSOR');
    expectProblem(await owner('/api/v1/probes?url=x'), 400, 'UNKNOWN_FILTER');
    expectProblem(
      await (
        await callerWith(rollcall, 'pii:read')
      )('/api/v1/probes'),
      403,
      'INSUFFICIENT_SCOPE',
    );
  });
});
