import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { HttpServer } from '../../src/http-server.js';
import { API_KEY, startApp, type TestApp } from '../harness/app.js';

jest.setTimeout(60_000);

let rollcall: TestApp;
let management: string;
beforeAll(async () => {
  rollcall = await startApp({
    env: {
      NODE_ENV: 'production',
      DATABASE_URL: 'postgres://given@localhost/x',
      ROLLCALL_KEYS: `k1:${createHash('sha256').update('k1').digest('base64')}`,
      ROLLCALL_ROLE: 'api',
      ROLLCALL_PUBLIC_URL: 'https://rollcall.example.org',
      ROLLCALL_MANAGEMENT_PORT: '0',
      ROLLCALL_MANAGEMENT_URL: 'https://rollcall.inside.example/base/',
      ROLLCALL_API_REFUSALS_PER_MINUTE: '100000',
    },
  });
  const { ports } = rollcall.app.getHttpServer() as unknown as HttpServer;
  management = `http://127.0.0.1:${ports.management}`;
});
afterAll(() => rollcall.stop());

const KEY = { authorization: `Bearer ${API_KEY}` };

/** The answer without what differs from request to request. */
async function answerOf(base: string, path: string, init: RequestInit = {}) {
  const response = await fetch(base + path, { headers: KEY, ...init });
  const {
    'x-request-id': _,
    date: __,
    'content-length': ___,
    ...headers
  } = Object.fromEntries(response.headers);
  const body = (await response.text()).replace(/"requestId":"[^"]*"/, '').replaceAll(path, '');
  return { status: response.status, headers, body };
}

async function operations(): Promise<{ method: string; path: string }[]> {
  const document = (await (await fetch(`${management}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{[^}]+\}/g, 'x'),
    })),
  );
}

describe('with ROLLCALL_MANAGEMENT_PORT the public port', () => {
  test('answers every operation of the management API as a path that nobody knows, whatever the method and key', async () => {
    const hidden = (await operations()).filter(({ path }) => path.startsWith('/api/'));
    expect(hidden.length).toBeGreaterThan(40);
    const unknown = await answerOf(rollcall.url, '/api/v1/nowhere');
    expect(unknown.status).toBe(404);
    for (const { path } of hidden) {
      for (const method of ['GET', 'POST', 'PUT', 'OPTIONS']) {
        expect({ path, ...(await answerOf(rollcall.url, path, { method })) }).toEqual({ path, ...unknown });
      }
    }
  });

  test.each([
    '/docs',
    '/docs/swagger-ui.css',
    '/openapi.json',
    '/openapi.yaml',
    '/metrics',
    '/',
    '/console',
    '/invite',
  ])('does not know %s', async (path) => {
    const { status, body } = await answerOf(rollcall.url, path);
    expect([status, body]).toEqual([404, expect.stringContaining('"code":"NOT_FOUND"')]);
  });

  test.each([
    '//api/v1/me',
    '/%61pi/v1/me',
    '/api//v1/me?x=%ff',
    'http://x/api/v1/me',
    '/callbacks/../api/v1/me',
    '/callbacks/%2e%2e/api/v1/me',
    '/oauth/token/../../metrics',
    '/health/../metrics',
    '/healthy',
    '/callbacksx',
  ])('is not led astray by the spelling %s', async (target) => {
    const socket = connect(Number(new URL(rollcall.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      `GET ${target} HTTP/1.1\r\nHost: x\r\nAuthorization: ${KEY.authorization}\r\nConnection: close\r\n\r\n`,
    );
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 404 /);
  });

  test('serves eNROLL: tokens, callbacks, Callback-Test, the keys', async () => {
    expect((await rollcall.callback('success', [{ applicantId: 'a', status: 1 }])).status).toBe(200);
    const probe = { method: 'POST', headers: { 'callback-test': '1' } };
    expect((await fetch(`${rollcall.url}/callbacks/fail/`, probe)).status).toBe(200);
    expect((await fetch(`${rollcall.url}/.well-known/jwks.json`)).status).toBe(200);
    expect((await fetch(`${rollcall.url}/health/ready`)).status).toBe(200);
  });
});

describe('the management port', () => {
  test('refuses as the public one does what comes without Host', async () => {
    const { ports } = rollcall.app.getHttpServer() as unknown as HttpServer;
    for (const port of [ports.port, ports.management]) {
      const socket = connect(port ?? 0, '127.0.0.1');
      socket.write('GET /health/live HTTP/1.1\r\n\r\n');
      expect(await text(socket)).toMatch(/^HTTP\/1.1 400 [^]*x-request-id: [^]*"code":"BAD_REQUEST"/);
    }
  });

  test('carries the API, which takes a key, and documents and metrics, which take none', async () => {
    expect((await answerOf(management, '/api/v1/applicants')).status).toBe(200);
    expect((await answerOf(management, '/api/v1/applicants', { headers: {} })).status).toBe(401);
    expect((await answerOf(management, '/api/v1/applicants', { method: 'DELETE' })).status).toBe(405);
    for (const path of [
      '/docs',
      '/openapi.json',
      '/metrics',
      '/console',
      '/health/live',
      '/health/ready',
      '/.well-known/jwks.json',
    ])
      expect([path, (await answerOf(management, path, { headers: {} })).status]).toEqual([path, 200]);
  });

  test.each(['/oauth/token', '/callbacks', '/callbacks/success', '/callbacks/fail/'])(
    'takes nothing from eNROLL at %s',
    async (path) => {
      const headers = { authorization: `Bearer ${await rollcall.token()}`, 'callback-test': '1' };
      for (const method of ['POST', 'GET']) {
        expect((await fetch(management + path, { method, headers })).status).toBe(404);
      }
    },
  );

  test('is where the documentation and the links lead', async () => {
    const { headers } = await fetch(`${management}/docs`);
    expect(headers.get('content-security-policy')).toContain(
      "connect-src 'self' https://rollcall.inside.example;",
    );
    const document = (await (await fetch(`${management}/openapi.json`)).json()) as { servers: unknown };
    expect(document.servers).toMatchObject([{ url: 'https://rollcall.inside.example/base' }]);
  });
});
