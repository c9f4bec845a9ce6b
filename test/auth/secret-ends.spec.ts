import { createHash } from 'node:crypto';
import { BootCredentials } from '../../src/auth/boot-credentials.service.js';
import { SigningKeys } from '../../src/auth/signing-keys.service.js';
import { KeyRing } from '../../src/crypto/key-ring.js';
import { API_KEY, CLIENT } from '../harness/app.js';
import { eventually } from '../harness/processes.js';
import { askToken, aToken, send } from './asking.js';
import { aDatabase, type AuthApp, startAuth } from './auth-app.js';

jest.setTimeout(60_000);

const [ONE, TWO, THREE] = ['one', 'two', 'three'].map(
  (id) => `${id}:${createHash('sha256').update(id).digest('base64')}`,
) as [string, string, string];
const WITHIN_MS = 5_000;

let database: Awaited<ReturnType<typeof aDatabase>>;
const running: AuthApp[] = [];

beforeEach(async () => {
  database = await aDatabase();
});

afterEach(async () => {
  for (const app of running.splice(0)) await app.stop();
  await database.drop();
});

/** A server as `main.ts` starts it. */
async function boot(env: Record<string, string> = {}): Promise<AuthApp> {
  const app = await startAuth(database.url, env);
  running.push(app);
  await app.app.get(BootCredentials, { strict: false }).endFormer();
  await app.app.get(SigningKeys, { strict: false }).begin();
  return app;
}

async function tokenOf({ url }: AuthApp, secret: string = CLIENT.secret): Promise<string> {
  return String((await askToken(url, secret)).json.access_token);
}

async function callback({ url }: AuthApp, token: string): Promise<number> {
  return (await send(`${url}/callbacks`, 'POST', { authorization: `Bearer ${token}` })).status;
}

async function apiStatus({ url }: AuthApp, key = API_KEY): Promise<number> {
  return (await send(`${url}/api`, 'GET', { authorization: `Bearer ${key}` })).status;
}

/** A token as a release signed it that knew no `valid_from`, or as whoever holds a key of the ring would. */
function signedWith(ring: string, claims: object = {}): string {
  const { id, subKeys } = KeyRing.parse(ring).current;
  const now = Math.floor(Date.now() / 1000);
  const payload = {
    iss: 'urn:rollcall:local',
    aud: 'rollcall:callbacks',
    sub: CLIENT.id,
    client_id: CLIENT.id,
    scope: 'callbacks',
    iat: now,
    exp: now + 600,
    jti: 'x',
    ...claims,
  };
  return aToken({ alg: 'HS256', typ: 'at+jwt', kid: id }, payload, subKeys.token);
}

describe('tokens end with what they were got with', () => {
  test('a rotation without overlap ends older tokens on every replica, and the next one opens in the same second', async () => {
    const [app, replica] = [await boot(), await boot()];
    const older = await tokenOf(app);
    expect([await callback(app, older), await callback(replica, older)]).toEqual([200, 200]);
    const secret = app.clients.makeSecret();
    await app.clients.rotate('test', CLIENT.id, secret, 0);
    expect(await callback(app, older)).toBe(401);
    await eventually(async () => (await callback(replica, older)) === 401, WITHIN_MS);
    const newer = await tokenOf(replica, secret);
    expect([await callback(app, newer), await callback(replica, newer)]).toEqual([200, 200]);
  });

  test('a rotation with an overlap leaves them', async () => {
    const app = await boot();
    const older = await tokenOf(app);
    await app.clients.rotate('test', CLIENT.id, app.clients.makeSecret(), 60);
    expect(await callback(app, older)).toBe(200);
  });

  test('to be disabled and enabled revives none; to be enabled twice ends none', async () => {
    const app = await boot();
    const older = await tokenOf(app);
    await app.clients.disable('test', CLIENT.id);
    await app.clients.enable('test', CLIENT.id);
    expect(await callback(app, older)).toBe(401);
    const newer = await tokenOf(app);
    await app.clients.enable('test', CLIENT.id);
    expect(await callback(app, newer)).toBe(200);
  });

  test('a replica whose clock is fast gives no token that lives longer for it', async () => {
    const app = await boot();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 20_000);
    const older = await tokenOf(app);
    clock.mockRestore();
    await app.clients.rotate('test', CLIENT.id, app.clients.makeSecret(), 0);
    expect(await callback(app, older)).toBe(401);
  });

  test('a database whose clock was set back ends them all the same', async () => {
    const app = await boot();
    await database.sql(`update clients set tokens_valid_from = now() + interval '1 hour'`);
    await app.clients.enable('test', CLIENT.id);
    await database.sql(`notify rollcall_clients`);
    const older = await tokenOf(app);
    await app.clients.rotate('test', CLIENT.id, app.clients.makeSecret(), 0);
    expect(await callback(app, older)).toBe(401);
  });

  test('tokens of the release before are judged by their second', async () => {
    const app = await boot({ ROLLCALL_KEYS: ONE });
    const older = signedWith(ONE, { iat: Math.floor(Date.now() / 1000) - 5 });
    expect(await callback(app, older)).toBe(200);
    await app.clients.rotate('test', CLIENT.id, app.clients.makeSecret(), 0);
    expect(await callback(app, older)).toBe(401);
    expect(await callback(app, signedWith(ONE, { iat: Math.floor(Date.now() / 1000) + 5 }))).toBe(200);
  });
});

