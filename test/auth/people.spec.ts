import { LogInRefusals } from '../../src/auth/people/log-in-refusals.service.js';
import { Sessions } from '../../src/auth/people/sessions.service.js';
import { Users } from '../../src/auth/people/users.service.js';
import { API_KEY, startApp, type TestApp } from '../harness/app.js';
import { callerWithAll, expectProblem } from '../harness/clients.js';
import { eventually } from '../harness/processes.js';
import { type AuthApp, startAuth } from './auth-app.js';
import {
  aPerson,
  Browser,
  codeOf,
  COOKIE,
  PASSWORD,
  PUBLIC_URL,
  sealAll,
  type TestPerson,
  tokenOf,
} from './browser.js';

const ENV = { ROLLCALL_PUBLIC_URL: PUBLIC_URL, ROLLCALL_TRUST_PROXY: '127.0.0.1' };

let rollcall: TestApp;
let replica: AuthApp;
let admin: TestPerson;
let addresses = 0;

beforeAll(async () => {
  rollcall = await startApp({ env: { ...ENV, ROLLCALL_ROLE: 'api' }, captureLog: true });
  replica = await startAuth(rollcall.databaseUrl, ENV);
  admin = await aPerson(rollcall, 'admin@bank.example', 'admin');
});
afterAll(async () => {
  await replica.stop();
  await rollcall.stop();
});

/** A browser at an address of its own, so that no test throttles another. */
const aBrowser = () => new Browser(rollcall.url, `192.0.2.${(addresses += 1)}`);

const logIn = (browser: Browser, person: TestPerson, factor: object, password = PASSWORD) =>
  browser.ask('POST', '/api/v1/session', { login: person.login, password, ...factor });

/** Forgets which codes were used: the test need not wait for the next half minute. */
const renewCodes = (person: TestPerson) =>
  rollcall.sql('update users set totp_step = 0 where id = $1', [person.id]);

const auditOf = (subject: string) =>
  rollcall.sql<{ actor: string; action: string; detail: object }>(
    'select actor, action, detail from audit where subject = $1 order by at, seq',
    [subject],
  );

const codeWrongFor = (person: TestPerson) => {
  const near = [-2, -1, 0, 1, 2].map((steps) => codeOf(person.secret, steps));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.includes(code));
};

