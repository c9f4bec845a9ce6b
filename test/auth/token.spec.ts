import { Clients } from '../../src/auth/clients.service.js';
import { API_KEY, CLIENT, startApp, type TestApp } from '../harness/app.js';
import { type Answer, send } from './asking.js';

const FORM = 'application/x-www-form-urlencoded';
const GRANT = 'grant_type=client_credentials';
const ID = `client_id=${CLIENT.id}`;
const SECRET = `client_secret=${CLIENT.secret}`;
const FULL = `${GRANT}&${ID}&${SECRET}`;

let target: TestApp;

beforeAll(async () => {
  target = await startApp();
});

afterAll(async () => {
  await target.stop();
});

beforeEach(async () => {
  // The misuse below must not meet the throttle: it has its own file.
  await target.sql('delete from token_failures');
});

async function ask(
  body: string | undefined,
  headers: Record<string, string | string[]> = {},
  { method = 'POST', path = '/oauth/token' } = {},
): Promise<Answer> {
  const typed: Record<string, string> = body === undefined ? {} : { 'content-type': FORM };
  return send(`${target.url}${path}`, method, { ...typed, ...headers }, body);
}

function basic(id: string, secret: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
}

function claimsOf(token: unknown): { header: Record<string, unknown>; payload: Record<string, unknown> } {
  const [header, payload] = String(token)
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>);
  return { header: header ?? {}, payload: payload ?? {} };
}

describe('M1 Token: 200', () => {
  test('id, secret and grant in the form body give exactly the answer of the guide', async () => {
    const { status, headers, json } = await ask(FULL);
    expect(status).toBe(200);
    expect(json).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      expires_in: 3600,
      token_type: 'Bearer',
    });
    expect(headers['cache-control']).toBe('no-store');
    expect(headers.pragma).toBe('no-cache');
    expect(headers['content-type']).toMatch(/^application\/json/);
  });

  test.each<[string, string, Record<string, string>]>([
    ['HTTP Basic', GRANT, basic(CLIENT.id, CLIENT.secret)],
    [
      'HTTP Basic with the scheme in lower case',
      GRANT,
      { authorization: basic(CLIENT.id, CLIENT.secret).authorization?.replace('Basic', 'basic') ?? '' },
    ],
    [
      'raw headers client_id and client_secret',
      GRANT,
      { client_id: CLIENT.id, client_secret: CLIENT.secret },
    ],
    [
      'raw headers client-id and client-secret',
      GRANT,
      { 'client-id': CLIENT.id, 'client-secret': CLIENT.secret },
    ],
    [
      'raw headers x-client-id and x-client-secret',
      GRANT,
      { 'x-client-id': CLIENT.id, 'x-client-secret': CLIENT.secret },
    ],
    ['raw headers in mixed spelling', GRANT, { Client_Id: CLIENT.id, 'X-Client-Secret': CLIENT.secret }],
    ['body and Basic, equal', FULL, basic(CLIENT.id, CLIENT.secret)],
    [
      'body, Basic and raw headers, all equal',
      FULL,
      { ...basic(CLIENT.id, CLIENT.secret), client_id: CLIENT.id, 'x-client-secret': CLIENT.secret },
    ],
    ['a content type with a charset', FULL, { 'content-type': `${FORM}; charset=UTF-8` }],
  ])('credentials by %s are taken', async (_way, body, headers) => {
    expect((await ask(body, headers)).status).toBe(200);
  });

  test('the token carries the claims of RFC 9068', async () => {
    const before = Math.floor(Date.now() / 1000);
    const { header, payload } = claimsOf((await ask(FULL)).json.access_token);
    expect(header).toEqual({ alg: 'HS256', typ: 'at+jwt', kid: 'k1' });
    expect(payload).toEqual({
      iss: 'urn:rollcall:local',
      aud: 'rollcall:callbacks',
      sub: CLIENT.id,
      client_id: CLIENT.id,
      scope: 'callbacks',
      iat: expect.any(Number),
      exp: Number(payload.iat) + 3600,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      // ours: until its tokens are ended for the first time, a client's are valid from the beginning of time
      valid_from: 0,
    });
    expect(payload.iat).toBeGreaterThanOrEqual(before);
  });

  test('two tokens of one second differ', async () => {
    const [one, two] = await Promise.all([ask(FULL), ask(FULL)]);
    expect(one.json.access_token).not.toBe(two.json.access_token);
  });

  test('the scope is named in the answer only where another one was asked for', async () => {
    expect((await ask(`${FULL}&scope=callbacks`)).json).not.toHaveProperty('scope');
    expect((await ask(`${FULL}&scope=everything`)).json.scope).toBe('callbacks');
  });

  test('unknown parameters are ignored', async () => {
    expect((await ask(`${FULL}&audience=x`)).status).toBe(200);
  });
});

