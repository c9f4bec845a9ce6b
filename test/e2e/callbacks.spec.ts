import { gzipSync, deflateSync } from 'node:zlib';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { Report } from '../../src/inbox/report.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';

let rollcall: TestApp;
let serial = 0;
const aNew = (over: Record<string, unknown> = {}): Record<string, unknown> => {
  serial += 1;
  return { ...anApplicant(), applicantId: `e2e-${serial}`, ...over };
};

beforeAll(async () => {
  rollcall = await startApp({ captureLog: true });
});
afterAll(async () => {
  await rollcall.stop();
});

async function report(response: Response, status = 200): Promise<Report> {
  const text = await response.text();
  expect({ status: response.status, text }).toMatchObject({ status });
  return JSON.parse(text) as Report;
}

async function problem(response: Response, status: number, code: string): Promise<Record<string, unknown>> {
  const text = await response.text();
  expect({ status: response.status, text }).toMatchObject({ status });
  expect(response.headers.get('content-type')).toMatch('application/problem+json');
  const document = JSON.parse(text) as Record<string, unknown>;
  expect(document).toMatchObject({ status, code, requestId: response.headers.get('x-request-id') });
  return document;
}

const results = (answer: Report): string[] => answer.items.map((item) => item.result);
const versionsOf = (id: unknown) =>
  rollcall.sql<{ version: number; event: string; flags: string[] }>(
    'select version, event, flags from changes where applicant_id = $1 order by version',
    [id],
  );

describe('M3 Callback-Test', () => {
  test.each(['', 'false', 'true', '1'])(
    'present with the value "%s": 200 on every URL, without a token or a body',
    async (value) => {
      for (const path of ['/callbacks/success', '/callbacks/fail', '/callbacks', '/callbacks/success/?x=1']) {
        const response = await fetch(rollcall.url + path, {
          method: 'POST',
          headers: { 'Callback-Test': value },
        });
        expect(response.status).toBe(200);
        expect(await response.json()).toEqual({ status: 'ok', test: true });
      }
    },
  );

  test.each([
    ['malformed', 'application/json', '{"applicants": ['],
    ['XML', 'application/xml', '<a/>'],
    ['of no type that exists', ';;;', 'x'],
    ['huge', 'application/json', 'x'.repeat(20 * 1024 * 1024)],
    ['a sound list', 'application/json', JSON.stringify([anApplicant({ applicantId: 'never-applied' })])],
  ])('a body that is %s is ignored', async (_, type, body) => {
    const response = await fetch(`${rollcall.url}/callbacks/success`, {
      method: 'POST',
      headers: { 'Callback-Test': 'true', 'content-type': type },
      body,
    });
    expect(response.status).toBe(200);
    expect(await rollcall.sql(`select 1 from applicants where applicant_id = 'never-applied'`)).toEqual([]);
  });

  test('one probe record says when, from where, which URL, and whether a valid token was there', async () => {
    const headers = { 'Callback-Test': 'true', authorization: `Bearer ${await rollcall.token()}` };
    await fetch(`${rollcall.url}/callbacks/fail`, { method: 'POST', headers });
    await eventually(async () => (await rollcall.sql('select 1 from probes where token_valid')).length > 0);
    expect(
      await rollcall.sql('select url, remote_address, token_valid from probes where token_valid'),
    ).toEqual([{ url: '/callbacks/fail', remote_address: '127.0.0.1', token_valid: true }]);
  });
});

