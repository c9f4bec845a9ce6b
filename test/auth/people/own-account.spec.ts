import { Users } from '../../../src/auth/people/users.service.js';
import { API_KEY } from '../../harness/app.js';
import { expectProblem } from '../../harness/clients.js';
import { eventually } from '../../harness/processes.js';
import { aDatabase, type AuthApp, startAuth } from '../auth-app.js';
import {
  aPerson,
  Browser,
  codeOf,
  COOKIE,
  PASSWORD,
  PUBLIC_URL,
  sealAll,
  type TestPerson,
} from '../browser.js';

const ENV = { ROLLCALL_PUBLIC_URL: PUBLIC_URL, ROLLCALL_TRUST_PROXY: '127.0.0.1' };
const NEW_PASSWORD = 'four grey tapirs on a train';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0';
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

let database: Awaited<ReturnType<typeof aDatabase>>;
let server: AuthApp;
let replica: AuthApp;
let people = 0;

beforeAll(async () => {
  database = await aDatabase();
  server = await startAuth(database.url, ENV);
  replica = await startAuth(database.url, ENV);
});
afterAll(async () => {
  await Promise.all([server.stop(), replica.stop()]);
  await database.drop();
});

const aViewer = () => aPerson(server, `viewer-${(people += 1)}@bank.example`, 'viewer');
const renewCodes = ({ id }: TestPerson) => database.sql('update users set totp_step = 0 where id = $1', [id]);
const statusOf = async (browser: Browser) => (await browser.ask('GET', '/api/v1/me')).status;

async function logIn(person: TestPerson, password = PASSWORD, headers = {}, at = '192.0.2.7') {
  await renewCodes(person);
  const browser = new Browser(server.url, at);
  const body = { login: person.login, password, code: codeOf(person.secret) };
  return { browser, answer: await browser.ask('POST', '/api/v1/session', body, headers) };
}

async function change(person: TestPerson, body: object) {
  await renewCodes(person);
  return person.browser.ask('POST', '/api/v1/session/password', {
    password: PASSWORD,
    code: codeOf(person.secret),
    newPassword: NEW_PASSWORD,
    ...body,
  });
}

describe('a person changes their password', () => {
  test('with the one of now and a code: other sessions end, this browser goes on with a new one', async () => {
    const person = await aViewer();
    const { browser: other } = await logIn(person);
    const { cookie } = person.browser;
    const answer = await change(person, {});
    expect(answer).toMatchObject({ status: 200, body: { kind: 'person', name: `user:${person.login}` } });
    expect(answer.headers.get('set-cookie')).toMatch(new RegExp(`^${COOKIE}=rcu_`));
    expect([await statusOf(person.browser), await statusOf(other)]).toEqual([200, 401]);
    const old = new Browser(server.url);
    old.cookie = cookie;
    expect(await statusOf(old)).toBe(401);
    await eventually(async () => {
      const headers = { cookie: `${COOKIE}=${other.cookie}` };
      return (await fetch(`${replica.url}/api`, { headers })).status === 401;
    }, 5_000);
    expectProblem((await logIn(person)).answer, 401, 'LOGIN_REFUSED');
    expect((await logIn(person, NEW_PASSWORD)).answer.status).toBe(200);
    const audit = await database.sql<{ actor: string; action: string; detail: object }>(
      `select actor, action, detail from audit where actor = $1 and action in ('user.change-password', 'session.create') order by at, seq`,
      [`user:${person.login}`],
    );
    expect(audit.map(({ action }) => action)).toEqual([
      'session.create',
      'session.create',
      'user.change-password',
      'session.create',
      'session.create',
    ]);
    const dump = JSON.stringify(await database.sql('select * from audit'));
    for (const secret of [PASSWORD, NEW_PASSWORD]) expect(dump).not.toContain(secret);
  });

  test.each<[string, object, number, string]>([
    ['a wrong password', { password: 'not the right password' }, 401, 'LOGIN_REFUSED'],
    ['a wrong code', { code: '000000' }, 401, 'LOGIN_REFUSED'],
    ['no code', { code: undefined }, 401, 'LOGIN_REFUSED'],
    ['a new one that is common', { newPassword: '123qweasdzxc' }, 422, 'PASSWORD_REFUSED'],
    ['a new one that is too short', { newPassword: 'elevenchars' }, 422, 'PASSWORD_REFUSED'],
    ['the one of before', { newPassword: PASSWORD }, 422, 'PASSWORD_REFUSED'],
  ])('not with %s', async (_what, body, status, code) => {
    const person = await aViewer();
    expectProblem(await change(person, body), status, code);
    expect(await statusOf(person.browser)).toBe(200);
    expect((await logIn(person)).answer.status).toBe(200);
  });

  test('a refused new password costs no code', async () => {
    const person = await aViewer();
    expectProblem(await change(person, { newPassword: '123qweasdzxc' }), 422, 'PASSWORD_REFUSED');
    const again = { password: PASSWORD, code: codeOf(person.secret), newPassword: NEW_PASSWORD };
    expect((await person.browser.ask('POST', '/api/v1/session/password', again)).status).toBe(200);
  });

  test('an API key has none, and another site cannot ask for it', async () => {
    const person = await aViewer();
    const body = { password: PASSWORD, code: codeOf(person.secret), newPassword: NEW_PASSWORD };
    const ask = (headers: Record<string, string>) =>
      person.browser.ask('POST', '/api/v1/session/password', body, headers);
    expectProblem(await ask({ authorization: `Bearer ${API_KEY}` }), 409, 'CONFLICT');
    expectProblem(await ask({ origin: 'https://evil.example' }), 403, 'CROSS_SITE');
  });
});