describe('M1 Token: 400 invalid_request', () => {
  test.each<[string, string | undefined, Record<string, string | string[]>]>([
    ['no grant_type', `${ID}&${SECRET}`, {}],
    ['an empty grant_type', `${ID}&${SECRET}&grant_type=`, {}],
    ['an empty body', '', {}],
    ['no body at all', undefined, basic(CLIENT.id, CLIENT.secret)],
    ['grant_type twice', `${FULL}&${GRANT}`, {}],
    ['client_id twice', `${FULL}&${ID}`, {}],
    ['client_secret twice', `${FULL}&${SECRET}`, {}],
    ['another parameter twice', `${FULL}&scope=callbacks&scope=callbacks`, {}],
    [
      'the client_id header twice',
      GRANT,
      { client_id: [CLIENT.id, CLIENT.id], client_secret: CLIENT.secret },
    ],
    ['a secret in body and Basic that differ', FULL, basic(CLIENT.id, 'another-secret-altogether')],
    ['an id in body and header that differ', FULL, { 'x-client-id': 'someone-else' }],
    [
      'two spellings of the id header that differ',
      GRANT,
      { client_id: CLIENT.id, 'x-client-id': 'other', client_secret: CLIENT.secret },
    ],
    ['an unreadable Basic header beside the body', FULL, { authorization: 'Basic !!!' }],
  ])('%s', async (_misuse, body, headers) => {
    const { status, headers: answered, json } = await ask(body, headers);
    expect({ status, error: json.error }).toEqual({ status: 400, error: 'invalid_request' });
    expect(Object.keys(json)).toEqual(['error', 'error_description']);
    expect(answered['cache-control']).toBe('no-store');
  });

  test.each(['client_id', 'client_secret', 'grant_type', 'scope'])(
    'the parameter %s in the query string gives no token, though the body is right',
    async (name) => {
      const { status, json } = await ask(FULL, {}, { path: `/oauth/token?${name}=x` });
      expect({ status, error: json.error }).toEqual({ status: 400, error: 'invalid_request' });
    },
  );

  test('all of it in the query string gives no token', async () => {
    expect((await ask(undefined, {}, { path: `/oauth/token?${FULL}` })).status).toBe(400);
  });
});

describe('M1 Token: 400 unsupported_grant_type', () => {
  test.each(['password', 'authorization_code', 'refresh_token', 'CLIENT_CREDENTIALS', 'client_credentials '])(
    'the grant %j',
    async (grant) => {
      const { status, json } = await ask(`${ID}&${SECRET}&grant_type=${encodeURIComponent(grant)}`);
      expect({ status, error: json.error }).toEqual({ status: 400, error: 'unsupported_grant_type' });
    },
  );
});

describe('M1 Token: 401 invalid_client', () => {
  test.each<[string, string, Record<string, string>]>([
    ['no credentials', GRANT, {}],
    ['an id alone', `${GRANT}&${ID}`, {}],
    ['a secret alone', `${GRANT}&${SECRET}`, {}],
    ['an empty secret', `${GRANT}&${ID}&client_secret=`, {}],
    ['an unknown id', `${GRANT}&client_id=nobody&${SECRET}`, {}],
    ['an id in another case', `${GRANT}&client_id=ENROLL&${SECRET}`, {}],
    ['a wrong secret', `${GRANT}&${ID}&client_secret=wrong-wrong-wrong-wrong`, {}],
    ['a secret in another case', `${GRANT}&${ID}&client_secret=${CLIENT.secret.toUpperCase()}`, {}],
    ['a secret with a blank before it', `${GRANT}&${ID}&client_secret=%20${CLIENT.secret}`, {}],
    ['a secret with %00 added', `${GRANT}&${ID}&client_secret=${CLIENT.secret}%00`, {}],
    ['an id with %00 added', `${GRANT}&${ID}%00&${SECRET}`, {}],
    ['a Bearer header', GRANT, { authorization: 'Bearer x.y.z' }],
    ['an API key', GRANT, { client_id: CLIENT.id, client_secret: API_KEY }],
  ])('%s: the same text for all, and no challenge', async (_misuse, body, headers) => {
    const { status, headers: answered, json } = await ask(body, headers);
    expect(status).toBe(401);
    expect(json).toEqual({ error: 'invalid_client', error_description: 'Client authentication failed' });
    expect(answered['www-authenticate']).toBeUndefined();
    expect(answered['cache-control']).toBe('no-store');
  });

  test.each<[string, Record<string, string>]>([
    ['a wrong secret', basic(CLIENT.id, 'wrong-wrong-wrong-wrong')],
    ['an unknown id', basic('nobody', CLIENT.secret)],
    ['no colon', { authorization: `Basic ${Buffer.from('enroll').toString('base64')}` }],
    ['no base64', { authorization: 'Basic ***' }],
    ['nothing after the scheme', { authorization: 'Basic' }],
  ])('by Basic with %s: the same text, and a challenge', async (_misuse, headers) => {
    const { status, headers: answered, json } = await ask(GRANT, headers);
    expect(status).toBe(401);
    expect(json).toEqual({ error: 'invalid_client', error_description: 'Client authentication failed' });
    expect(answered['www-authenticate']).toBe('Basic realm="rollcall", charset="UTF-8"');
  });
});