describe('M4 receive', () => {
  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
  ])('a %s body is inflated', async (encoding, compress) => {
    const answer = await rollcall.callback('success', compress(JSON.stringify([aNew()])), {
      'content-encoding': encoding,
    });
    expect(results(await report(answer))).toEqual(['created']);
  });

  test('UTF-8 with BOM, and no content type at all, are taken', async () => {
    const body = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(JSON.stringify([aNew()]))]);
    expect(results(await report(await rollcall.callback('success', body)))).toEqual(['created']);
    expect((await raw({ body: JSON.stringify([aNew()]) })).status).toBe(200);
  });

  test.each([
    'text/plain',
    'text/html; charset=utf-8',
    'application/octet-stream',
    'application/json; charset=UTF-8',
    'application/vnd.enroll+json',
    'nonsense',
  ])('content type %s is tolerated where the bytes parse', async (type) => {
    expect(
      results(await report(await rollcall.callback('success', [aNew()], { 'content-type': type }))),
    ).toEqual(['created']);
  });

  test.each([
    'application/xml',
    'text/xml',
    'application/soap+xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
  ])('content type %s is 415', async (type) => {
    await problem(
      await rollcall.callback('success', 'a=1', { 'content-type': type }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    );
  });

  test('UTF-16 by its bytes and an unknown content encoding are 415', async () => {
    const utf16 = Buffer.from(`\ufeff${JSON.stringify([aNew()])}`, 'utf16le');
    await problem(await rollcall.callback('success', utf16), 415, 'UNSUPPORTED_MEDIA_TYPE');
    await problem(
      await rollcall.callback('success', 'x', { 'content-encoding': 'br' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    );
  });

  test('a body over the limit is 413, declared or chunked, and so is a gzip bomb', async () => {
    const large = JSON.stringify([aNew({ address: 'x'.repeat(17 * 1024 * 1024) })]);
    const declared = await raw({ body: large });
    expect(declared.status).toBe(413);
    expect((await raw({ body: large, chunked: true })).status).toBe(413);
    await problem(await rollcall.callback('success', large), 413, 'BODY_TOO_LARGE');
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));
    await problem(
      await rollcall.callback('success', bomb, { 'content-encoding': 'gzip' }),
      413,
      'BODY_TOO_LARGE',
    );
  });

  test('a damaged gzip body is 400', async () => {
    const cut = gzipSync(JSON.stringify([aNew()])).subarray(0, 40);
    await problem(
      await rollcall.callback('success', cut, { 'content-encoding': 'gzip' }),
      400,
      'BAD_ENCODING',
    );
  });

  test('a chunked body, and one announced by Expect: 100-continue, are taken', async () => {
    expect((await raw({ body: JSON.stringify([aNew()]), chunked: true })).status).toBe(200);
    expect((await raw({ body: JSON.stringify([aNew()]), headers: { expect: '100-continue' } })).status).toBe(
      200,
    );
  });

  test('a refused request is answered before its body has arrived', async () => {
    const socket = connect(Number(new URL(rollcall.url).port), '127.0.0.1');
    socket.write(
      'POST /callbacks/success HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n[',
    );
    const answer = await new Promise<string>((resolve) =>
      socket.once('data', (data) => resolve(data.toString())),
    );
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1.1 401 /);
  });

  test('the bytes of a receipt are kept sealed, with their length and where they came from', async () => {
    const body = `  ${JSON.stringify([aNew()])}\n`;
    const { receiptId } = await report(await rollcall.callback('fail', body));
    const [row] = await rollcall.sql<{ body: Buffer }>(
      'select *, length(body) as sealed from receipts where id = $1',
      [receiptId],
    );
    expect(row).toMatchObject({
      kind: 'fail',
      source: 'callback',
      state: 'applied',
      client_id: 'enroll',
      remote_address: '127.0.0.1',
      body_bytes: Buffer.byteLength(body),
      results: 'C',
    });
    expect(row?.body.includes('applicantId')).toBe(false);
  });
});

