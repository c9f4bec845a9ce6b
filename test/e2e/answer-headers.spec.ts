import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { HttpServer } from '../../src/http-server.js';
import { WaitingRoom } from '../../src/waiting-room.js';
import { startApp, type TestApp } from '../harness/app.js';

jest.setTimeout(60_000);

let rollcall: TestApp;

beforeAll(async () => {
  rollcall = await startApp({
    env: {
      ROLLCALL_API_REFUSALS_PER_MINUTE: '100000',
      ROLLCALL_PUBLIC_URL: 'https://rollcall.example.org/base',
      ROLLCALL_SECURITY_CONTACT: 'mailto:security@example.org',
    },
  });
});
afterAll(() => rollcall.stop());

const SAFE = {
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'content-security-policy': expect.stringMatching(
    /^default-src 'none';.*base-uri 'none'.* frame-ancestors 'none'$/,
  ) as string,
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

async function headersOf(asked: string, init: RequestInit): Promise<Record<string, string>> {
  const answer = await fetch(rollcall.url + asked, init);
  await answer.arrayBuffer();
  return Object.fromEntries(answer.headers);
}

test.each<[string, RequestInit]>([
  ['/health/live', {}],
  ['/health/ready', {}],
  ['/metrics', {}],
  ['/docs', {}],
  ['/docs/swagger-ui.css', {}],
  ['/openapi.json', {}],
  ['/console', {}],
  ['/console/assets/nowhere.js', {}],
  ['/invite', {}],
  ['/.well-known/jwks.json', {}],
  ['/.well-known/security.txt', {}],
  ['/nowhere', {}],
  ['/things/%zz', {}],
  ['/oauth/token', { method: 'POST' }],
  ['/oauth/token', { method: 'GET' }],
  ['/callbacks/success', { method: 'POST', body: '[]' }],
  ['/callbacks/success', { method: 'POST', headers: { 'callback-test': '1' } }],
])('nosniff, HSTS and a policy stand on the answer of %s %o', async (path, init) => {
  expect(await headersOf(path, init)).toMatchObject(SAFE);
});

test.each<[string, RequestInit, number]>([
  ['/nowhere', {}, 404],
  ['/nowhere', { method: 'POST', body: '{}' }, 404],
  ['/api/v1/nowhere', {}, 404],
  ['/docs/nowhere.js', {}, 404],
  ['/api/v1/applicants', { method: 'DELETE' }, 405],
  ['/api/v1/applicants?x=%ff', {}, 400],
  ['/api/v1/applicants', {}, 401],
])('a refusal is protected as what is served: %s %o, %i', async (path, init, status) => {
  const answer = await fetch(rollcall.url + path, init);
  await answer.arrayBuffer();
  expect(answer.status).toBe(status);
  const isPage = path.startsWith('/docs');
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    ...SAFE,
    'cache-control': 'no-store',
    'content-security-policy': isPage
      ? expect.stringContaining("script-src 'self'")
      : "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    'x-frame-options': 'SAMEORIGIN',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  });
});

test('no-store, too, on every answer of /api: of each operation, taken or refused', async () => {
  const document = (await (await fetch(`${rollcall.url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/api/'));
  expect(paths.length).toBeGreaterThan(30);
  for (const [path, methods] of paths) {
    for (const method of Object.keys(methods).map((name) => name.toUpperCase())) {
      const url = path.replaceAll(/\{[^}]+\}/g, 'x');
      const answer = await rollcall.api(url, { method, signal: AbortSignal.timeout(20_000) });
      await answer.body?.cancel();
      expect({ method, path, ...Object.fromEntries(answer.headers) }).toMatchObject({
        ...SAFE,
        'cache-control': 'no-store',
      });
      expect(await headersOf(url, { method })).toMatchObject({ ...SAFE, 'cache-control': 'no-store' });
    }
  }
});

async function raw(server: { address(): unknown }, request: string): Promise<Record<string, string>> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(request);
  const [head = ''] = (await text(socket)).split('\r\n\r\n');
  const lines = head.split('\r\n').slice(1);
  return Object.fromEntries(lines.map((line) => line.split(': ') as [string, string]));
}

test.each([
  ['no HTTP', 'nonsense\r\n\r\n'],
  ['no Host', 'GET /callbacks HTTP/1.1\r\n\r\n'],
  ['headers that are too large', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`],
  ['a URL that is not encoded', 'GET /\u0645 HTTP/1.1\r\nHost: x\r\n\r\n'],
])('the same stand on what is no request that we read: %s', async (_what, request) => {
  expect(await raw(rollcall.app.getHttpServer() as unknown as HttpServer, request)).toMatchObject(SAFE);
});

test('and on what the waiting room answers', async () => {
  const server = new HttpServer({ isHttps: true });
  const room = new WaitingRoom(server);
  await room.open(0, '127.0.0.1');
  for (const path of ['/health/live', '/health/ready', '/callbacks'])
    expect(await raw(server, `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatchObject(SAFE);
  await room.close();
});

test('HSTS is not said where callers come by plain HTTP, unless a trusted proxy says that one came by HTTPS', async () => {
  const plain = new HttpServer();
  const room = new WaitingRoom(plain);
  await room.open(0, '127.0.0.1');
  const said = await raw(plain, 'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(said).not.toHaveProperty('strict-transport-security');
  await room.close();
  const byProxy = await startApp({ env: { ROLLCALL_ROLE: 'api', ROLLCALL_TRUST_PROXY: '127.0.0.1' } });
  const hsts = async (headers: Record<string, string>) =>
    (await fetch(`${byProxy.url}/health/live`, { headers })).headers.get('strict-transport-security');
  expect([await hsts({}), await hsts({ 'x-forwarded-proto': 'https' })]).toEqual([
    null,
    SAFE['strict-transport-security'],
  ]);
  await byProxy.stop();
});

test('security.txt names the contact, and lasts for a month from now', async () => {
  const answer = await fetch(`${rollcall.url}/.well-known/security.txt`);
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  const [contact, expires, canonical] = (await answer.text()).split('\n');
  expect(contact).toBe('Contact: mailto:security@example.org');
  expect(canonical).toBe('Canonical: https://rollcall.example.org/base/.well-known/security.txt');
  const days = (Date.parse(expires?.replace('Expires: ', '') ?? '') - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(29);
  expect(days).toBeLessThanOrEqual(30);
});