describe('a person gets new recovery codes', () => {
  const renew = async (person: TestPerson, body: object = {}, headers: Record<string, string> = {}) => {
    await renewCodes(person);
    const whole = { password: PASSWORD, code: codeOf(person.secret), ...body };
    return person.browser.ask('POST', '/api/v1/session/recovery-codes', whole, headers);
  };
  const recover = async ({ login }: TestPerson, recoveryCode: string) =>
    (
      await new Browser(server.url).ask('POST', '/api/v1/session', {
        login,
        password: PASSWORD,
        recoveryCode,
      })
    ).status;

  test('with the password and a code: those of before open nothing, sessions stay, and it is recorded', async () => {
    const person = await aViewer();
    const [, old = ''] = person.recoveryCodes;
    expect(await recover(person, person.recoveryCodes[0]!)).toBe(200);
    const { status, body } = await renew(person);
    const codes = body.recoveryCodes as string[];
    expect([status, codes.length, new Set([...codes, ...person.recoveryCodes]).size]).toEqual([200, 10, 20]);
    expect(await statusOf(person.browser)).toBe(200);
    expect([await recover(person, old), await recover(person, codes[0]!)]).toEqual([401, 200]);
    const entries = await database.sql(
      `select subject, detail from audit where action = 'user.renew-recovery-codes'`,
    );
    expect(entries).toEqual([{ subject: `user:${person.login}`, detail: {} }]);
    const dump = JSON.stringify(await database.sql('select a::text, r::text from audit a, recovery_codes r'));
    expect(dump).not.toContain(codes[1]);
  });

  test.each<[string, object, number, string]>([
    ['a wrong password', { password: 'not the right password' }, 401, 'LOGIN_REFUSED'],
    ['a wrong code', { code: '000000' }, 401, 'LOGIN_REFUSED'],
    ['no code', { code: undefined }, 400, 'BAD_REQUEST'],
    ['a recovery code', { recoveryCode: '7k2m-9qtx-4hvn-0wzs-b3de-8yj6' }, 400, 'BAD_REQUEST'],
  ])('not with %s', async (_what, body, status, code) => {
    const person = await aViewer();
    expectProblem(await renew(person, body), status, code);
    expect(await recover(person, person.recoveryCodes[0]!)).toBe(200);
  });

  test('not by an API key, from another site, or by the same code twice', async () => {
    const person = await aViewer();
    expectProblem(await renew(person, {}, { authorization: `Bearer ${API_KEY}` }), 409, 'CONFLICT');
    expectProblem(await renew(person, {}, { origin: 'https://evil.example' }), 403, 'CROSS_SITE');
    expect((await renew(person)).status).toBe(200);
    const again = { password: PASSWORD, code: codeOf(person.secret) };
    const answer = await person.browser.ask('POST', '/api/v1/session/recovery-codes', again);
    expectProblem(answer, 401, 'LOGIN_REFUSED');
  });
});