describe('M5 shape', () => {
  test.each([
    ['an array', (one: unknown) => [one]],
    ['{applicants}', (one: unknown) => ({ applicants: [one] })],
    ['{Applicants} beside other keys', (one: unknown) => ({ total: 1, Applicants: [one] })],
    ['one applicant', (one: unknown) => one],
  ])('%s is taken', async (_, wrap) => {
    expect(results(await report(await rollcall.callback('success', wrap(aNew()))))).toEqual(['created']);
  });

  test.each([
    ['malformed JSON', '[{"applicantId":"x"}', 'NOT_JSON'],
    ['an empty body', ' ', 'NOT_JSON'],
    ['a number', '5', 'WRONG_SHAPE'],
    ['null', 'null', 'WRONG_SHAPE'],
    ['an object of another shape', '{"hello":"world"}', 'WRONG_SHAPE'],
    ['applicants that is no list', '{"applicants":5}', 'WRONG_SHAPE'],
    ['bytes that are no UTF-8', Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]), 'NOT_UTF8'],
    ['20,000 levels', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'TOO_DEEP'],
  ])('%s is 400 and its bytes are kept', async (_, body, code) => {
    const { receiptId } = await problem(await rollcall.callback('success', body), 400, code);
    const rows = await rollcall.sql('select state, error_code, body_bytes from receipts where id = $1', [
      receiptId,
    ]);
    expect(rows).toEqual([{ state: 'rejected', error_code: code, body_bytes: Buffer.from(body).length }]);
  });

  test('no body at all is 400', async () => {
    await problem(await rollcall.callback('success', ''), 400, 'NOT_JSON');
  });

  test('an empty list is 200 with nothing received', async () => {
    expect(await report(await rollcall.callback('success', []))).toMatchObject({
      received: 0,
      applied: 0,
      items: [],
    });
  });

  test.each([
    ['a number', '5', 'NOT_AN_OBJECT'],
    ['null', 'null', 'NOT_AN_OBJECT'],
    ['a list', '[]', 'NOT_AN_OBJECT'],
    ['__proto__', '{"applicantId":"p-1","__proto__":{"isUpdate":true}}', 'FORBIDDEN_KEY'],
    ['duplicate keys', '{"applicantId":"d-1","applicantId":"d-2"}', 'DUPLICATE_KEY'],
    ['300 levels', `{"applicantId":"deep-1","x":${'['.repeat(300)}${']'.repeat(300)}}`, 'TOO_DEEP'],
    ['no applicantId', '{"firstName":"x"}', 'APPLICANT_ID_MISSING'],
    ['a blank applicantId', '{"applicantId":"  "}', 'APPLICANT_ID_MISSING'],
    ['a long applicantId', `{"applicantId":"${'x'.repeat(129)}"}`, 'APPLICANT_ID_TOO_LONG'],
    ['an applicantId that is a list', '{"applicantId":["x"]}', 'APPLICANT_ID_WRONG_TYPE'],
    ['isUpdate of another type', '{"applicantId":"u-1","isUpdate":"perhaps"}', 'IS_UPDATE_WRONG_TYPE'],
  ])('M5, M6: an element that is %s is quarantined alone', async (_, element, code) => {
    const sound = JSON.stringify(aNew());
    const answer = await report(
      await rollcall.callback('success', `[${sound},${element},${JSON.stringify(aNew())}]`),
    );
    expect(answer).toMatchObject({ received: 3, applied: 2, quarantined: 1 });
    expect(answer.items[1]).toMatchObject({ index: 1, result: 'quarantined', code });
    const rows = await rollcall.sql(
      'select code, element_index, state, element_bytes from quarantine where receipt_id = $1',
      [answer.receiptId],
    );
    expect(rows).toEqual([
      { code, element_index: 1, state: 'open', element_bytes: Buffer.byteLength(element) },
    ]);
  });

  test('10,000 applicants in one body are applied', async () => {
    const template = anApplicant();
    const list = Array.from({ length: 10_000 }, (_, at) => ({
      ...template,
      applicantId: `ten-thousand-${at}`,
      idNumber: null,
    }));
    const answer = await report(await rollcall.callback('success', list));
    expect(answer).toMatchObject({ received: 10_000, applied: 10_000 });
    const [row] = await rollcall.sql(
      `select state, applied, length(results) as results from receipts where id = $1`,
      [answer.receiptId],
    );
    expect(row).toEqual({ state: 'applied', applied: 10_000, results: 10_000 });
    expect(
      await rollcall.sql(`select count(*)::int as n from changes where receipt_id = $1`, [answer.receiptId]),
    ).toEqual([{ n: 10_000 }]);
  });
});

