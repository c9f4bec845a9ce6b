import { createSecretKey } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { Tokens } from '../../src/auth/tokens.service.js';
import { KeyRing } from '../../src/crypto/key-ring.js';
import { Metrics } from '../../src/observability/metrics.js';
import { API_KEY, CLIENT, startApp, type TestApp } from '../harness/app.js';
import { type Answer, askToken, aToken, send } from './asking.js';

const OLD = `old:${Buffer.alloc(32, 8).toString('base64')}`;
const NEW = `new:${Buffer.alloc(32, 9).toString('base64')}`;
const RING = KeyRing.parse(`${NEW},${OLD}`);
const KEY = RING.current.subKeys.token;
const HEADER = { alg: 'HS256', typ: 'at+jwt', kid: 'new' };
const EMPTY_LIST = '[]';

let target: TestApp;

beforeAll(async () => {
  target = await startApp({
    env: { ROLLCALL_KEYS: `${NEW},${OLD}`, ROLLCALL_PUBLIC_URL: 'https://rollcall.example/base/' },
  });
});

afterAll(async () => {
  await target.stop();
});

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

function claims(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    iss: 'https://rollcall.example/base',
    aud: 'rollcall:callbacks',
    sub: CLIENT.id,
    client_id: CLIENT.id,
    scope: 'callbacks',
    iat: nowSeconds(),
    exp: nowSeconds() + 600,
    jti: 'one',
    ...changes,
  };
}

async function call(
  headers: Record<string, string | string[]>,
  { path = '/callbacks/success', body = EMPTY_LIST } = {},
) {
  return send(`${target.url}${path}`, 'POST', { 'content-type': 'application/json', ...headers }, body);
}

async function present(token: string): Promise<Answer> {
  return call({ authorization: `Bearer ${token}` });
}

async function issued(): Promise<string> {
  return String((await askToken(target.url, CLIENT.secret)).json.access_token);
}

async function refusalsOf(reason: string): Promise<number> {
  // not by its route, which is answered afresh only a few times a second
  const { text } = await target.app.get(Metrics).scrape();
  return Number(new RegExp(`rollcall_refusals_total\\{reason="${reason}"\\} (\\d+)`).exec(text)?.[1] ?? 0);
}

describe('M2 Bearer: 200', () => {
  test('an issued token opens all three URLs, again and again', async () => {
    const authorization = `Bearer ${await issued()}`;
    for (const path of ['/callbacks/success', '/callbacks/fail', '/callbacks', '/callbacks']) {
      expect((await call({ authorization }, { path })).status).toBe(200);
    }
  });

  test.each(['bearer', 'BEARER', 'bEaReR'])('the scheme may be spelled %s', async (scheme) => {
    expect((await call({ authorization: `${scheme} ${await issued()}` })).status).toBe(200);
  });

  test('clocks may differ by half a minute', async () => {
    expect((await present(aToken(HEADER, claims({ exp: nowSeconds() - 25 }), KEY))).status).toBe(200);
    expect((await present(aToken(HEADER, claims({ nbf: nowSeconds() + 25 }), KEY))).status).toBe(200);
  });

  test('further scopes and claims do no harm', async () => {
    const token = aToken(HEADER, claims({ scope: 'other callbacks', extra: 1 }), KEY);
    expect((await present(token)).status).toBe(200);
  });
});