describe('a person sees and ends their sessions', () => {
  const list = async ({ browser }: { browser: Browser }) =>
    (await browser.ask('GET', '/api/v1/sessions')).body.items as Record<string, unknown>[];

  test('when, from where and with what, and nobody else’s', async () => {
    const person = await aViewer();
    await aViewer();
    await logIn(person, PASSWORD, { 'user-agent': FIREFOX }, '203.0.113.7');
    await logIn(person, PASSWORD, { 'user-agent': SAFARI }, '203.0.113.8');
    const sessions = await list(person);
    expect(sessions).toHaveLength(3);
    expect(sessions.map(({ address, browser, current }) => ({ address, browser, current }))).toEqual(
      expect.arrayContaining([
        { address: '203.0.113.7', browser: 'Firefox 141, Linux', current: false },
        { address: '203.0.113.8', browser: 'Safari 18, iOS', current: false },
        { address: expect.any(String), browser: null, current: true },
      ]),
    );
    for (const session of sessions) {
      expect(Object.keys(session).sort()).toEqual(
        ['address', 'browser', 'createdAt', 'current', 'id', 'lastUsedAt'].sort(),
      );
    }
    const bearer = { authorization: `Bearer ${API_KEY}` };
    expect((await person.browser.ask('GET', '/api/v1/sessions', undefined, bearer)).body.items).toEqual([]);
  });

  test('one, or all others, on every replica', async () => {
    const person = await aViewer();
    const [one, two, three] = [await logIn(person), await logIn(person), await logIn(person)];
    const [{ id } = { id: '' }] = (await list(one)).filter(({ current }) => current);
    expect((await person.browser.ask('DELETE', `/api/v1/sessions/${String(id)}`)).status).toBe(204);
    expect(await Promise.all([one, two, three].map(({ browser }) => statusOf(browser)))).toEqual([
      401, 200, 200,
    ]);
    expectProblem(await person.browser.ask('DELETE', `/api/v1/sessions/${String(id)}`), 404, 'NOT_FOUND');
    expect((await person.browser.ask('DELETE', '/api/v1/sessions')).status).toBe(204);
    expect(await Promise.all([two, three].map(({ browser }) => statusOf(browser)))).toEqual([401, 401]);
    expect(await statusOf(person.browser)).toBe(200);
    await eventually(async () => {
      const headers = { cookie: `${COOKIE}=${two.browser.cookie}` };
      return (await fetch(`${replica.url}/api`, { headers })).status === 401;
    }, 5_000);
    const ended = await database.sql(`select from audit where actor = $1 and action = 'session.end'`, [
      `user:${person.login}`,
    ]);
    expect(ended).toHaveLength(3);
  });

  test('those of somebody else are unknown, and so they are to a key', async () => {
    const [person, other] = [await aViewer(), await aViewer()];
    const [{ id } = { id: '' }] = await list(other);
    const path = `/api/v1/sessions/${String(id)}`;
    expectProblem(await person.browser.ask('DELETE', path), 404, 'NOT_FOUND');
    const bearer = { authorization: `Bearer ${API_KEY}` };
    expectProblem(await person.browser.ask('DELETE', path, undefined, bearer), 404, 'NOT_FOUND');
    expect(await statusOf(other.browser)).toBe(200);
  });

  test('not by a log-in that is older than a quarter of an hour', async () => {
    const person = await aViewer();
    const { browser } = await logIn(person);
    await database.sql(`update users set sessions_from = '-infinity' where id = $1`, [person.id]);
    await database.sql(
      `update user_sessions set created_at = created_at - interval '16 minutes' where user_id = $1`,
      [person.id],
    );
    await sealAll(server);
    await eventually(async () => (await statusOf(person.browser)) === 200, 5_000);
    expectProblem(await person.browser.ask('DELETE', '/api/v1/sessions'), 403, 'LOGIN_TOO_OLD');
    const { browser: fresh } = await logIn(person);
    expect((await fresh.ask('DELETE', '/api/v1/sessions')).status).toBe(204);
    expect([await statusOf(browser), await statusOf(person.browser), await statusOf(fresh)]).toEqual([
      401, 401, 200,
    ]);
  });

  test('a log-out clears what the browser keeps', async () => {
    const { browser } = await aViewer();
    const answer = await browser.ask('DELETE', '/api/v1/session');
    expect(answer.status).toBe(204);
    expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"');
  });

  test('an administrator ends all of somebody', async () => {
    const person = await aViewer();
    await server.app.get(Users, { strict: false }).endSessions('test', person.id);
    expect(await statusOf(person.browser)).toBe(401);
  });
});