describe('M1 Token: HTTP Basic as clients really send it', () => {
  const formEncoded = (text: string) => encodeURIComponent(text).replaceAll('%20', '+');
  const asItStands = (text: string) => text;

  describe.each([
    ['chosen', 'a+b%26&c=1 %2B%zz:سر'],
    ['generated', 'rcs_'.padEnd(47, 'A-_z9')],
  ])('a %s secret', (kind, secret) => {
    const id = `odd+${kind} id`;

    beforeAll(async () => {
      await target.app.get(Clients).create('test', id, 'Odd', secret);
    });

    test.each([
      ['form-encoded (RFC 6749, 2.3.1)', formEncoded],
      ['as it stands (curl -u)', asItStands],
    ])('%s: 200, each time', async (_spelling, spelled) => {
      const credentials = basic(spelled(id), spelled(secret));
      for (const _time of [1, 2, 3]) {
        const { status, json } = await ask(GRANT, credentials);
        expect(status).toBe(200);
        expect(claimsOf(json.access_token).payload.client_id).toBe(id);
      }
      expect(await target.sql('select 1 from token_failures where points > 0')).toEqual([]);
    });

    test('encoded twice, or with another character, it is another secret', async () => {
      for (const other of [formEncoded(formEncoded(`${secret}%`)), `${secret}+`, secret.slice(1)]) {
        const { status } = await ask(GRANT, basic(formEncoded(id), other));
        expect(status).toBe(401);
      }
    });
  });

  test('an attempt counts once, however many ways it may be read', async () => {
    await ask(GRANT, basic('enroll', 'wrong+wrong%20wrong'));
    const rows = await target.sql('select points from token_failures');
    expect(rows).toEqual([{ points: 1 }, { points: 1 }]);
  });
});

describe('M1 Token: other refusals', () => {
  test.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('405 with Allow for %s', async (method) => {
    const { status, headers, json } = await ask(undefined, {}, { method });
    expect(status).toBe(405);
    expect(headers.allow).toBe('POST');
    expect(json.error).toBe('invalid_request');
  });

  test('405 for GET with all of it in the query string', async () => {
    const { status, headers } = await ask(undefined, {}, { method: 'GET', path: `/oauth/token?${FULL}` });
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'POST' });
  });

  test('405 for HEAD', async () => {
    const response = await fetch(`${target.url}/oauth/token`, { method: 'HEAD' });
    expect({ status: response.status, allow: response.headers.get('allow') }).toEqual({
      status: 405,
      allow: 'POST',
    });
  });

  test.each<[string, string, string]>([
    [
      'JSON',
      'application/json',
      JSON.stringify({
        grant_type: 'client_credentials',
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
      }),
    ],
    ['malformed JSON', 'application/json', '{"grant_type":'],
    [
      'multipart',
      'multipart/form-data; boundary=b',
      `--b\r\nContent-Disposition: form-data; name="client_id"\r\n\r\n${CLIENT.id}\r\n--b--`,
    ],
    ['text', 'text/plain', FULL],
    ['a form under a made-up type', 'application/x-www-form-urlencoded-not', FULL],
  ])('415 for a body of %s, also with right credentials as Basic', async (_type, contentType, body) => {
    for (const headers of [{}, basic(CLIENT.id, CLIENT.secret)]) {
      const { status, json } = await ask(body, { 'content-type': contentType, ...headers });
      expect({ status, error: json.error }).toEqual({ status: 415, error: 'invalid_request' });
    }
  });

  test('413 for a body over 16 KiB', async () => {
    const { status, json, headers } = await ask(`${FULL}&pad=${'x'.repeat(17_000)}`);
    expect({ status, error: json.error }).toEqual({ status: 413, error: 'invalid_request' });
    expect(headers['cache-control']).toBe('no-store');
  });

  test('a body of 15 KiB is read', async () => {
    expect((await ask(`${FULL}&pad=${'x'.repeat(15_000)}`)).status).toBe(200);
  });

  test('a description never quotes what was sent', async () => {
    const { json } = await ask(`grant_type=quote-me-if-you-can&${ID}&${SECRET}`);
    expect(JSON.stringify(json)).not.toContain('quote-me');
  });
});

describe('M1 Token: what is counted', () => {
  test('requests are counted by their result', async () => {
    await ask(FULL);
    await ask(GRANT);
    await ask(ID);
    const metrics = await (await fetch(`${target.url}/metrics`)).text();
    for (const result of ['issued', 'invalid_client', 'invalid_request', 'unsupported_grant_type']) {
      expect(metrics).toMatch(new RegExp(`rollcall_token_requests_total\\{result="${result}"\\} [1-9]`));
    }
  });
});