describe('M2 Bearer: 401 without a token', () => {
  test.each<[string, Record<string, string | string[]>, string, string]>([
    ['no header', {}, '/callbacks/success', EMPTY_LIST],
    ['an empty header', { authorization: '' }, '/callbacks/success', EMPTY_LIST],
    ['the scheme alone', { authorization: 'Bearer' }, '/callbacks/success', EMPTY_LIST],
    ['another scheme', { authorization: 'Basic YTpi' }, '/callbacks/success', EMPTY_LIST],
    ['two headers', { authorization: ['Bearer TOKEN', 'Bearer TOKEN'] }, '/callbacks/success', EMPTY_LIST],
    ['a token in the query', {}, '/callbacks/success?access_token=TOKEN', EMPTY_LIST],
    [
      'a token in a form body',
      { 'content-type': 'application/x-www-form-urlencoded' },
      '/callbacks/success',
      'access_token=TOKEN',
    ],
    ['a token in a JSON body', {}, '/callbacks/success', '{"access_token":"TOKEN"}'],
    ['a token in a cookie', { cookie: 'access_token=TOKEN' }, '/callbacks/success', EMPTY_LIST],
  ])('%s: a challenge without error', async (_misuse, headers, path, body) => {
    const token = await issued();
    const fill = (text: string) => text.replaceAll('TOKEN', token);
    const filled = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.map(fill) : fill(value),
      ]),
    );
    const before = await refusalsOf('TOKEN_MISSING');
    const answer = await call(filled, { path: fill(path), body: fill(body) });
    expect(answer.status).toBe(401);
    expect(answer.json.code).toBe('TOKEN_MISSING');
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="rollcall"');
    expect(await refusalsOf('TOKEN_MISSING')).toBe(before + 1);
  });
});

