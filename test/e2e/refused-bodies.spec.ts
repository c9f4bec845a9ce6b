import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { ReceiptDto } from '../../src/inbox/receipts.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';

const MIB = 1024 * 1024;
const KEPT = 64 * 1024;

let rollcall: TestApp;
let authorization: string;
let serial = 0;
const aList = (over: Record<string, unknown> = {}): string =>
  JSON.stringify([{ ...anApplicant(), applicantId: `encoded-${(serial += 1)}`, ...over }]);

beforeAll(async () => {
  rollcall = await startApp();
  authorization = `Bearer ${await rollcall.token()}`;
});
afterAll(() => rollcall.stop());

interface Refusal {
  status: number;
  code: string;
  receiptId: string;
  detail: string;
}

/** Sends a body with its length declared, or in chunks without. */
function send(body: Buffer, headers: Record<string, string>, chunked = false): Promise<Refusal> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${rollcall.url}/callbacks/success`,
      {
        agent: false,
        method: 'POST',
        headers: {
          authorization,
          'content-type': 'application/json',
          ...(chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': body.length }),
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve(JSON.parse(text) as Refusal));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

const receiptOf = async (id: string): Promise<ReceiptDto> =>
  (await (await rollcall.api(`/api/v1/receipts/${id}`)).json()) as ReceiptDto;

describe('M4: one coding, however it is spelled', () => {
  test.each<[string, string, (text: string) => Buffer]>([
    ['gzip', 'gzip', gzipSync],
    ['gzip in capitals', 'GZIP', gzipSync],
    ['its old name', 'x-gzip', gzipSync],
    ['a comma behind it', 'gzip,', gzipSync],
    ['identity beside it', 'gzip, identity', gzipSync],
    ['empty members before it', ' , ,identity, gzip', gzipSync],
    ['identity', 'identity', Buffer.from],
    ['nothing between commas', ',,', Buffer.from],
    ["deflate in zlib's format", 'deflate', deflateSync],
    [
      "deflate in zlib's format, fastest",
      'deflate',
      (text) => deflateSync(text, { level: 1, windowBits: 9 }),
    ],
    ['raw deflate', 'deflate', deflateRawSync],
    ['raw deflate in capitals', 'Deflate', deflateRawSync],
    ['raw deflate of stored blocks', 'deflate', (text) => deflateRawSync(text, { level: 0 })],
    ['raw deflate with fixed codes', 'deflate', (text) => deflateRawSync(text, { strategy: 4 })],
  ])('%s', async (_, encoding, compress) => {
    const answer = await rollcall.callback('success', compress(aList({ address: 'شارع '.repeat(600) })), {
      authorization,
      'content-encoding': encoding,
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ applied: 1 });
  });
});

/** What arrives with a good token and is refused before anybody could read it. */
const REFUSED: [
  name: string,
  status: number,
  code: string,
  body: () => Buffer,
  headers: Record<string, string>,
][] = [
  ['17 MiB', 413, 'BODY_TOO_LARGE', () => Buffer.from(aList({ address: 'x'.repeat(17 * MIB) })), {}],
  ['17 MiB of XML', 413, 'BODY_TOO_LARGE', () => Buffer.alloc(17 * MIB, '<a/>'), {}],
  [
    'a gzip bomb',
    413,
    'BODY_TOO_LARGE',
    () => gzipSync(Buffer.alloc(64 * MIB, ' ')),
    { 'content-encoding': 'gzip' },
  ],
  ['brotli', 415, 'UNSUPPORTED_MEDIA_TYPE', () => brotliCompressSync(aList()), { 'content-encoding': 'br' }],
  ['zstd', 415, 'UNSUPPORTED_MEDIA_TYPE', () => Buffer.alloc(200_000, 'z'), { 'content-encoding': 'zstd' }],
  [
    'two codings',
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    () => gzipSync(gzipSync(aList())),
    { 'content-encoding': 'gzip, gzip' },
  ],
  [
    'gzip cut short',
    400,
    'BAD_ENCODING',
    () => gzipSync(aList()).subarray(0, -9),
    { 'content-encoding': 'gzip' },
  ],
  ['JSON that says gzip', 400, 'BAD_ENCODING', () => Buffer.from(aList()), { 'content-encoding': 'gzip' }],
  [
    'damaged deflate',
    400,
    'BAD_ENCODING',
    () => Buffer.from([0x78, 0x9c, 0xff, 0xff]),
    { 'content-encoding': 'deflate' },
  ],
  [
    'a form',
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    () => Buffer.from('applicantId=1'),
    { 'content-type': 'application/x-www-form-urlencoded' },
  ],
  ['XML', 415, 'UNSUPPORTED_MEDIA_TYPE', () => Buffer.from('<a>1</a>'), { 'content-type': 'text/xml' }],
  [
    'UTF-16 by its type',
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    () => Buffer.from(aList(), 'utf16le'),
    { 'content-type': 'application/json; charset=utf-16' },
  ],
];

describe('whatever arrives and is authenticated leaves a trace', () => {
  describe.each([
    ['of declared length', false],
    ['in chunks', true],
  ])('%s', (_, chunked) => {
    test.each(REFUSED)(
      '%s is %d with a receipt of its first 64 KiB as sent',
      async (__, status, code, body, headers) => {
        const sent = body();
        const refusal = await send(sent, headers, chunked);
        expect(refusal).toMatchObject({ status, code, detail: expect.stringContaining('kept as received') });
        const { sentBytes, ...receipt } = await receiptOf(refusal.receiptId);
        expect(receipt).toMatchObject({
          state: 'rejected',
          errorCode: code,
          clientId: 'enroll',
          kind: 'success',
          contentType: headers['content-type'] ?? 'application/json',
          contentEncoding: headers['content-encoding'] ?? null,
          received: 0,
          results: [],
          bodyBytes: Math.min(sent.length, KEPT),
        });
        if (chunked && sent.length > KEPT) {
          // nobody declared it: what had come when it was refused
          expect(sentBytes).toBeGreaterThan(KEPT - 1);
          expect(sentBytes).toBeLessThanOrEqual(sent.length);
        } else expect(sentBytes).toBe(sent.length);
        const kept = await rollcall.api(`/api/v1/receipts/${refusal.receiptId}/body`);
        expect(kept.headers.get('content-type')).toBe('application/octet-stream');
        expect(kept.headers.get('content-encoding')).toBeNull();
        expect(Buffer.from(await kept.arrayBuffer()).equals(sent.subarray(0, KEPT))).toBe(true);
      },
    );
  });

  test('what is kept is sealed', async () => {
    const { receiptId } = await send(Buffer.from('secret=29703012357788'), { 'content-type': 'text/xml' });
    const [row] = await rollcall.sql<{ body: Buffer }>('select body from receipts where id = $1', [
      receiptId,
    ]);
    expect(row?.body.includes('29703012357788')).toBe(false);
  });

  test('UTF-16 by its bytes alone is kept whole, as other bodies that could be read', async () => {
    const utf16 = Buffer.from(`\ufeff${aList()}`, 'utf16le');
    const { receiptId, code } = await send(utf16, {});
    expect(code).toBe('UNSUPPORTED_MEDIA_TYPE');
    expect(await receiptOf(receiptId)).toMatchObject({
      state: 'rejected',
      errorCode: code,
      bodyBytes: utf16.length,
      sentBytes: null,
    });
  });

  test('a body that was read says nothing of bytes on the wire', async () => {
    const answer = await rollcall.callback('success', gzipSync('[1]'), {
      authorization,
      'content-encoding': 'gzip',
    });
    const { receiptId } = (await answer.json()) as Refusal;
    expect(await receiptOf(receiptId)).toMatchObject({
      bodyBytes: 3,
      sentBytes: null,
      contentEncoding: null,
    });
  });

  test('a body that breaks off leaves a receipt of what came', async () => {
    const socket = connect(Number(new URL(rollcall.url).port), '127.0.0.1');
    const head = `POST /callbacks/fail HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Length: 1000\r\n\r\n`;
    socket.write(`${head}[{"applicantId":"broken-off"`);
    await sleep(200);
    socket.destroy();
    const aborted = () =>
      rollcall.sql<{ id: string }>(`select id from receipts where error_code = 'BODY_ABORTED'`);
    while ((await aborted()).length === 0) await sleep(20);
    const [{ id }] = (await aborted()) as [{ id: string }];
    expect(await receiptOf(id)).toMatchObject({
      state: 'rejected',
      kind: 'fail',
      bodyBytes: 28,
      sentBytes: 28,
    });
  });

  test('a length that no body has is refused once a second has passed, and is recorded', async () => {
    const socket = connect(Number(new URL(rollcall.url).port), '127.0.0.1');
    socket.write(
      `POST /callbacks HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Length: 18000000000000000000\r\n\r\n[`,
    );
    const answer = await new Promise<string>((resolve) =>
      socket.once('data', (data) => resolve(String(data))),
    );
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    const [row] = await rollcall.sql('select sent_bytes, body_bytes from receipts order by id desc limit 1');
    expect(row).toEqual({ sent_bytes: String(Number.MAX_SAFE_INTEGER), body_bytes: 1 });
  });

  test('without a token nothing is read and nothing is kept', async () => {
    const before = await rollcall.sql('select count(*)::int as n from receipts');
    const answer = await rollcall.callback('success', '<a/>', {
      authorization: 'none',
      'content-type': 'text/xml',
    });
    expect(answer.status).toBe(401);
    expect(await rollcall.sql('select count(*)::int as n from receipts')).toEqual(before);
  });

  test('the list of receipts shows them', async () => {
    const list = (await (await rollcall.api('/api/v1/receipts?state=rejected&limit=200')).json()) as {
      items: ReceiptDto[];
    };
    expect(new Set(list.items.map(({ errorCode }) => errorCode))).toEqual(
      new Set(['BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'BAD_ENCODING', 'BODY_ABORTED']),
    );
    for (const { sentBytes, bodyBytes } of list.items)
      expect(bodyBytes).toBeLessThanOrEqual(sentBytes ?? bodyBytes);
  });
});
