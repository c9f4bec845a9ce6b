import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { API_KEY, startApp, type TestApp } from '../harness/app.js';

jest.setTimeout(60_000);

let rollcall: TestApp;

beforeAll(async () => {
  rollcall = await startApp();
});
afterAll(() => rollcall.stop());

interface Answered {
  status: number;
  headers: Headers;
  problem: Record<string, unknown>;
}

/** One request in bytes, as no client library would let it out. */
async function send(request: string, encoding: BufferEncoding = 'utf8'): Promise<Answered> {
  const socket = connect(Number(new URL(rollcall.url).port), '127.0.0.1');
  socket.write(Buffer.from(request, encoding));
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n', 2);
  const [line = '', ...headers] = head.split('\r\n');
  return {
    status: Number(line.split(' ')[1]),
    headers: new Headers(headers.map((header) => header.split(/: ?/, 2) as [string, string])),
    problem: JSON.parse(body) as Record<string, unknown>,
  };
}

function get(target: string): string {
  return `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${API_KEY}\r\n\r\n`;
}

/** The same from a caller with other headers than one `Host`. */
function withHosts(hosts: string, line = 'GET /health/live HTTP/1.1'): string {
  return `${line}\r\n${hosts}Connection: close\r\n\r\n`;
}

const NO_HOST = { status: 400, code: 'BAD_REQUEST', detail: 'The request lacks the header Host' };
const NO_SUCH_HOST = { ...NO_HOST, detail: 'The request has more than one Host, or an invalid one' };
const TO_ENCODE = { status: 400, code: 'URL_NOT_ENCODED', detail: expect.stringContaining('UTF-8') };

test.each<[string, string, BufferEncoding, object]>([
  ['Arabic in the query, as it is', get('/api/v1/quarantine?applicantId=محمد'), 'utf8', TO_ENCODE],
  ['Arabic in the path, as it is', get('/api/v1/applicants/محمد'), 'utf8', TO_ENCODE],
  ['Latin-1 in the query', get('/api/v1/quarantine?applicantId=\xe9'), 'latin1', TO_ENCODE],
  [
    'Windows-1256 in the query, percent-encoded',
    get('/api/v1/quarantine?applicantId=%E3%CD%E3%CF'),
    'utf8',
    { ...TO_ENCODE, instance: '/api/v1/quarantine' },
  ],
  [
    'a % that stands for itself',
    get('/api/v1/quarantine?applicantId=100%'),
    'utf8',
    { ...TO_ENCODE, instance: '/api/v1/quarantine' },
  ],
  [
    'headers beyond 16 KiB',
    get(`/health/live?${'x'.repeat(20_000)}`),
    'utf8',
    { status: 431, code: 'HEADERS_TOO_LARGE' },
  ],
  ['a request without Host', withHosts(''), 'utf8', { ...NO_HOST, instance: '/health/live' }],
  ['two Hosts', withHosts('Host: x\r\nhOST: x\r\n'), 'utf8', NO_SUCH_HOST],
  ['two Hosts of HTTP/1.0', withHosts('Host: x\r\nHost: y\r\n', 'GET / HTTP/1.0'), 'utf8', NO_SUCH_HOST],
  ['a Host with a path', withHosts('Host: x/y\r\n'), 'utf8', NO_SUCH_HOST],
  ['a Host with a user', withHosts('Host: mona@x\r\n'), 'utf8', NO_SUCH_HOST],
  ['a list of Hosts', withHosts('Host: x, y\r\n'), 'utf8', NO_SUCH_HOST],
  ['what is no HTTP', 'EHLO bank.example\r\n\r\n', 'utf8', { status: 400, code: 'BAD_REQUEST' }],
])('%s is answered with a problem document that says so', async (_what, request, encoding, expected) => {
  const { status, headers, problem } = await send(request, encoding);
  expect({ ...problem, status }).toMatchObject(expected);
  expect(problem).toMatchObject({ status, type: expect.stringMatching(/^urn:rollcall:problem:/) });
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': problem['requestId'],
  });
  expect(JSON.stringify(problem)).not.toMatch(/محمد|E3%CD|100%/);
});

test('percent-encoded UTF-8 is understood, and a callback URL may have any query', async () => {
  expect((await send(get('/api/v1/quarantine?applicantId=%D9%85%25'))).status).toBe(200);
  const answer = await fetch(`${rollcall.url}/callbacks/success?from=100%&x=%E3`, {
    method: 'POST',
    headers: { 'callback-test': '1' },
  });
  expect(answer.status).toBe(200);
});

test.each(['Host: [2001:db8::1]:3000', 'Host: rollcall.example.org:3000', 'Host: x_1.local', 'Host:'])(
  '"%s" is a Host',
  async (host) => {
    expect((await send(withHosts(`${host}\r\n`))).status).toBe(200);
  },
);

test('a probe of HTTP/1.0 needs no Host, and an expectation that nobody knows is ignored', async () => {
  expect((await send(withHosts('', 'GET /health/live HTTP/1.0'))).status).toBe(200);
  const { status, headers } = await send(withHosts('Host: x\r\nExpect: 200-maybe\r\n'));
  expect(status).toBe(200);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

test('neither a callback nor a Callback-Test without Host goes any further', async () => {
  const authorization = `Authorization: Bearer ${await rollcall.token()}`;
  for (const header of [authorization, 'Callback-Test: 1']) {
    const line = 'POST /callbacks/success HTTP/1.1';
    const { status, problem } = await send(withHosts(`${header}\r\nContent-Length: 2\r\n`, line));
    expect({ ...problem, status }).toMatchObject(NO_HOST);
  }
  expect(await rollcall.sql('select id from receipts')).toEqual([]);
});