describe('M6 elements', () => {
  test('ids keep every digit, and U+0000 and lone surrogates do not harm', async () => {
    const answer = await report(
      await rollcall.callback(
        'success',
        `[{"applicantId":123456789012345678901234567890,"firstName":"a\\u0000b\\ud800","status":1e400,"extra":9007199254740993}]`,
      ),
    );
    expect(answer.items).toEqual([
      { index: 0, applicantId: '123456789012345678901234567890', result: 'created' },
    ]);
    const [row] = await rollcall.sql<{ flags: string[] }>(
      `select first_name, flags from applicants where applicant_id = '123456789012345678901234567890'`,
    );
    expect(row).toMatchObject({ first_name: 'ab' });
    expect(row?.flags).toEqual(
      expect.arrayContaining([
        'removedCharacters',
        'coerced:applicantId',
        'wrongType:status',
        'statusMissing',
      ]),
    );
  });

  test('an over-long text is kept whole and flagged, and unknown keys are kept', async () => {
    const element = aNew({ firstName: 'ن'.repeat(5000), branch: { code: 7 } });
    await report(await rollcall.callback('success', [element]));
    const [row] = await rollcall.sql<{ flags: string[] }>(
      'select length(first_name) as n, flags from applicants where applicant_id = $1',
      [element.applicantId],
    );
    expect(row).toMatchObject({ n: 5000 });
    expect(row?.flags).toContain('longText:firstName');
  });
});

describe('M7 answer', () => {
  test('every element hard-bad: 422 with the same report, bytes kept', async () => {
    const document = await problem(
      await rollcall.callback('success', [1, { applicantId: '' }]),
      422,
      'ALL_ELEMENTS_REFUSED',
    );
    expect(document).toMatchObject({ received: 2, applied: 0, duplicates: 0, quarantined: 2 });
    expect((document.items as Report['items']).map((item) => item.code)).toEqual([
      'NOT_AN_OBJECT',
      'APPLICANT_ID_MISSING',
    ]);
    expect(
      await rollcall.sql('select quarantined from receipts where id = $1', [document.receiptId]),
    ).toEqual([{ quarantined: 2 }]);
  });

  test('the status is exactly 200', async () => {
    expect((await rollcall.callback('fail', [aNew({ status: 5 })])).status).toBe(200);
  });
});

