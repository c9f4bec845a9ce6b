import { sha256 } from '../../src/crypto/constant-time.js';
import { CredentialHash } from '../../src/crypto/credential-hash.js';
import { KeyRing } from '../../src/crypto/key-ring.js';
import { ApiKeys } from '../../src/auth/api-keys.service.js';
import { API_KEY } from '../harness/app.js';
import { eventually } from '../harness/processes.js';
import { databaseBefore } from '../db/upgraded.js';
import { type Answer, send } from './asking.js';
import { aDatabase, type AuthApp, startAuth } from './auth-app.js';

const PROXIED = { ROLLCALL_TRUST_PROXY: '127.0.0.1' };
const NOBODY = '00000000-0000-4000-8000-000000000000';

let database: Awaited<ReturnType<typeof aDatabase>>;
/** Two replicas. */
let one: AuthApp;
let two: AuthApp;
let names = 0;

beforeAll(async () => {
  database = await aDatabase();
  one = await startAuth(database.url, PROXIED);
  two = await startAuth(database.url, PROXIED);
});

afterAll(async () => {
  await Promise.all([one.stop(), two.stop()]);
  await database.drop();
});

/** Asks the management API below /api/v1. */
function api(key: string, method: string, path: string, body?: object): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${key}`,
    ...(body && { 'content-type': 'application/json' }),
  };
  return send(`${one.url}/api/v1${path}`, method, headers, body && JSON.stringify(body));
}

/** What the route of `applicants:read` says to the key, at the replica. */
async function ask(app: AuthApp, key: string, headers: Record<string, string> = {}): Promise<number> {
  return (await send(`${app.url}/api`, 'GET', { authorization: `Bearer ${key}`, ...headers })).status;
}

/** What a replica that starts now says to the key. */
async function askNewReplica(key: string, env: Record<string, string> = {}, headers = {}): Promise<number> {
  const app = await startAuth(database.url, env);
  return ask(app, key, headers).finally(() => app.stop());
}

interface Made {
  id: string;
  name: string;
  key: string;
}

/** A new key over HTTP. */
async function aKey(scopes: string[], more: object = {}, by = API_KEY): Promise<Made> {
  const answer = await api(by, 'POST', '/api-keys', { name: `key-${(names += 1)}`, scopes, ...more });
  expect(answer).toMatchObject({ status: 201 });
  return answer.json as unknown as Made;
}

/** Tells all replicas that the table has changed, as Rollcall itself does. */
const announce = () => database.sql("select pg_notify('rollcall_api_keys', '')");

describe('API keys over HTTP', () => {
  test('one is made, shown once, used on every replica, replaced, and ended at once', async () => {
    const name = 'core-banking';
    const body = { name: ` ${name} `, scopes: ['applicants:read', 'stats:read'] };
    const { status, json, headers } = await api(API_KEY, 'POST', '/api-keys', body);
    expect({ status, json }).toEqual({
      status: 201,
      json: {
        id: expect.any(String),
        key: expect.stringMatching(/^rca_[\w-]{43}$/),
        name,
        scopes: body.scopes,
        state: 'live',
        createdAt: expect.stringMatching(/Z$/),
        expiresAt: null,
        allowAddresses: null,
        requestsPerMinute: null,
        lastUsedAt: null,
        disabledAt: null,
      },
    });
    expect(headers['cache-control']).toBe('no-store');
    const { id, key } = json as unknown as Made;
    expect([await ask(one, key), await ask(two, key)]).toEqual([200, 200]);

    const { key: _, ...shown } = json;
    const found = await eventually(async () => {
      const answer = await api(API_KEY, 'GET', `/api-keys/${id}`);
      return answer.json.lastUsedAt !== null && answer; // it is noted behind the answer
    });
    expect(found).toMatchObject({ status: 200, json: { ...shown, lastUsedAt: expect.any(String) } });
    expect(JSON.stringify(found.json)).not.toMatch(/digest|hash|seal|rca_/);

    const rotated = await api(API_KEY, 'POST', `/api-keys/${id}/rotate`);
    expect(rotated).toMatchObject({ status: 200, json: { id, name, scopes: body.scopes } });
    const next = String(rotated.json.key);
    expect([await ask(one, key), await ask(one, next)]).toEqual([401, 200]);
    await eventually(async () => (await ask(two, key)) === 401 && (await ask(two, next)) === 200, 2_000);

    expect((await api(API_KEY, 'DELETE', `/api-keys/${id}`)).status).toBe(204);
    expect(await ask(one, next)).toBe(401);
    await eventually(async () => (await ask(two, next)) === 401, 2_000);
    expect((await api(API_KEY, 'GET', `/api-keys/${id}`)).json).toMatchObject({ state: 'disabled' });
    expect(await api(API_KEY, 'POST', `/api-keys/${id}/rotate`)).toMatchObject({
      json: { code: 'CONFLICT' },
    });
    expect(await api(API_KEY, 'POST', '/api-keys', body)).toMatchObject({ json: { code: 'CONFLICT' } });
    expect(
      await database.sql('select actor, action, detail from audit where subject = $1 order by at', [
        `apikey:${name}`,
      ]),
    ).toEqual([
      { actor: 'ROLLCALL_API_KEY', action: 'apikey.create', detail: { scopes: body.scopes } },
      { actor: 'ROLLCALL_API_KEY', action: 'apikey.rotate', detail: {} },
      { actor: 'ROLLCALL_API_KEY', action: 'apikey.disable', detail: {} },
    ]);
  });

  test('they are listed by name, page by page', async () => {
    await aKey(['stats:read']);
    await aKey(['stats:read']);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await api(
        API_KEY,
        'GET',
        `/api-keys?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`,
      );
      expect(page.status).toBe(200);
      seen.push(...(page.json.items as Made[]).map(({ name }) => name));
      cursor = page.json.nextCursor as string | null;
    } while (cursor !== null);
    expect(seen).toEqual((await one.app.get(ApiKeys, { strict: false }).list()).map(({ name }) => name));
    expect(await api(API_KEY, 'GET', '/api-keys?cursor=x')).toMatchObject({ json: { code: 'BAD_CURSOR' } });
  });

  test.each<[string, object, string]>([
    ['a name of who has a shell', { name: 'cli:root@host' }, 'name'],
    ['a name of a person', { name: ' User:mona' }, 'name'],
    ['a name of Rollcall itself', { name: 'boot' }, 'name'],
    ['control characters', { name: 'a\u001b[2J' }, 'name'],
    ['an unknown scope', { scopes: ['applicants:write'] }, 'scopes'],
    ['no scope', { scopes: [] }, 'scopes'],
    ['an end that is over', { expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    ['an end without zone', { expiresAt: '2099-01-01T00:00:00' }, 'expiresAt'],
    ['a range that is none', { allowAddresses: ['10.0.0.0/33'] }, 'allowAddresses'],
    ['a name of a host', { allowAddresses: ['localhost'] }, 'allowAddresses'],
    ['nobody let in', { allowAddresses: [] }, 'allowAddresses'],
    ['no request at all', { requestsPerMinute: 0 }, 'requestsPerMinute'],
    ['a key of its own', { key: 'chosen' }, 'key'],
  ])('%s is refused', async (_fault, wrong, names) => {
    const answer = await api(API_KEY, 'POST', '/api-keys', { name: 'x', scopes: ['stats:read'], ...wrong });
    expect(answer).toMatchObject({ status: 400, json: { code: 'BAD_REQUEST' } });
    expect(answer.json.detail).toContain(names);
  });

  test('an id that nobody has is not found', async () => {
    const asked = await Promise.all([
      api(API_KEY, 'GET', `/api-keys/${NOBODY}`),
      api(API_KEY, 'DELETE', `/api-keys/${NOBODY}`),
      api(API_KEY, 'POST', `/api-keys/${NOBODY}/rotate`),
    ]);
    expect(asked.map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});

describe('nobody gives more than he holds', () => {
  test('a key makes keys of its own scopes alone, and * only by *', async () => {
    const maker = await aKey(['keys:write', 'keys:read', 'stats:read']);
    const child = await aKey(['stats:read', 'keys:write'], {}, maker.key);
    expect(child.id).toEqual(expect.any(String));
    for (const scopes of [['applicants:read'], ['stats:read', 'pii:read'], ['*'], ['admin']]) {
      const answer = await api(maker.key, 'POST', '/api-keys', { name: 'more', scopes });
      expect(answer).toMatchObject({ status: 403, json: { code: 'INSUFFICIENT_SCOPE' } });
    }
    expect(await database.sql("select from api_keys where name = 'more'")).toEqual([]);
  });

  test('nor does it take over or end a key that holds more', async () => {
    const maker = await aKey(['keys:write', 'stats:read']);
    const more = await aKey(['applicants:read']);
    const same = await aKey(['stats:read']);
    for (const [method, path] of [
      ['POST', `/api-keys/${more.id}/rotate`],
      ['DELETE', `/api-keys/${more.id}`],
    ] as const) {
      const answer = await api(maker.key, method, path);
      expect(answer).toMatchObject({ status: 403, json: { code: 'INSUFFICIENT_SCOPE' } });
    }
    expect(await ask(one, more.key)).toBe(200);
    expect((await api(maker.key, 'DELETE', `/api-keys/${same.id}`)).status).toBe(204);
  });

  test('a key does not end the last one that administers keys; the command line does', async () => {
    const apart = await aDatabase();
    const app = await startAuth(apart.url);
    const keys = app.app.get(ApiKeys, { strict: false });
    const key = String(await keys.create('test', 'second', ['*']));
    const rows = await keys.list();
    const end = (by: string, name: string) =>
      send(`${app.url}/api/v1/api-keys/${rows.find((row) => row.name === name)?.id}`, 'DELETE', {
        authorization: `Bearer ${by}`,
      });
    // each ends the other at once: one of them stays
    const ended = await Promise.all([end(key, 'ROLLCALL_API_KEY'), end(API_KEY, 'second')]);
    expect(ended.filter(({ status }) => status === 204)).toHaveLength(1);
    const left = (await keys.list()).filter(({ state }) => state === 'live').map(({ name }) => name);
    expect(left).toHaveLength(1);
    const last = left[0] === 'second' ? key : API_KEY;
    expect(await end(last, String(left[0]))).toMatchObject({ status: 409, json: { code: 'CONFLICT' } });
    expect(await keys.disable('cli:ali@host', String(left[0]))).toBe(true);
    expect((await end(last, String(left[0]))).status).toBe(401);
    await app.stop();
    await apart.drop();
  });
});

describe('the limits of a key', () => {
  test('after its end it is refused on every replica, without a notification', async () => {
    const { key, id } = await aKey(['applicants:read'], {
      expiresAt: new Date(Date.now() + 1_500).toISOString(),
    });
    expect([await ask(one, key), await ask(two, key)]).toEqual([200, 200]);
    await eventually(async () => (await ask(one, key)) === 401 && (await ask(two, key)) === 401, 3_000);
    const answer = await send(`${one.url}/api`, 'GET', { authorization: `Bearer ${key}` });
    expect(answer.json).toMatchObject({ code: 'TOKEN_INVALID' });
    expect((await api(API_KEY, 'GET', `/api-keys/${id}`)).json).toMatchObject({ state: 'expired' });
  });

  test('from an address that it does not allow it is refused, also behind a trusted proxy', async () => {
    const { key } = await aKey(['applicants:read'], { allowAddresses: ['198.51.100.0/28', '2001:db8::/64'] });
    const from = async (address: string) => ask(one, key, { 'x-forwarded-for': address });
    const allowed = ['198.51.100.7', '::ffff:198.51.100.7', '2001:db8::7', '[2001:db8::7]:4711'];
    for (const address of allowed) expect([address, await from(address)]).toEqual([address, 200]);
    for (const address of ['198.51.100.16', '2001:db8:0:1::7', '198.51.100.7, 203.0.113.1'])
      expect([address, await from(address)]).toEqual([address, 403]);
    // without a proxy the address is the peer's
    const answer = await send(`${two.url}/api`, 'GET', { authorization: `Bearer ${key}` });
    expect(answer).toMatchObject({ status: 403, json: { code: 'ADDRESS_NOT_ALLOWED' } });
    const loopback = await aKey(['applicants:read'], { allowAddresses: ['127.0.0.1'] });
    expect(await ask(one, loopback.key)).toBe(200);
  });

  test('where no proxy is trusted, what a caller says of its address opens nothing', async () => {
    const { key } = await aKey(['applicants:read'], { allowAddresses: ['198.51.100.7'] });
    expect(await askNewReplica(key, {}, { 'x-forwarded-for': '198.51.100.7' })).toBe(403);
  });

  test('its requests within a minute are counted over all replicas; other keys are not slowed down', async () => {
    const { key } = await aKey(['applicants:read'], { requestsPerMinute: 4 });
    const other = await aKey(['applicants:read']);
    const statuses: number[] = [];
    for (const app of [one, two, one, two, one, two]) statuses.push(await ask(app, key));
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    expect(await ask(one, other.key)).toBe(200);
  });

  test('a use is noted in the background, once a minute', async () => {
    const { key, id } = await aKey(['applicants:read']);
    const usedAt = async () => (await api(API_KEY, 'GET', `/api-keys/${id}`)).json.lastUsedAt;
    expect(await usedAt()).toBeNull();
    await ask(one, key);
    const first = await eventually(async () => (await usedAt()) ?? undefined);
    expect(Math.abs(Date.parse(first as string) - Date.now())).toBeLessThan(10_000);
    for (let i = 0; i < 5; i += 1) await ask(i % 2 ? one : two, key);
    expect(await usedAt()).toBe(first);
  });
});

describe('what is written by SQL', () => {
  test('a row opens nothing, however it is written, and the list says so', async () => {
    const digest = sha256('a-key-of-my-own');
    const plain = { hash: null as string | null, seal: null as string | null };
    const copied = (
      await database.sql<typeof plain>("select seal from api_keys where name = 'ROLLCALL_API_KEY'")
    )[0];
    const rows = [
      plain,
      // what somebody can make without the key ring
      { hash: digest.toString('hex'), seal: digest.toString('hex') },
      { hash: digest.toString('hex'), seal: copied?.seal ?? null },
    ];
    for (const { hash, seal } of rows) {
      await database.sql("delete from api_keys where name = 'mine'");
      await database.sql(
        "insert into api_keys (name, digest, hash, seal, scopes) values ('mine', $1, $2, $3, '{*}')",
        [digest, hash, seal],
      );
      await announce();
      expect([await askNewReplica('a-key-of-my-own'), await ask(one, 'a-key-of-my-own')]).toEqual([401, 401]);
    }
    const list = await one.app.get(ApiKeys, { strict: false }).list();
    expect(list.find(({ name }) => name === 'mine')).toMatchObject({ state: 'tampered' });
    const mine = list.find(({ name }) => name === 'mine');
    expect((await api(API_KEY, 'POST', `/api-keys/${mine?.id}/rotate`)).status).toBe(409);
    expect((await api(API_KEY, 'DELETE', `/api-keys/${mine?.id}`)).status).toBe(204);
  });

  test.each([
    ['more scopes', `scopes = '{*}'`],
    ['the order of its scopes', `scopes = '{stats:read,applicants:read}'`],
    ['a later end', `expires_at = expires_at + interval '1 day'`],
    ['no end', 'expires_at = null'],
    ['more addresses', `allow_addresses = '{0.0.0.0/0}'`],
    ['any address', 'allow_addresses = null'],
    ['a higher limit', 'requests_per_minute = 1000000'],
    ['another name, as the audit shows it', `name = 'somebody-else'`],
    ['another key', `hash = encode(sha256('mine'), 'hex'), digest = sha256('mine')`],
  ])('a key that was given %s does not open any more', async (_what, change) => {
    const { key, id } = await aKey(['applicants:read', 'stats:read'], {
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      allowAddresses: ['127.0.0.1'],
      requestsPerMinute: 100,
    });
    expect(await ask(one, key)).toBe(200);
    await database.sql(`update api_keys set ${change} where id = $1`, [id]);
    await announce();
    await eventually(async () => (await ask(one, key)) === 401, 2_000);
    expect(await ask(one, 'mine')).toBe(401);
    await database.sql('delete from api_keys where id = $1', [id]);
  });

  test('a disabled key that was enabled again does not open', async () => {
    const { key, id } = await aKey(['applicants:read']);
    await api(API_KEY, 'DELETE', `/api-keys/${id}`);
    await database.sql('update api_keys set disabled_at = null where id = $1', [id]);
    await announce();
    expect([await askNewReplica(key), await ask(one, key)]).toEqual([401, 401]);
  });
});

describe('keys of before', () => {
  test('go on after the upgrade as they were; what was changed or added meanwhile does not', async () => {
    const before = await databaseBefore(250);
    const insert = (name: string, scopes: string, disabled = false) =>
      before.client.query(
        `insert into api_keys (name, digest, scopes, disabled_at)
         values ($1, sha256(convert_to('the key of ' || $1, 'UTF8')), $2, case when $3 then now() end)`,
        [name, scopes, disabled],
      );
    await insert('crm', '{applicants:read}');
    await insert('widened', '{stats:read}');
    await insert('ended', '{applicants:read}', true);
    await before.upgrade();
    await before.client.query(`update api_keys set scopes = '{*}' where name = 'widened'`);
    await before.client.query(`update api_keys set disabled_at = null where name = 'ended'`);
    await insert('late', '{applicants:read}');
    // two replicas start at once
    const [first, second] = await Promise.all([startAuth(before.url), startAuth(before.url)]);
    for (const app of [first, second]) {
      expect(await ask(app, 'the key of crm')).toBe(200);
      for (const name of ['widened', 'ended', 'late']) expect(await ask(app, `the key of ${name}`)).toBe(401);
    }
    expect((await before.client.query('select from api_keys_to_seal')).rowCount).toBe(0);
    // the release before goes on with the digest
    const { rows } = await before.client.query("select digest from api_keys where name = 'crm'");
    expect(rows).toEqual([{ digest: sha256('the key of crm') }]);
    await Promise.all([first.stop(), second.stop()]);
    await before.drop();
  });

  test('under another first key of the ring open still, and are put under it at the next start', async () => {
    const { key, name } = await aKey(['applicants:read']);
    const [k1, k2] = [7, 8].map((byte, i) => `k${i + 1}:${Buffer.alloc(32, byte).toString('base64')}`);
    const hashUnder = (ring: string) => new CredentialHash(KeyRing.parse(ring)).candidates('api-key', key)[0];
    const stored = async () =>
      (await database.sql('select hash from api_keys where name = $1', [name]))[0]?.hash as string;
    const appended = await startAuth(database.url, { ROLLCALL_KEYS: `${k1},${k2}` });
    expect(await stored()).toBe(hashUnder(String(k1)));
    const moved = await startAuth(database.url, { ROLLCALL_KEYS: `${k2},${k1}` });
    expect(await stored()).toBe(hashUnder(String(k2)));
    await announce();
    expect([await ask(appended, key), await ask(moved, key)]).toEqual([200, 200]);
    await Promise.all([appended.stop(), moved.stop()]);
  });
});