describe('M2 Bearer: 401 invalid_token', () => {
  const foreign = createSecretKey(Buffer.alloc(32, 77));
  const indexKey = RING.current.subKeys.index;

  test.each<[string, () => string | Promise<string>]>([
    ['no JWT', () => 'hello'],
    ['two parts', () => 'a.b'],
    ['an empty signature', () => aToken(HEADER, claims(), undefined)],
    ['alg none', () => aToken({ ...HEADER, alg: 'none' }, claims(), undefined)],
    ['alg None with a signature', () => aToken({ ...HEADER, alg: 'None' }, claims(), KEY)],
    ['alg HS512 with the right key', () => aToken({ ...HEADER, alg: 'HS512' }, claims(), KEY, 'sha512')],
    ['alg RS256', () => aToken({ ...HEADER, alg: 'RS256' }, claims(), KEY)],
    ['no alg', () => aToken({ typ: 'at+jwt', kid: 'new' }, claims(), KEY)],
    ['a foreign key under our kid', () => aToken(HEADER, claims(), foreign)],
    ['our key for another purpose', () => aToken(HEADER, claims(), indexKey)],
    [
      'a key of the ring that never signed',
      () => aToken({ ...HEADER, kid: 'old' }, claims(), RING.find('old')?.subKeys.token),
    ],
    ['an unknown kid', () => aToken({ ...HEADER, kid: 'other' }, claims(), KEY)],
    ['the kid of another key', () => aToken({ ...HEADER, kid: 'old' }, claims(), KEY)],
    ['no kid', () => aToken({ alg: 'HS256', typ: 'at+jwt' }, claims(), KEY)],
    ['a kid that is a list', () => aToken({ ...HEADER, kid: ['new'] }, claims(), KEY)],
    ['typ JWT', () => aToken({ ...HEADER, typ: 'JWT' }, claims(), KEY)],
    ['no typ', () => aToken({ alg: 'HS256', kid: 'new' }, claims(), KEY)],
    ['expired more than the leeway ago', () => aToken(HEADER, claims({ exp: nowSeconds() - 31 }), KEY)],
    ['no exp', () => aToken(HEADER, claims({ exp: undefined }), KEY)],
    ['an exp that is text', () => aToken(HEADER, claims({ exp: '9999999999' }), KEY)],
    ['no iat', () => aToken(HEADER, claims({ iat: undefined }), KEY)],
    ['no jti', () => aToken(HEADER, claims({ jti: undefined }), KEY)],
    ['an empty jti', () => aToken(HEADER, claims({ jti: '' }), KEY)],
    ['not valid yet', () => aToken(HEADER, claims({ nbf: nowSeconds() + 60 }), KEY)],
    ['another audience', () => aToken(HEADER, claims({ aud: 'rollcall:api' }), KEY)],
    ['no audience', () => aToken(HEADER, claims({ aud: undefined }), KEY)],
    ['another issuer', () => aToken(HEADER, claims({ iss: 'https://rollcall.example' }), KEY)],
    ['no issuer', () => aToken(HEADER, claims({ iss: undefined }), KEY)],
    ['no scope claim', () => aToken(HEADER, claims({ scope: undefined }), KEY)],
    ['no subject', () => aToken(HEADER, claims({ sub: undefined }), KEY)],
    ['a subject that is not the client', () => aToken(HEADER, claims({ sub: 'other' }), KEY)],
    ['no client_id', () => aToken(HEADER, claims({ client_id: undefined }), KEY)],
    ['an empty client_id', () => aToken(HEADER, claims({ client_id: '', sub: '' }), KEY)],
    ['a client that nobody knows', () => aToken(HEADER, claims({ client_id: 'ghost', sub: 'ghost' }), KEY)],
    ['a payload that is no object', () => aToken(HEADER, [1], KEY)],
    ['longer than 4096 characters', () => aToken(HEADER, claims({ pad: 'x'.repeat(4000) }), KEY)],
    ['an API key', () => API_KEY],
    ['a token with a letter changed', async () => (await issued()).replace(/^./, 'f')],
    ['a token with a blank inside', async () => (await issued()).replace('.', '. ')],
    ['a token with its signature cut', async () => (await issued()).slice(0, -1)],
  ])('%s', async (_misuse, make) => {
    const before = await refusalsOf('TOKEN_INVALID');
    const answer = await present(await make());
    expect(answer.status).toBe(401);
    expect(answer.json.code).toBe('TOKEN_INVALID');
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="rollcall", error="invalid_token"');
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(await refusalsOf('TOKEN_INVALID')).toBe(before + 1);
  });

  test('a token that was good is refused once it has ended, though it was seen before', async () => {
    const token = aToken(HEADER, claims({ exp: nowSeconds() - 25 }), KEY);
    expect((await present(token)).status).toBe(200);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 10_000);
    try {
      expect((await present(token)).status).toBe(401);
      expect((await present(token)).status).toBe(401);
    } finally {
      clock.mockRestore();
    }
  });

  test('the body of a refused request is not waited for, let alone kept', async () => {
    const answer = await headOf(`${target.url}/callbacks/success`, {
      authorization: 'Bearer nonsense',
      'content-type': 'application/json',
      'content-length': String(8 * 1024 * 1024),
    });
    expect(answer).toBe(401);
    expect(await target.sql("select from receipts where state = 'rejected'")).toEqual([]);
  });
});

/** The status of a request whose body never comes. */
async function headOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', headers, agent: false }, (response) => {
      resolve(response.statusCode);
      request.destroy();
    });
    request.on('error', reject);
    request.flushHeaders();
  });
}

describe('M2 Bearer: 403 insufficient_scope', () => {
  test.each(['', 'other', 'callbacks:read', 'CALLBACKS'])('the scope %j', async (scope) => {
    const answer = await present(aToken(HEADER, claims({ scope }), KEY));
    expect(answer.status).toBe(403);
    expect(answer.json.code).toBe('INSUFFICIENT_SCOPE');
    expect(answer.headers['www-authenticate']).toBe(
      'Bearer realm="rollcall", error="insufficient_scope", scope="callbacks"',
    );
  });
});

describe('M2 Bearer: many tokens', () => {
  test('ten thousand other tokens later the first one still opens', async () => {
    const first = await issued();
    expect((await present(first)).status).toBe(200);
    const tokens = target.app.get(Tokens, { strict: false });
    for (let i = 0; i < 10_001; i += 1) {
      await tokens.verify(aToken(HEADER, claims({ jti: `t${i}` }), KEY));
    }
    expect((await present(first)).status).toBe(200);
  });
});
