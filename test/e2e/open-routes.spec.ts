import { createHash } from 'node:crypto';
import { ApiKeys } from '../../src/auth/api-keys.service.js';
import { startApp, type TestApp } from '../harness/app.js';

jest.setTimeout(60_000);

const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://given@localhost/x',
  ROLLCALL_PUBLIC_URL: 'https://rollcall.example.org/base',
  ROLLCALL_KEYS: `k1:${createHash('sha256').update('k1').digest('base64')}`,
};
const DOCUMENTS = [
  '/docs',
  '/docs/',
  '/docs/swagger-ui.css',
  '/docs/swagger-ui-init.js',
  '/openapi.json',
  '/openapi.yaml',
];
const METRICS = ['/metrics'];

let rollcall: TestApp | undefined;
afterEach(async () => {
  await rollcall?.stop();
  rollcall = undefined;
});

async function started(env: Record<string, string>): Promise<TestApp> {
  return (rollcall = await startApp({ env: { ROLLCALL_ROLE: 'api', ...env } }));
}

async function statusesOf({ url }: TestApp, paths: string[], init: RequestInit = {}): Promise<number[]> {
  return Promise.all(
    paths.map(async (path) => {
      const answer = await fetch(url + path, init);
      await answer.arrayBuffer();
      return answer.status;
    }),
  );
}

const all = (paths: string[], status: number) => paths.map(() => status);

describe('1.11 documents and metrics', () => {
  test('take an API key in production, whatever its scopes, and no other credentials', async () => {
    const app = await started(PRODUCTION);
    const closed = [...DOCUMENTS, ...METRICS];
    const spelled = ['//docs', '/%64ocs', '/docs/%73wagger-ui.css', '/openapi.json?x=1', '/metrics/'];
    expect(await statusesOf(app, [...closed, ...spelled])).toEqual(all([...closed, ...spelled], 401));
    expect(await statusesOf(app, closed, { method: 'HEAD' })).toEqual(all(closed, 401));
    const wrong = { headers: { authorization: `Bearer ${await app.token()}` } };
    expect(await statusesOf(app, closed, wrong)).toEqual(all(closed, 401));
    const key = await app.app.get(ApiKeys).create('test', 'least', ['stats:read']);
    const right = { headers: { authorization: `Bearer ${key}` } };
    for (let time = 0; time < 2; time += 1) {
      expect(await statusesOf(app, closed, right)).toEqual(all(closed, 200));
    }
    expect(await statusesOf(app, [...closed, ...spelled])).toEqual(all([...closed, ...spelled], 401));
    expect(await statusesOf(app, ['/health/live'])).toEqual([200]);
  });

  test('say who may see them', async () => {
    const app = await started(PRODUCTION);
    const refused = await fetch(`${app.url}/metrics`);
    expect(refused.headers.get('www-authenticate')).toBe('Bearer realm="rollcall api"');
    expect(await refused.json()).toMatchObject({ code: 'TOKEN_MISSING' });
  });

  test.each([
    ['docs', 200, 401],
    ['metrics', 401, 200],
    ['docs,metrics', 200, 200],
  ])('are opened by ROLLCALL_OPEN_ROUTES=%s', async (open, documents, metrics) => {
    const app = await started({ ...PRODUCTION, ROLLCALL_OPEN_ROUTES: open });
    expect(await statusesOf(app, DOCUMENTS)).toEqual(all(DOCUMENTS, documents));
    expect(await statusesOf(app, METRICS)).toEqual([metrics]);
    expect(await statusesOf(app, ['/api/v1/me', '/api/v1/applicants'])).not.toContain(200);
  });

  test('are open outside production', async () => {
    const app = await started({});
    expect(await statusesOf(app, [...DOCUMENTS, ...METRICS])).toEqual(all([...DOCUMENTS, ...METRICS], 200));
  });

  test('of a worker are its metrics, closed and opened as those of a server', async () => {
    const app = await started({ ...PRODUCTION, ROLLCALL_ROLE: 'worker' });
    expect(await statusesOf(app, [...METRICS, '/health/live', '/docs'])).toEqual([401, 200, 404]);
    const right = await app.api('/metrics');
    expect(await right.text()).toContain('rollcall_');
    await app.stop();
    const opened = await started({ ...PRODUCTION, ROLLCALL_ROLE: 'worker', ROLLCALL_OPEN_ROUTES: 'metrics' });
    expect(await statusesOf(opened, METRICS)).toEqual([200]);
  });
});

/** As browsers read it. */
function policyIn(response: Response): Map<string, string[]> {
  const directives = response.headers.get('content-security-policy')?.split(';') ?? [];
  return new Map(
    directives.map((directive) => {
      const [name = '', ...sources] = directive.trim().split(' ');
      return [name, sources];
    }),
  );
}

describe('1.11 the Content-Security-Policy', () => {
  test('of the documentation allows what its page has, and no script but its own files', async () => {
    const app = await started({ ROLLCALL_PUBLIC_URL: 'https://rollcall.example.org/base' });
    for (let time = 0; time < 2; time += 1) {
      const answer = await fetch(`${app.url}/docs`);
      const policy = policyIn(answer);
      const page = await answer.text();
      expect(policy.get('default-src')).toEqual(["'none'"]);
      expect(policy.get('script-src')).toEqual(["'self'"]);
      expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
      // *Execute* asks the public URL
      expect(policy.get('connect-src')).toEqual(["'self'", 'https://rollcall.example.org']);
      const files = [...page.matchAll(/<(?:script|link)[^>]*(?:src|href)="([^"]+)"/g)].map(
        ([, file]) => file,
      );
      expect(files.length).toBeGreaterThan(4);
      expect(files.every((file) => /^\.\/?docs\/|^\.\/|^docs\//.test(file ?? ''))).toBe(true);
      expect(page).not.toMatch(/<script[^>]*>\s*[^<\s]|\son\w+=|javascript:/i);
      // it has styles within, which the policy lets pass
      expect(page).toMatch(/<style>/);
      expect(policy.get('style-src')).toEqual(["'self'", "'unsafe-inline'"]);
      const css = await (await fetch(`${app.url}/docs/swagger-ui.css`)).text();
      expect([...new Set(css.match(/url\(["']?[a-z]+:/g))]).toEqual(['url(data:', 'url("data:']);
      expect(policy.get('img-src')).toEqual(["'self'", 'data:', 'blob:']);
    }
  });

  test('of data allows nothing', async () => {
    const app = await started({});
    for (const path of ['/openapi.json', '/api/v1/receipts']) {
      const answer = await app.api(path);
      await answer.text();
      expect(answer.headers.get('content-security-policy')).toBe(
        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
      );
    }
  });
});
