import { ApiKeys } from '../../src/auth/api-keys.service.js';
import type { GrantedScope } from '../../src/auth/auth.types.js';
import { API_KEY, CLIENT } from '../harness/app.js';
import { eventually } from '../harness/processes.js';
import { askToken, send } from './asking.js';
import { aDatabase, type AuthApp, startAuth } from './auth-app.js';

let database: Awaited<ReturnType<typeof aDatabase>>;
let target: AuthApp;
let keys: ApiKeys;

beforeAll(async () => {
  database = await aDatabase();
  target = await startAuth(database.url);
  keys = target.app.get(ApiKeys, { strict: false });
});

afterAll(async () => {
  await target.stop();
  await database.drop();
});

async function ask(headers: Record<string, string | string[]>, path = '/api') {
  return send(`${target.url}${path}`, 'GET', headers);
}

async function aKey(name: string, ...scopes: GrantedScope[]): Promise<Record<string, string>> {
  return { authorization: `Bearer ${await keys.create('test', name, scopes)}` };
}

describe('M11 Read API: who is let in', () => {
  test('the key of the settings has all scopes', async () => {
    for (const path of ['/api', '/unnamed']) {
      expect((await ask({ authorization: `bearer ${API_KEY}` }, path)).status).toBe(200);
    }
  });

  test('a key opens what its scope names', async () => {
    const reader = await aKey('reader', 'applicants:read');
    expect((await ask(reader)).status).toBe(200);
  });

  test('a route that names no scope is open to admin alone', async () => {
    expect((await ask(await aKey('not-admin', 'applicants:read'), '/unnamed')).status).toBe(403);
    expect((await ask(await aKey('admin', 'admin'), '/unnamed')).status).toBe(200);
  });

  test('a key of another scope is refused by 403, naming the scope it lacks', async () => {
    const answer = await ask(await aKey('receipts', 'receipts:read', 'admin', 'pii:read'));
    expect(answer.status).toBe(403);
    expect(answer.json).toMatchObject({
      code: 'INSUFFICIENT_SCOPE',
      detail: 'The API key lacks the scope "applicants:read"',
    });
    expect(answer.headers['www-authenticate']).toBe(
      'Bearer realm="rollcall api", error="insufficient_scope", scope="applicants:read"',
    );
  });

  test.each<[string, Record<string, string | string[]>, string]>([
    ['no header', {}, '/api'],
    ['the key under another scheme', { authorization: `Basic ${API_KEY}` }, '/api'],
    ['the key in another header', { 'x-api-key': API_KEY }, '/api'],
    ['the key twice', { authorization: [`Bearer ${API_KEY}`, `Bearer ${API_KEY}`] }, '/api'],
    ['the key in the query', {}, `/api?access_token=${API_KEY}`],
  ])('%s: 401 and a challenge without error', async (_misuse, headers, path) => {
    const answer = await ask(headers, path);
    expect(answer).toMatchObject({
      status: 401,
      json: { code: 'TOKEN_MISSING', detail: 'An API key is required' },
    });
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="rollcall api"');
  });

  test.each([
    ['an unknown key', () => `${API_KEY}x`],
    ['a key in another case', () => API_KEY.toUpperCase()],
    ['a callback token', async () => String((await askToken(target.url, CLIENT.secret)).json.access_token)],
  ])('%s: 401 invalid_token', async (_misuse, make) => {
    const answer = await ask({ authorization: `Bearer ${await make()}` });
    expect(answer).toMatchObject({
      status: 401,
      json: { code: 'TOKEN_INVALID', detail: 'The API key is not valid' },
    });
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="rollcall api", error="invalid_token"');
  });

  test('an API key of all scopes does not open the callbacks', async () => {
    const answer = await send(`${target.url}/callbacks`, 'POST', { authorization: `Bearer ${API_KEY}` });
    expect(answer).toMatchObject({ status: 401, json: { code: 'TOKEN_INVALID' } });
  });
});

describe('the life of an API key', () => {
  test('a disabled key is refused at once, and disabling it again is fine', async () => {
    const headers = await aKey('short-lived', '*');
    expect((await ask(headers)).status).toBe(200);
    expect(await keys.disable('test', 'short-lived')).toBe(true);
    expect((await ask(headers)).status).toBe(401);
    expect(await keys.disable('test', 'short-lived')).toBe(true);
  });

  test('a key that another process disables is refused within moments', async () => {
    const headers = await aKey('elsewhere', '*');
    expect((await ask(headers)).status).toBe(200);
    await database.sql("update api_keys set disabled_at = now() where name = 'elsewhere'");
    await database.sql("select pg_notify('rollcall_api_keys', '')");
    await eventually(async () => (await ask(headers)).status === 401, 5_000);
  });

  test('a name is given once, and an unknown one cannot be disabled', async () => {
    expect(await keys.create('test', 'twice', ['admin'])).toMatch(/^rca_[A-Za-z0-9_-]{43}$/);
    expect(await keys.create('test', 'twice', ['*'])).toBeUndefined();
    expect(await keys.disable('test', 'nobody')).toBe(false);
    const twice = (await keys.list()).filter(({ name }) => name === 'twice');
    expect(twice).toEqual([expect.objectContaining({ scopes: ['admin'], state: 'live', disabledAt: null })]);
  });

  test('only the hash is stored, and every change is in the audit', async () => {
    const key = await keys.create('ali', 'audited', ['changes:read']);
    await keys.disable('ali', 'audited');
    await keys.disable('ali', 'never-was');
    const rows = await database.sql('select * from api_keys');
    expect(JSON.stringify(rows)).not.toContain(key);
    expect(
      await database.sql(`select actor, action, subject, detail from audit where actor = 'ali' order by at`),
    ).toEqual([
      {
        actor: 'ali',
        action: 'apikey.create',
        subject: 'apikey:audited',
        detail: { scopes: ['changes:read'] },
      },
      { actor: 'ali', action: 'apikey.disable', subject: 'apikey:audited', detail: {} },
    ]);
  });

  test('a configured key is put in place once, and replaced where the setting changed', async () => {
    const audited = async () =>
      (await database.sql(`select from audit where subject = 'apikey:configured'`)).length;
    const [first, second] = ['the-first-configured-key', 'the-second-configured-key'];
    await Promise.all([1, 2, 3].map(() => keys.ensure('boot', 'configured', first, ['*'])));
    expect(await audited()).toBe(1);
    expect((await ask({ authorization: `Bearer ${first}` })).status).toBe(200);
    await keys.ensure('boot', 'configured', second, ['*']);
    expect(await audited()).toBe(2);
    expect((await ask({ authorization: `Bearer ${first}` })).status).toBe(401);
    expect((await ask({ authorization: `Bearer ${second}` })).status).toBe(200);
  });

  test('a key that has another name already is left as it is', async () => {
    await keys.add('test', 'holder', 'one-key-under-two-names', ['admin']);
    await keys.ensure('boot', 'second-name', 'one-key-under-two-names', ['*']);
    expect((await keys.find('one-key-under-two-names'))?.name).toBe('holder');
  });

  test('an actor can what its scopes say, and with * everything', async () => {
    await keys.add('test', 'some', 'a-key-of-two-scopes', ['pii:read', 'enroll:read']);
    const some = await keys.find('a-key-of-two-scopes');
    expect([some?.can('pii:read'), some?.can('enroll:read'), some?.can('admin')]).toEqual([
      true,
      true,
      false,
    ]);
    const all = await keys.find(API_KEY);
    expect([all?.can('pii:read'), all?.can('admin'), all?.scopes]).toEqual([true, true, ['*']]);
  });
});