describe('from the invitation to the log-out', () => {
  test('an administrator invites, the person chooses a password, confirms a code, works and logs out', async () => {
    const invited = await admin.browser.ask('POST', '/api/v1/users', {
      login: 'Viewer@bank.example',
      name: 'Omar',
      roles: ['viewer'],
    });
    expect(invited).toMatchObject({ status: 201, body: { login: 'viewer@bank.example' } });
    const link = String(invited.body.link);
    expect(link).toMatch(/^https:\/\/rollcall\.example\.org\/invite#rci_[\w-]{43}$/);
    const hours = (Date.parse(String(invited.body.expiresAt)) - Date.now()) / 3_600_000;
    expect(Math.round(hours)).toBe(72);
    const token = tokenOf(link);

    const browser = aBrowser();
    const begun = await browser.ask('POST', '/api/v1/session/invitation', { token, password: PASSWORD });
    expect(begun.status).toBe(200);
    expect(String(begun.body.otpauthUri)).toContain(`secret=${String(begun.body.secret)}`);
    expect(String(begun.body.otpauthUri)).toMatch(/^otpauth:\/\/totp\/Rollcall:viewer%40bank\.example\?/);
    const secret = String(begun.body.secret);
    const confirmation = { token, code: codeOf(secret) };
    const accepted = await browser.ask('POST', '/api/v1/session/invitation/confirmation', confirmation);
    expect(accepted).toMatchObject({
      status: 200,
      body: { kind: 'person', name: 'user:viewer@bank.example', displayName: 'Omar', roles: ['viewer'] },
    });
    expect(new Set(accepted.body.recoveryCodes as string[]).size).toBe(10);
    expect(accepted.headers.get('set-cookie')).toMatch(
      new RegExp(`^${COOKIE}=rcu_[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure$`),
    );
    expectProblem(
      await browser.ask('POST', '/api/v1/session/invitation/confirmation', confirmation),
      404,
      'INVITATION_INVALID',
    );

    const next = { login: 'VIEWER@bank.example', password: PASSWORD, code: codeOf(secret, 1) };
    const loggedIn = await browser.ask('POST', '/api/v1/session', next);
    expect(loggedIn.status).toBe(200);
    expect((await browser.ask('GET', '/api/v1/applicants')).status).toBe(200);
    expectProblem(await browser.ask('GET', '/api/v1/users'), 403, 'INSUFFICIENT_SCOPE');
    expect((await browser.ask('GET', '/api/v1/me')).body).toEqual(loggedIn.body);
    expect((await browser.ask('GET', '/api/v1/session')).body).toEqual(loggedIn.body);

    const { cookie } = browser;
    expect((await browser.ask('DELETE', '/api/v1/session')).status).toBe(204);
    expect(browser.cookie).toBeUndefined();
    browser.cookie = cookie;
    expectProblem(await browser.ask('GET', '/api/v1/applicants'), 401, 'SESSION_INVALID');

    const id = String(invited.body.id);
    expect(
      (await auditOf('user:viewer@bank.example')).map(({ actor, action }) => `${actor} ${action}`),
    ).toEqual(['user:admin@bank.example user.invite', 'user:viewer@bank.example user.accept']);
    const sessions = await rollcall.sql<{ action: string }>(
      `select action from audit where actor = 'user:viewer@bank.example' and subject like 'session:%' order by at, seq`,
    );
    expect(sessions.map(({ action }) => action)).toEqual([
      'session.create', // at the confirmation
      'session.create', // the log-in, which ends the one before
      'session.end',
      'session.end',
    ]);
    expect(await admin.browser.ask('GET', `/api/v1/users/${id}`)).toMatchObject({
      status: 200,
      body: { state: 'active', lastLoginAt: expect.any(String) },
    });
  });

  test('no secret of all this stands in the database, the log or the audit', async () => {
    const dump = JSON.stringify([
      await rollcall.sql('select * from users'),
      await rollcall.sql('select * from user_sessions'),
      await rollcall.sql('select * from invitations'),
      await rollcall.sql('select * from recovery_codes'),
      await rollcall.sql('select * from audit'),
      rollcall.log,
    ]);
    const { link } = await rollcall.app
      .get(Users)
      .invite('test', { login: 'dump', name: 'x', roles: ['viewer'] });
    const secrets = [
      PASSWORD,
      admin.secret,
      String(admin.browser.cookie),
      ...admin.recoveryCodes,
      tokenOf(link),
    ];
    for (const secret of secrets) expect(dump).not.toContain(secret);
  });

  test.each([
    ['too short', 'elevenchars', /12 to 256/],
    ['too long', 'x'.repeat(257), /12 to 256/],
    ['the login', 'weak-chooser@bank.example', /your login/],
    ['the product', 'rollcallrollcall1', /anybody tries/],
    ['a long text that holds the product', 'I work with eNROLL every day', /anybody tries/],
    ['a long text that holds the login', 'my Weak-Chooser login of today', /your login/],
    ['one of the commonest', '1Qaz2wsx3edc', /commonest/],
    ['a common one that is seldom used', 'taiwantaipei', /commonest/],
    ['a few characters again and again', 'abcabcabcabcabc', /repeats/],
  ])('a password that is %s is refused', async (_why, password, reason) => {
    const users = rollcall.app.get(Users);
    const login = 'weak-chooser@bank.example';
    const known = await users.readByLogin(login).catch(() => undefined);
    const { link } =
      known === undefined
        ? await users.invite('test', { login, name: 'Weak', roles: ['viewer'] })
        : await users.reset('test', known.id);
    const answer = await aBrowser().ask('POST', '/api/v1/session/invitation', {
      token: tokenOf(link),
      password,
    });
    expectProblem(answer, 422, 'PASSWORD_REFUSED');
    expect(answer.body.detail).toMatch(reason);
  });

  test('a link that is over, replaced or of somebody disabled opens nothing', async () => {
    const users = rollcall.app.get(Users);
    const first = await users.invite('test', { login: 'late', name: 'Late', roles: ['viewer'] });
    const begin = (link: string) =>
      aBrowser().ask('POST', '/api/v1/session/invitation', { token: tokenOf(link), password: PASSWORD });
    const second = await users.reset('test', first.id);
    expectProblem(await begin(first.link), 404, 'INVITATION_INVALID');
    expect((await begin(second.link)).status).toBe(200);
    await rollcall.sql(`update invitations set expires_at = now() where user_id = $1`, [first.id]);
    await sealAll(rollcall);
    expectProblem(await begin(second.link), 404, 'INVITATION_INVALID');
    const third = await users.reset('test', first.id);
    await users.change('test', first.id, { disabled: true });
    expectProblem(await begin(third.link), 404, 'INVITATION_INVALID');
  });
});

describe('codes work once', () => {
  let person: TestPerson;
  beforeAll(async () => {
    person = await aPerson(rollcall, 'codes', 'viewer');
  });

  test('the code that confirmed the authenticator is used, and so is each that has logged in', async () => {
    await renewCodes(person);
    const code = codeOf(person.secret);
    expect((await logIn(aBrowser(), person, { code })).status).toBe(200);
    expectProblem(await logIn(aBrowser(), person, { code }), 401, 'LOGIN_REFUSED');
    expectProblem(await logIn(aBrowser(), person, { code: codeOf(person.secret, -1) }), 401, 'LOGIN_REFUSED');
  });

  test('of ten log-ins at once with one code one is let in', async () => {
    await renewCodes(person);
    const code = codeOf(person.secret);
    const answers = await Promise.all(Array.from({ length: 10 }, () => logIn(aBrowser(), person, { code })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('a clock that is half a minute off is fine, one that is a minute off is not', async () => {
    for (const [steps, status] of [
      [-1, 200],
      [1, 200],
      [-2, 401],
      [2, 401],
    ] as const) {
      // away from the edge of a step
      await eventually(() => Promise.resolve(Date.now() % 30_000 < 27_000), 5_000);
      await renewCodes(person);
      const answer = await logIn(aBrowser(), person, { code: codeOf(person.secret, steps) });
      expect({ steps, status: answer.status }).toEqual({ steps, status });
    }
  });

  test('a recovery code replaces a code once, however it is typed, and for nobody else', async () => {
    const [recoveryCode = '', second = ''] = person.recoveryCodes;
    expectProblem(await logIn(aBrowser(), admin, { recoveryCode }), 401, 'LOGIN_REFUSED');
    expect(
      (await logIn(aBrowser(), person, { recoveryCode: recoveryCode.toUpperCase().replaceAll('-', ' ') }))
        .status,
    ).toBe(200);
    expectProblem(await logIn(aBrowser(), person, { recoveryCode }), 401, 'LOGIN_REFUSED');
    expect((await logIn(aBrowser(), person, { recoveryCode: second })).status).toBe(200);
  });

  test('after twenty wrong codes with the right password only a recovery code helps', async () => {
    await rollcall.sql('update users set code_failures = 19, totp_step = 0 where id = $1', [person.id]);
    await logIn(aBrowser(), person, { code: codeOf(person.secret) }, 'not the right password');
    await logIn(aBrowser(), person, { code: codeWrongFor(person) });
    expectProblem(await logIn(aBrowser(), person, { code: codeOf(person.secret) }), 401, 'LOGIN_REFUSED');
    expect((await logIn(aBrowser(), person, { recoveryCode: person.recoveryCodes[2] })).status).toBe(200);
    expect((await logIn(aBrowser(), person, { code: codeOf(person.secret) })).status).toBe(200);
  });
});

describe('failed log-ins', () => {
  let person: TestPerson;
  beforeAll(async () => {
    person = await aPerson(rollcall, 'beset', 'viewer');
  });

  test('tell neither who exists nor what was right, by words or by time', async () => {
    const code = codeWrongFor(person);
    const timed = async (body: object) => {
      const start = performance.now();
      const answer = await aBrowser().ask('POST', '/api/v1/session', { code, ...body });
      const { requestId: _, ...rest } = answer.body;
      return { rest, status: answer.status, ms: performance.now() - start };
    };
    const answers = [
      await timed({ login: 'nobody-of-this-name', password: PASSWORD }),
      await timed({ login: person.login, password: 'not the right password' }),
      await timed({ login: person.login, password: PASSWORD }),
    ];
    for (const { rest, status, ms } of answers) {
      expect(rest).toEqual(answers[0]?.rest);
      expect(status).toBe(401);
      expect(ms).toBeGreaterThanOrEqual(299);
    }
  });

  test('of one address are throttled, and lock out nobody who is right, at that address or elsewhere', async () => {
    const browser = aBrowser();
    const wrong = () => logIn(browser, person, { code: '000000' }, 'not the right password');
    const answers = await Promise.all(Array.from({ length: 12 }, wrong));
    expect(answers.filter(({ status }) => status === 429).length).toBe(2);
    const refused = await wrong();
    expectProblem(refused, 429, 'TOO_MANY_REQUESTS');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await renewCodes(person);
    expect((await logIn(browser, person, { code: codeOf(person.secret) })).status).toBe(200);
    await renewCodes(person);
    expect((await logIn(aBrowser(), person, { code: codeOf(person.secret) })).status).toBe(200);
  });

  test('are in the audit, counted and few, and a login that does not exist is not named', async () => {
    const refusals = rollcall.app.get(LogInRefusals);
    await refusals.flush();
    const before = (await rollcall.sql(`select from audit where action = 'session.refuse'`)).length;
    const browser = aBrowser();
    const attempts = Array.from({ length: 60 }, (_, i) =>
      browser.ask('POST', '/api/v1/session', { login: `secret${i}`, password: 'x', code: '000000' }),
    );
    await Promise.all([...attempts, logIn(aBrowser(), person, {}), logIn(aBrowser(), admin, {})]);
    await refusals.flush();
    const rows = await rollcall.sql<{ subject: string; detail: { attempts: number } }>(
      `select subject, detail from audit where action = 'session.refuse' order by at, seq offset $1`,
      [before],
    );
    expect(rows.length).toBeLessThanOrEqual(22);
    expect(rows.reduce((sum, { detail }) => sum + detail.attempts, 0)).toBe(62);
    expect(JSON.stringify(rows)).not.toContain('secret1');
    const named = await auditOf('user:beset');
    expect(named.filter(({ action }) => action === 'session.refuse').length).toBeGreaterThan(0);
    const [row] = await rollcall.sql<{ address: string | null }>(
      `select address from audit where action = 'session.refuse' order by at desc limit 1`,
    );
    expect(row?.address).toMatch(/^192\.0\.2\.|^127/);
  });
});

describe('sessions', () => {
  test('a session that somebody slipped in is worth nothing after the log-in', async () => {
    const attacker = await aPerson(rollcall, 'attacker', 'viewer');
    const victim = await aPerson(rollcall, 'victim', 'viewer');
    await renewCodes(victim);
    const browser = aBrowser();
    browser.cookie = attacker.browser.cookie;
    expect((await logIn(browser, victim, { code: codeOf(victim.secret) })).status).toBe(200);
    expect(browser.cookie).not.toBe(attacker.browser.cookie);
    expect((await browser.ask('GET', '/api/v1/me')).body.name).toBe('user:victim');
    expectProblem(await attacker.browser.ask('GET', '/api/v1/me'), 401, 'SESSION_INVALID');
    const made = aBrowser();
    made.cookie = `rcu_${'A'.repeat(43)}`;
    await renewCodes(victim);
    await logIn(made, victim, { code: codeOf(victim.secret) });
    made.cookie = `rcu_${'A'.repeat(43)}`;
    expectProblem(await made.ask('GET', '/api/v1/me'), 401, 'SESSION_INVALID');
  });

  test.each<[string, Record<string, string>, number]>([
    ['our origin and token', {}, 404],
    ['what a browser says of itself, and our token', { origin: '', 'sec-fetch-site': 'same-origin' }, 404],
    ['no CSRF token', { 'x-csrf-token': '' }, 403],
    ['the token of another session', { 'x-csrf-token': 'A'.repeat(43) }, 403],
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['an opaque origin', { origin: 'null' }, 403],
    ['another site of ours', { 'sec-fetch-site': 'same-site' }, 403],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['neither origin nor Sec-Fetch-Site', { origin: '' }, 403],
  ])('a change by cookie with %s', async (_what, headers, status) => {
    const path = '/api/v1/users/00000000-0000-4000-8000-000000000000';
    const answer = await admin.browser.ask('DELETE', path, undefined, headers);
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body.code).toBe('CROSS_SITE');
    expect((await admin.browser.ask('GET', '/api/v1/users', undefined, headers)).status).toBe(200);
  });

  test('a log-in that another site sends is refused', async () => {
    const headers = { origin: 'https://evil.example' };
    const body = { login: 'admin@bank.example', password: PASSWORD, code: '000000' };
    expectProblem(await aBrowser().ask('POST', '/api/v1/session', body, headers), 403, 'CROSS_SITE');
  });

  test('a key goes before a cookie, and needs no CSRF token', async () => {
    const bearer = { authorization: `Bearer ${API_KEY}`, 'x-csrf-token': '' };
    const { body } = await admin.browser.ask('GET', '/api/v1/me', undefined, bearer);
    expect(body).toEqual({ kind: 'key', name: 'ROLLCALL_API_KEY', scopes: ['*'] });
    expect((await admin.browser.ask('POST', '/api/v1/images/resume', undefined, bearer)).status).toBe(200);
    const wrong = { authorization: 'Bearer wrong' };
    expectProblem(await admin.browser.ask('GET', '/api/v1/me', undefined, wrong), 401, 'TOKEN_INVALID');
  });

  test('two cookies of the name are none', async () => {
    const { cookie } = admin.browser;
    const headers = { cookie: `${COOKIE}=${cookie}; ${COOKIE}=${cookie}` };
    expectProblem(await admin.browser.ask('GET', '/api/v1/me', undefined, headers), 401, 'TOKEN_MISSING');
  });

  test.each([
    ['half an hour without a request', `seen_at = now() - interval '31 minutes'`],
    ['twelve hours', `created_at = now() - interval '12 hours 1 minute'`],
  ])('is over after %s', async (_when, change) => {
    const { browser, id } = await aPerson(
      rollcall,
      `idle ${change}`.replace(/\W/g, '').toLowerCase(),
      'viewer',
    );
    expect((await browser.ask('GET', '/api/v1/me')).status).toBe(200);
    // a session is older than its person here
    await rollcall.sql(`update users set sessions_from = '-infinity' where id = $1`, [id]);
    await rollcall.sql(`update user_sessions set ${change} where user_id = $1`, [id]);
    await sealAll(rollcall);
    await eventually(async () => (await browser.ask('GET', '/api/v1/me')).status === 401, 5_000);
  });

  test('its use is written once a minute', async () => {
    const { browser, id } = await aPerson(rollcall, 'busy', 'viewer');
    await rollcall.sql(
      `update user_sessions set seen_at = now() - interval '10 minutes' where user_id = $1`,
      [id],
    );
    await rollcall.sql(`select pg_notify('rollcall_user_sessions', '')`);
    await eventually(async () => {
      await browser.ask('GET', '/api/v1/me');
      const [row] = await rollcall.sql<{ age: number }>(
        'select extract(epoch from now() - seen_at)::float8 as age from user_sessions where user_id = $1',
        [id],
      );
      return (row?.age ?? 600) < 60;
    }, 5_000);
  });

  test('a look at a session in memory takes less than 0.3 ms', async () => {
    const sessions = rollcall.app.get(Sessions);
    const cookie = String(admin.browser.cookie);
    await sessions.find(cookie);
    const start = performance.now();
    for (let i = 0; i < 1_000; i += 1) await sessions.find(cookie);
    expect((performance.now() - start) / 1_000).toBeLessThan(0.3);
  });
});

describe('what an administrator takes away', () => {
  const onReplica = async (person: TestPerson) => {
    const headers = { cookie: `${COOKIE}=${person.browser.cookie}` };
    return (await fetch(`${replica.url}/api`, { headers })).status;
  };

  test('a role works at once, on the other replica and in an open stream too', async () => {
    const person = await aPerson(rollcall, 'demoted', 'viewer');
    expect(await onReplica(person)).toBe(200);
    const headers = { cookie: `${COOKIE}=${person.browser.cookie}` };
    const stream = await fetch(`${rollcall.url}/api/v1/changes/stream`, { headers });
    expect(stream.status).toBe(200);
    const ended = stream.text();
    const path = `/api/v1/users/${person.id}`;
    expect(await admin.browser.ask('PATCH', path, { roles: ['auditor'] })).toMatchObject({
      status: 200,
      body: { roles: ['auditor'] },
    });
    expectProblem(await person.browser.ask('GET', '/api/v1/applicants'), 403, 'INSUFFICIENT_SCOPE');
    expect((await person.browser.ask('GET', '/api/v1/audit')).status).toBe(200);
    await eventually(async () => (await onReplica(person)) === 403, 5_000);
    await ended;
    expect((await auditOf('user:demoted')).at(-1)).toEqual({
      actor: 'user:admin@bank.example',
      action: 'user.change',
      detail: { roles: ['auditor'] },
    });
  }, 30_000);

  test('whoever is disabled is out at once, everywhere, and enabled again has to log in anew', async () => {
    const person = await aPerson(rollcall, 'leaver', 'viewer');
    expect(await onReplica(person)).toBe(200);
    expect((await admin.browser.ask('DELETE', `/api/v1/users/${person.id}`)).status).toBe(204);
    expectProblem(await person.browser.ask('GET', '/api/v1/me'), 401, 'SESSION_INVALID');
    await eventually(async () => (await onReplica(person)) === 401, 5_000);
    await renewCodes(person);
    const factor = { code: codeOf(person.secret) };
    expectProblem(await logIn(aBrowser(), person, factor), 401, 'LOGIN_REFUSED');
    await admin.browser.ask('PATCH', `/api/v1/users/${person.id}`, { disabled: false });
    expectProblem(await person.browser.ask('GET', '/api/v1/me'), 401, 'SESSION_INVALID');
    expect((await logIn(aBrowser(), person, factor)).status).toBe(200);
  });

  test('sessions end, and a reset ends all that somebody had', async () => {
    const person = await aPerson(rollcall, 'reset', 'viewer');
    const path = `/api/v1/users/${person.id}`;
    expect((await admin.browser.ask('DELETE', `${path}/sessions`)).status).toBe(204);
    expectProblem(await person.browser.ask('GET', '/api/v1/me'), 401, 'SESSION_INVALID');
    const [recoveryCode] = person.recoveryCodes;
    expect((await admin.browser.ask('POST', `${path}/invitation`)).status).toBe(201);
    expectProblem(await logIn(aBrowser(), person, { recoveryCode }), 401, 'LOGIN_REFUSED');
    expect((await admin.browser.ask('GET', path)).body.state).toBe('invited');
  });

  test('a login is given once', async () => {
    const body = { login: 'ADMIN@bank.example', name: 'x', roles: ['viewer'] };
    expectProblem(await admin.browser.ask('POST', '/api/v1/users', body), 409, 'CONFLICT');
  });

  test.each([
    ['an unknown role', { login: 'someone', name: 'x', roles: ['root'] }],
    ['no role', { login: 'someone', name: 'x', roles: [] }],
    ['a login with a colon', { login: 'user:x', name: 'x', roles: ['viewer'] }],
    ['a name with a line break', { login: 'someone', name: 'x\ny', roles: ['viewer'] }],
  ])('%s is refused', async (_what, body) => {
    expectProblem(await admin.browser.ask('POST', '/api/v1/users', body), 400, 'BAD_REQUEST');
  });

  test('people are listed page by page, the roles in one', async () => {
    const ask = callerWithAll(rollcall);
    const first = await ask<{ items: { login: string }[]; nextCursor: string }>('/api/v1/users?limit=1');
    // a login may be an e-mail address, and cursors end up in URLs
    expect(Buffer.from(first.body.nextCursor, 'base64url').toString()).not.toContain(
      first.body.items[0]?.login,
    );
    const second = await ask<{ items: { login: string }[] }>(
      `/api/v1/users?limit=1&cursor=${first.body.nextCursor}`,
    );
    expect((first.body.items[0]?.login ?? '') < (second.body.items[0]?.login ?? '')).toBe(true);
    expectProblem(await ask('/api/v1/users?cursor=x'), 400, 'BAD_CURSOR');
    const roles = await ask<{ items: { role: string; scopes: string[] }[] }>('/api/v1/roles');
    expect(roles.body.items.find(({ role }) => role === 'auditor')?.scopes).toEqual(['audit:read']);
  });
});

describe('the last administrator', () => {
  test('cannot be disabled, demoted or reset over HTTP, and somebody who is only invited does not count', async () => {
    const path = `/api/v1/users/${admin.id}`;
    await rollcall.app.get(Users).invite('test', { login: 'not-yet', name: 'x', roles: ['admin'] });
    for (const [method, to, body] of [
      ['DELETE', path, undefined],
      ['PATCH', path, { disabled: true }],
      ['PATCH', path, { roles: ['viewer'] }],
      ['POST', `${path}/invitation`, undefined],
    ] as const) {
      expectProblem(await admin.browser.ask(method, to, body), 409, 'CONFLICT');
    }
    expect(
      (await admin.browser.ask('PATCH', path, { name: 'Mona', roles: ['admin', 'viewer'] })).status,
    ).toBe(200);
  });

  test('is left by two who disable each other at once, time and again', async () => {
    const other = await aPerson(rollcall, 'other-admin', 'admin');
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all([
        admin.browser.ask('DELETE', `/api/v1/users/${other.id}`),
        other.browser.ask('DELETE', `/api/v1/users/${admin.id}`),
      ]);
      const active = await rollcall.sql(
        `select from users where 'admin' = any(roles) and disabled_at is null and password is not null`,
      );
      expect([answers.map(({ status }) => status), active.length]).toEqual([
        expect.arrayContaining([204]),
        1,
      ]);
      await rollcall.sql(
        `update users set disabled_at = null, sessions_from = '-infinity' where 'admin' = any(roles)`,
      );
      await sealAll(rollcall);
      await eventually(
        async () =>
          (await admin.browser.ask('GET', '/api/v1/me')).status === 200 &&
          (await other.browser.ask('GET', '/api/v1/me')).status === 200,
        5_000,
      );
    }
  });
});
