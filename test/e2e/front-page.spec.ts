import { createHash } from 'node:crypto';
import { startApp, type TestApp } from '../harness/app.js';

jest.setTimeout(60_000);

const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://given@localhost/x',
  ROLLCALL_PUBLIC_URL: 'https://rollcall.example.org/base',
  ROLLCALL_KEYS: `k1:${createHash('sha256').update('k1').digest('base64')}`,
};

let rollcall: TestApp | undefined;
afterEach(async () => {
  await rollcall?.stop();
  rollcall = undefined;
});

async function statusOf(url: string | URL, init: RequestInit = {}): Promise<number> {
  const answer = await fetch(url, init);
  await answer.arrayBuffer();
  return answer.status;
}

/** The page, and the status of each of its links as a stranger opens it. */
async function opened(env: Record<string, string>) {
  rollcall = await startApp({ env: { ROLLCALL_ROLE: 'api', ...env } });
  const { url } = rollcall;
  const answer = await fetch(`${url}/`);
  const page = await answer.text();
  const links = [...page.matchAll(/href="([^"]*)"/g)].map(([, link = '']) => link);
  const statuses = await Promise.all(links.map((link) => statusOf(new URL(link, `${url}/`))));
  return { answer, page, links, statuses };
}

test('/ links what can be opened, under a policy that allows its one style and nothing else', async () => {
  const { answer, page, links, statuses } = await opened({
    ROLLCALL_SECURITY_CONTACT: 'mailto:s@example.org',
  });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(links).toEqual([
    ...['console', 'docs', 'openapi.json', 'metrics', 'health/ready', 'health/live'],
    ...['.well-known/jwks.json', '.well-known/security.txt'],
  ]);
  expect(new Set(statuses)).toEqual(new Set([200]));
  const style = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(answer.headers.get('content-security-policy')).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  expect(page).not.toMatch(/<script|style=|src=|https?:/);
  expect(await statusOf(answer.url, { method: 'POST' })).toBe(405);
});

test('in production it links only what strangers may open, and tells nothing of the installation', async () => {
  const { page, links, statuses } = await opened(PRODUCTION);
  expect(links).toEqual(['console', 'health/ready', 'health/live', '.well-known/jwks.json']);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(page).not.toMatch(/\d+\.\d+\.\d+|example\.org|callbacks|oauth|api\/v1/);
});