describe('the API key of the settings', () => {
  test('does not open once it is taken out of them, and comes back with them', async () => {
    const first = await boot();
    expect(await apiStatus(first)).toBe(200);
    const without = await boot({ ROLLCALL_API_KEY: '' });
    expect(await apiStatus(without)).toBe(401);
    await eventually(async () => (await apiStatus(first)) === 401, WITHIN_MS);
    expect(
      await database.sql(`select action from audit where actor = 'boot' order by at, id`),
    ).toContainEqual({
      action: 'apikey.remove',
    });
    expect(await apiStatus(await boot())).toBe(200);
  });

  test('stays for a worker and for a command, which have no use for it', async () => {
    const first = await boot();
    await boot({ ROLLCALL_API_KEY: '', ROLLCALL_ROLE: 'worker' });
    running.push(await startAuth(database.url, { ROLLCALL_API_KEY: '' }));
    expect(await apiStatus(first)).toBe(200);
  });

  test('stays ended where an administrator disabled it', async () => {
    await boot();
    await database.sql('update api_keys set disabled_at = now()');
    await boot({ ROLLCALL_API_KEY: '' });
    expect(await apiStatus(await boot())).toBe(401);
  });
});

describe('keys of the ring and tokens', () => {
  /** As if nobody had signed for so long; a server that runs notes its own key once a minute. */
  const age = (seconds: number, keyId = '%') =>
    database.sql(
      `update key_checks set signed_at = signed_at - $1 * interval '1 s', signing_since = signing_since - $1 * interval '1 s'
        where key_id like $2`,
      [seconds, keyId],
    );
  // a token's life, the leeway of clocks, and two notes
  const LIFE = 60 + 30 + 120;

  test('the key before the first one verifies for the life of a token, whoever starts in between', async () => {
    const first = await boot({ ROLLCALL_KEYS: ONE });
    const older = await tokenOf(first);
    const env = { ROLLCALL_KEYS: `${TWO},${ONE}`, ROLLCALL_TOKEN_TTL_SECONDS: '60' };
    const rotated = await boot(env);
    await age(LIFE - 20);
    expect([await callback(rotated, older), await callback(await boot(env), older)]).toEqual([200, 200]);
    await age(21);
    expect(await callback(await boot(env), older)).toBe(401);
    await eventually(async () => (await callback(rotated, older)) === 401, WITHIN_MS);
    expect(await callback(rotated, await tokenOf(rotated))).toBe(200);
  });

  test('however long a roll takes, the tokens of a replica that has the older key in front are taken', async () => {
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'Date', 'performance', 'queueMicrotask'],
    });
    try {
      const env = { ROLLCALL_TOKEN_TTL_SECONDS: '60' };
      const before = await boot({ ...env, ROLLCALL_KEYS: `${ONE},${TWO}` });
      const after = await boot({ ...env, ROLLCALL_KEYS: `${TWO},${ONE}` });
      await age(LIFE + 1);
      expect(await callback(await boot({ ...env, ROLLCALL_KEYS: `${TWO},${ONE}` }), signedWith(ONE))).toBe(
        401,
      );
      jest.advanceTimersByTime(60_000);
      await eventually(async () => (await callback(after, await tokenOf(before))) === 200, WITHIN_MS);
      expect(await callback(before, await tokenOf(after))).toBe(200);
    } finally {
      jest.useRealTimers();
    }
  });

  test('of a database that is new, the first key that signs is known at once', async () => {
    const app = await boot({ ROLLCALL_KEYS: ONE });
    expect(await database.sql('select key_id from key_checks where signed_at is not null')).toEqual([
      { key_id: 'one' },
    ]);
    expect(await callback(await boot({ ROLLCALL_KEYS: `${TWO},${ONE}` }), await tokenOf(app))).toBe(200);
  });

  test('a command that has the new key already begins nothing', async () => {
    const older = await tokenOf(await boot({ ROLLCALL_KEYS: ONE }));
    const env = { ROLLCALL_KEYS: `${TWO},${ONE}`, ROLLCALL_TOKEN_TTL_SECONDS: '60' };
    const command = await startAuth(database.url, env); // notes the key, and signs nothing
    running.push(command);
    expect(await callback(command, older)).toBe(200);
    expect(await database.sql(`select key_id from key_checks where signed_at is not null`)).toEqual([
      { key_id: 'one' },
    ]);
  });

  test('a key that stays to open old rows verifies nothing, be it older or never in use', async () => {
    await boot({ ROLLCALL_KEYS: ONE });
    await boot({ ROLLCALL_KEYS: `${TWO},${ONE}` });
    await age(24 * 3600, 'one');
    const app = await boot({ ROLLCALL_KEYS: `${THREE},${TWO},${ONE}` });
    expect(await callback(app, signedWith(TWO))).toBe(200);
    expect(await callback(app, signedWith(ONE))).toBe(401);
    const spare = `spare:${createHash('sha256').update('spare').digest('base64')}`;
    const fresh = await boot({ ROLLCALL_KEYS: `${THREE},${TWO},${ONE},${spare}` });
    expect(await callback(fresh, signedWith(spare))).toBe(401);
  });

  test('while replicas are restarted one by one, each takes the tokens of the other', async () => {
    const before = await boot({ ROLLCALL_KEYS: `${ONE},${TWO}` });
    const older = await tokenOf(before);
    expect(await callback(before, signedWith(TWO))).toBe(401);
    const after = await boot({ ROLLCALL_KEYS: `${TWO},${ONE}` });
    const newer = await tokenOf(after);
    await eventually(async () => (await callback(before, newer)) === 200, WITHIN_MS);
    expect([await callback(before, older), await callback(after, older)]).toEqual([200, 200]);
  });
});
