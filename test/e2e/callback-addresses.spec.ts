import { once } from 'node:events';
import { connect } from 'node:net';
import { Metrics } from '../../src/observability/metrics.js';
import { startApp, type TestApp } from '../harness/app.js';

jest.setTimeout(60_000);

const ALLOWED = '198.51.100.7';
const STRANGER = '203.0.113.9';

let rollcall: TestApp;
beforeAll(async () => {
  rollcall = await startApp({
    captureLog: true,
    env: {
      ROLLCALL_TRUST_PROXY: '127.0.0.0/8',
      ROLLCALL_CALLBACK_ALLOW_CIDR: '198.51.100.0/28, 2001:db8::/48',
    },
  });
});
afterAll(() => rollcall.stop());

const from = (address: string, headers: Record<string, string> = {}) => ({
  'x-forwarded-for': address,
  ...headers,
});

/** Read beside the route, which gives the last answer to those who ask often. */
async function metric(line: RegExp): Promise<number> {
  const { text } = await rollcall.app.get(Metrics).scrape();
  return Number(line.exec(text)?.[1] ?? 0);
}
const refused = () => metric(/rollcall_refusals_total\{reason="ADDRESS_NOT_ALLOWED"\} (\d+)/);
const tests = () => metric(/rollcall_probes_total\{kind="success"\} (\d+)/);

async function tokenFor(address: string): Promise<Response> {
  const credentials = { client_id: 'enroll', client_secret: 'a-chosen-secret-of-eNROLLs-panel' };
  return fetch(`${rollcall.url}/oauth/token`, {
    method: 'POST',
    headers: from(address),
    body: new URLSearchParams({ grant_type: 'client_credentials', ...credentials }),
  });
}

async function bearer(): Promise<string> {
  const { access_token: token } = (await (await tokenFor(ALLOWED)).json()) as { access_token: string };
  return `Bearer ${token}`;
}

describe('ROLLCALL_CALLBACK_ALLOW_CIDR', () => {
  test.each([ALLOWED, '2001:DB8::1', '::ffff:198.51.100.8', '[2001:db8::2]:4711'])(
    'lets %s in',
    async (address) => {
      const authorization = await bearer();
      const answer = await rollcall.callback(
        'success',
        [{ applicantId: address, status: 1 }],
        from(address, { authorization }),
      );
      expect(answer.status).toBe(200);
      expect((await tokenFor(address)).status).toBe(200);
    },
  );

  test.each([STRANGER, '198.51.100.16', '2001:db9::1', 'unknown'])(
    'lets %s send no callback, with a good token or none, and counts it',
    async (address) => {
      const before = await refused();
      for (const authorization of [await bearer(), 'Bearer none']) {
        const answer = await rollcall.callback(
          'success',
          [{ applicantId: 'x', status: 1 }],
          from(address, { authorization }),
        );
        expect(answer.status).toBe(403);
        expect(await answer.json()).toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
      }
      expect(await refused()).toBe(before + 2);
    },
  );

  test('a Callback-Test is a callback, and leaves no record', async () => {
    const before = await tests();
    for (const method of ['POST', 'GET', 'HEAD']) {
      const headers = from(STRANGER, { 'callback-test': '1' });
      const answer = await fetch(`${rollcall.url}/callbacks/success`, { method, headers });
      expect(answer.status).toBe(403);
    }
    expect(await tests()).toBe(before);
    const headers = from(ALLOWED, { 'callback-test': '1' });
    expect((await fetch(`${rollcall.url}/callbacks/success`, { method: 'POST', headers })).status).toBe(200);
    expect(await tests()).toBe(before + 1);
  });

  test('of a token the refusal is one of RFC 6749, whatever the secret, and no failed try', async () => {
    const answer = await tokenFor(STRANGER);
    expect([answer.status, await answer.json()]).toEqual([
      403,
      { error: 'access_denied', error_description: 'This may not be called from your address' },
    ]);
    expect(await rollcall.sql('select from token_failures')).toEqual([]);
  });

  test('is judged before the body: the answer is there while the body is not', async () => {
    const socket = connect(Number(new URL(rollcall.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      `POST /callbacks HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${STRANGER}\r\nContent-Length: 1000000\r\n\r\n[`,
    );
    const [head] = (await once(socket, 'data')) as [Buffer];
    expect(head.toString()).toMatch(/^HTTP\/1\.1 403 /);
    socket.destroy();
  });

  test.each(['//callbacks/success', '/callback%73', '/callbacks/nowhere', '/oauth//token/'])(
    'is not led astray by the spelling %s',
    async (path) => {
      const answer = await fetch(rollcall.url + path, { method: 'POST', headers: from(STRANGER) });
      expect(answer.status).toBe(403);
    },
  );

  test('concerns nothing else', async () => {
    for (const path of ['/health/live', '/.well-known/jwks.json', '/docs'])
      expect((await fetch(rollcall.url + path, { headers: from(STRANGER) })).status).toBe(200);
    expect((await rollcall.api('/api/v1/applicants', { headers: from(STRANGER) })).status).toBe(200);
  });

  test('says so once a minute, and logs each refusal at debug', () => {
    const lines = rollcall.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    const said = lines.filter(({ level, code }) => level === 'warn' && code === 'ADDRESS_NOT_ALLOWED');
    expect(said).toEqual([expect.objectContaining({ caller: STRANGER, refused: 1 })]);
    expect(
      lines.filter(({ event, code }) => event === 'callback' && code === 'ADDRESS_NOT_ALLOWED').length,
    ).toBeGreaterThan(5);
  });
});
