import { startApp, type TestApp } from '../harness/app.js';

jest.setTimeout(60_000);

let rollcall: TestApp;

beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_API_REFUSALS_PER_MINUTE: '100000' } });
});
afterAll(() => rollcall.stop());

const SAFE = {
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
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
  ['/.well-known/jwks.json', {}],
  ['/nowhere', {}],
  ['/things/%zz', {}],
  ['/oauth/token', { method: 'POST' }],
  ['/oauth/token', { method: 'GET' }],
  ['/callbacks/success', { method: 'POST', body: '[]' }],
  ['/callbacks/success', { method: 'POST', headers: { 'callback-test': '1' } }],
])('nosniff and HSTS stand on the answer of %s %o', async (path, init) => {
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
      : "default-src 'none'; frame-ancestors 'none'",
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