describe('M8 apply', () => {
  test('A8: the same list twice is answered 200 and stored once', async () => {
    const list = [aNew(), aNew()];
    expect(results(await report(await rollcall.callback('success', list)))).toEqual(['created', 'created']);
    expect(await report(await rollcall.callback('success', list))).toMatchObject({
      applied: 0,
      duplicates: 2,
    });
    expect(await versionsOf(list[0]?.applicantId)).toHaveLength(1);
  });

  test('one applicant twice in one list: the second decides on the first', async () => {
    const first = aNew();
    const list = [
      first,
      { ...first, isUpdate: true, firstName: 'مها' },
      first,
      { ...first, isUpdate: true, firstName: 'مها' },
    ];
    expect(results(await report(await rollcall.callback('success', list)))).toEqual([
      'created',
      'updated',
      'stale',
      'duplicate',
    ]);
    expect((await versionsOf(first.applicantId)).map((row) => row.version)).toEqual([1, 2]);
  });

  test('A9: a stale redelivery is recorded and not applied', async () => {
    const first = aNew();
    await rollcall.callback('success', [first]);
    await rollcall.callback('success', [{ ...first, isUpdate: true, firstName: 'مها' }]);
    const answer = await report(await rollcall.callback('success', [first]));
    expect(answer).toMatchObject({ applied: 0, duplicates: 1, items: [{ result: 'stale', code: 'stale' }] });
    expect(await rollcall.sql('select results from receipts where id = $1', [answer.receiptId])).toEqual([
      { results: 'S' },
    ]);
    expect(await versionsOf(first.applicantId)).toHaveLength(2);
  });

  test('parallel deliveries of one applicant: each is a version or a duplicate, none is lost, none is a 5xx', async () => {
    const first = aNew();
    const others = [aNew(), aNew()];
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        rollcall.callback('success', [
          others[at % 2],
          { ...first, isUpdate: at > 0, address: `address ${at % 20}` },
          others[(at + 1) % 2],
        ]),
      ),
    );
    const reports = await Promise.all(answers.map((answer) => report(answer)));
    const written = reports.map((one) => one.items[1]?.result);
    const versions = await versionsOf(first.applicantId);
    expect(versions.map((row) => row.version)).toEqual(versions.map((_, at) => at + 1));
    expect(written.filter((result) => result === 'created' || result === 'updated')).toHaveLength(
      versions.length,
    );
    expect(written.filter((result) => result === 'created')).toHaveLength(1);
    for (const { applicantId } of others) expect(await versionsOf(applicantId)).toHaveLength(1);
    expect(await rollcall.sql(`select 1 from receipts where state = 'pending'`)).toEqual([]);
  });

  test('A22: a second applicant with the same idNumber is another record, linked by a flag', async () => {
    const idNumber = '29703012357788';
    const [one, two] = [aNew({ idNumber }), aNew({ idNumber: '٢٩٧٠٣٠١٢٣٥٧٧٨٨' })];
    await report(await rollcall.callback('success', [one]));
    await report(await rollcall.callback('success', [two]));
    const rows = await rollcall.sql<{ flags: string[] }>(
      'select flags from applicants where applicant_id = any($1) order by first_received_at',
      [[one.applicantId, two.applicantId]],
    );
    expect(rows.map((row) => row.flags.includes('samePerson'))).toEqual([false, true]);
  });

  test('the same content under two applicants is two applicants', async () => {
    const [one, two] = [aNew(), aNew()];
    expect(
      results(
        await report(
          await rollcall.callback('success', [{ ...one }, { ...one, applicantId: two.applicantId }]),
        ),
      ),
    ).toEqual(['created', 'created']);
  });
});

describe('what the log holds', () => {
  test('no line holds a value of the applicants, a token or a secret', async () => {
    const secretive = aNew({
      firstName: 'زينبالسرية',
      idNumber: '28801010123456',
      emails: ['leak@example.com'],
      phoneNumbers: ['+201099999999'],
      address: 'شارع التسريب',
    });
    const token = await rollcall.token();
    await rollcall.callback('success', [secretive, { ...secretive, applicantId: {} }]);
    await rollcall.callback('success', `[{"firstName":"زينبالسرية"`);
    await rollcall.callback('success', [secretive], { authorization: `Bearer ${token}x` });
    await fetch(`${rollcall.url}/api/v1/applicants?idNumber=28801010123456`, {
      headers: { authorization: 'Bearer leaked-key-leaked-key' },
    });
    await eventually(() =>
      Promise.resolve(rollcall.log.filter((line) => line.includes('"event":"callback"')).length > 3),
    );
    const log = rollcall.log.join('');
    expect(log).toContain('"event":"callback"');
    for (const secret of [
      'زينبالسرية',
      '28801010123456',
      'leak@example.com',
      '01099999999',
      'التسريب',
      token,
      'leaked-key',
      'a-chosen-secret',
    ]) {
      expect(log).not.toContain(secret);
    }
  });
});

/** A request below fetch: without a content type, chunked, or with `Expect`. */
async function raw(given: {
  body: string;
  chunked?: boolean;
  headers?: Record<string, string>;
}): Promise<{ status: number }> {
  const { port } = new URL(rollcall.url);
  const token = await rollcall.token();
  const length = given.chunked === true ? {} : { 'content-length': String(Buffer.byteLength(given.body)) };
  return new Promise((resolve, reject) => {
    const sending = httpRequest(
      {
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/callbacks/success',
        agent: false,
        headers: { authorization: `Bearer ${token}`, ...length, ...given.headers },
      },
      (response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0 });
      },
    );
    sending.on('error', reject);
    if (given.headers?.expect !== undefined) sending.on('continue', () => sending.end(given.body));
    else sending.end(given.body);
  });
}
