import { Logger } from '@nestjs/common';
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { generateKeyPair, SignJWT } from 'jose';
import { oidcFaults } from '../../src/auth/people/oidc-settings.js';
import { Users } from '../../src/auth/people/users.service.js';
import { projectRoot } from '../../src/config/root.js';
import { startApp, type TestApp } from '../harness/app.js';
import { expectProblem } from '../harness/clients.js';
import { eventually } from '../harness/processes.js';
import { type AuthApp, startAuth } from './auth-app.js';
import { aPerson, Browser, codeOf, COOKIE, PASSWORD, PUBLIC_URL, sealAll } from './browser.js';

const CALLBACK = '/api/v1/session/oidc/callback';
const DIRECTORY = {
  mona: ['kyc-staff', 'everybody'],
  omar: ['everybody'],
  admin: ['kyc-admins'],
  'admin-of-bank': ['kyc-admins'],
};

let rollcall: TestApp;
let replica: AuthApp;
let issuer: string;
let provider: ChildProcess;
let said: AsyncIterator<string>;

async function startProvider() {
  const file = join(projectRoot, 'test', 'auth', 'identity-provider.mjs');
  provider = spawn(process.execPath, [file, PUBLIC_URL + CALLBACK, JSON.stringify(DIRECTORY)], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  said = createInterface({ input: provider.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  return hear(/^http/);
}

/** The next line that is meant for us: the provider also prints notices. */
async function hear(pattern: RegExp): Promise<string> {
  for (;;) {
    const { value, done } = await said.next();
    if (done === true) throw new Error(`The provider ended without ${pattern}`);
    if (pattern.test(value)) return value;
  }
}

async function tell(message: object): Promise<void> {
  provider.stdin?.write(`${JSON.stringify(message)}\n`);
  await hear(/^changed$/);
}

const setGroups = (login: string, roles: string[]) => tell({ login, roles });

beforeAll(async () => {
  issuer = await startProvider();
  rollcall = await startApp({
    env: {
      ROLLCALL_ROLE: 'api',
      ROLLCALL_PUBLIC_URL: PUBLIC_URL,
      ROLLCALL_OIDC_ISSUER: issuer,
      ROLLCALL_OIDC_CLIENT_ID: 'rollcall',
      ROLLCALL_OIDC_CLIENT_SECRET: 'known-to-the-provider',
      ROLLCALL_OIDC_ROLES_CLAIM: 'groups',
      ROLLCALL_OIDC_ROLES: 'kyc-staff=operator,kyc-admins=admin',
    },
  });
  replica = await startAuth(rollcall.databaseUrl, { ROLLCALL_PUBLIC_URL: PUBLIC_URL });
  await tell({ server: rollcall.url });
});
afterAll(async () => {
  provider.kill();
  await replica.stop();
  await rollcall.stop();
});

/** A browser that follows redirects, and keeps the cookies of the provider and of Rollcall. */
class Surfer {
  readonly jar = new Map<string, string>();

  constructor(private readonly server = rollcall.url) {}

  async go(url: string, form?: Record<string, string>): Promise<Response> {
    const at = new URL(url);
    const isOurs = at.origin === PUBLIC_URL;
    const response = await fetch(isOurs ? this.server + at.pathname + at.search : url, {
      redirect: 'manual',
      headers: { cookie: [...this.jar].map((pair) => pair.join('=')).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '') this.jar.delete(name);
      else this.jar.set(name, value);
    }
    return response;
  }

  /** From our button to the moment in which the provider sends the browser back. @returns that URL */
  async toCallback(login: string): Promise<string> {
    let response = await this.go(`${PUBLIC_URL}/api/v1/session/oidc`);
    let at = '';
    for (let step = 0; step < 12 && response.status >= 300; step += 1) {
      at = new URL(String(response.headers.get('location')), at || undefined).href;
      if (at.startsWith(PUBLIC_URL + CALLBACK)) return at;
      response = await this.go(at);
      if (response.status !== 200) continue;
      const prompt = (await response.text()).includes('value="login"') ? 'login' : 'consent';
      response = await this.go(at, { prompt, ...(prompt === 'login' && { login, password: 'any' }) });
    }
    throw new Error(`The provider ended at ${at} with ${response.status}`);
  }

  async logIn(login: string): Promise<Response> {
    return this.go(await this.toCallback(login));
  }

  /** At the provider, on its own page. */
  async logOutAtProvider(): Promise<void> {
    const page = await (await this.go(`${issuer}/session/end`)).text();
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(page) ?? [];
    await this.go(`${issuer}/session/end/confirm`, { xsrf, logout: 'yes' });
  }

  async me() {
    const response = await this.go(`${PUBLIC_URL}/api/v1/me`);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
}

test('a person logs in at the provider, and has the roles that it gives', async () => {
  const surfer = new Surfer();
  const back = await surfer.logIn('mona');
  expect([back.status, back.headers.get('location')]).toEqual([302, `${PUBLIC_URL}/console`]);
  expect([...surfer.jar.keys()].filter((name) => name.startsWith('__Host'))).toEqual([COOKIE]);
  expect(await surfer.me()).toMatchObject({
    status: 200,
    body: {
      kind: 'person',
      name: 'user:mona',
      displayName: 'mona of the directory',
      roles: ['operator'],
      csrfToken: expect.any(String),
    },
  });
  const audit = await rollcall.sql(
    `select actor, action, detail from audit where subject = 'user:mona' or (actor = 'user:mona' and action = 'session.create') order by at, seq`,
  );
  expect(audit).toEqual([
    { actor: 'provider', action: 'user.create', detail: { roles: ['operator'] } },
    { actor: 'user:mona', action: 'session.create', detail: { by: 'provider' } },
  ]);
});

test('roles are those of the last log-in, in every session of the person, and none means no entry', async () => {
  const first = new Surfer();
  await first.logIn('mona');
  await setGroups('mona', ['kyc-admins']);
  await new Surfer().logIn('mona');
  expect((await first.me()).body.roles).toEqual(['admin']);
  await setGroups('mona', []);
  const refused = await new Surfer().logIn('mona');
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'SSO_NO_ROLE']);
  expect((await first.me()).body.scopes).toEqual([]);
  expect((await new Surfer().logIn('omar')).status).toBe(403);
  expect(await rollcall.sql(`select from users where login = 'omar'`)).toEqual([]);
  await setGroups('mona', ['kyc-staff']);
});

test('an answer that was not asked for, or is used again, or was meant for another browser, is refused', async () => {
  const surfer = new Surfer();
  const url = await surfer.toCallback('mona');
  expect((await new Surfer().go(url)).status).toBe(403);
  const other = new Surfer();
  await other.go(`${PUBLIC_URL}/api/v1/session/oidc`);
  expect((await other.go(url)).status).toBe(403);
  const changed = new URL(url);
  changed.searchParams.set('state', 'another');
  const errand = new Map(surfer.jar);
  expect((await surfer.go(changed.href)).status).toBe(403);
  for (const [name, value] of errand) surfer.jar.set(name, value);
  expect((await surfer.go(url)).status).toBe(302);
  for (const [name, value] of errand) surfer.jar.set(name, value);
  expect((await surfer.go(url)).status).toBe(403);
});

test('a local account of the same login is somebody else, and who is disabled stays out', async () => {
  await aPerson(rollcall, 'admin', 'viewer');
  const surfer = new Surfer();
  await surfer.logIn('admin');
  const { body } = await surfer.me();
  expect(body.name).toMatch(/^user:sso-[0-9a-f]{12}$/);
  expect(body.roles).toEqual(['admin']);
  const users = rollcall.app.get(Users);
  const { id } = await users.readByLogin(String(body.name).slice('user:'.length));
  await aPerson(rollcall, 'keeper', 'admin');
  await users.change('test', id, { disabled: true });
  expect((await surfer.me()).status).toBe(401);
  expect((await new Surfer().logIn('admin')).status).toBe(401);
});

test('after an hour the provider is asked again', async () => {
  const surfer = new Surfer();
  await surfer.logIn('mona');
  await rollcall.sql(`update user_sessions set created_at = now() - interval '61 minutes'`);
  await rollcall.sql(`update users set sessions_from = '-infinity'`);
  await sealAll(rollcall);
  await eventually(async () => (await surfer.me()).status === 401, 5_000);
});

const toLogOut = (token: string) =>
  fetch(`${rollcall.url}/api/v1/session/oidc/back-channel-logout`, {
    method: 'POST',
    body: new URLSearchParams({ logout_token: token }),
  });

test('who logs out at the provider is logged out here, on every replica, and nobody else is', async () => {
  const [surfer, elsewhere, other] = [new Surfer(), new Surfer(), new Surfer()];
  await surfer.logIn('mona');
  await elsewhere.logIn('mona');
  await other.logIn('admin-of-bank');
  const onReplica = async () => {
    const headers = { cookie: `${COOKIE}=${surfer.jar.get(COOKIE)}` };
    return (await fetch(`${replica.url}/api`, { headers })).status;
  };
  expect(await onReplica()).toBe(200);
  await surfer.logOutAtProvider();
  await eventually(async () => (await surfer.me()).status === 401, 5_000);
  await eventually(async () => (await onReplica()) === 401, 5_000);
  // her other browser has a session of its own at the provider
  expect([(await elsewhere.me()).status, (await other.me()).status]).toEqual([200, 200]);
  const [entry] = await rollcall.sql(
    `select actor, subject from audit where action = 'session.end' order by at desc, seq desc limit 1`,
  );
  expect(entry).toEqual({ actor: 'provider', subject: expect.stringMatching(/^session:/) });
});

test('what is no log-out token of the provider ends nothing', async () => {
  const surfer = new Surfer();
  await surfer.logIn('mona');
  const { privateKey } = await generateKeyPair('RS256');
  const forged = await new SignJWT({ events: { 'http://schemas.openid.net/event/backchannel-logout': {} } })
    .setProtectedHeader({ alg: 'RS256', typ: 'logout+jwt', kid: 'unknown' })
    .setIssuer(issuer)
    .setAudience('rollcall')
    .setSubject('mona')
    .setIssuedAt()
    .setExpirationTime('2m')
    .setJti('forged')
    .sign(privateKey);
  const unsigned = [{ alg: 'none' }, { iss: issuer, aud: 'rollcall', sub: 'mona' }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  for (const token of ['', 'x', forged, `${unsigned}.`]) {
    const answer = await toLogOut(token);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      400,
      'LOGOUT_TOKEN_INVALID',
    ]);
  }
  expect((await surfer.me()).status).toBe(200);
});

test('a log-out token works once', async () => {
  const surfer = new Surfer();
  await surfer.logIn('mona');
  await tell({ keep: true });
  await surfer.logOutAtProvider();
  const token = await hear(/^ey/);
  const answers = await Promise.all([toLogOut(token), toLogOut(token), toLogOut(token)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  await eventually(async () => (await surfer.me()).status === 401, 5_000);
});

test('a log-in that is weaker or older than the settings demand is refused', async () => {
  const strict = await startAuth(rollcall.databaseUrl, {
    ROLLCALL_PUBLIC_URL: PUBLIC_URL,
    ROLLCALL_OIDC_ISSUER: issuer,
    ROLLCALL_OIDC_CLIENT_ID: 'rollcall',
    ROLLCALL_OIDC_CLIENT_SECRET: 'known-to-the-provider',
    ROLLCALL_OIDC_ROLES_CLAIM: 'groups',
    ROLLCALL_OIDC_ROLES: 'kyc-staff=operator,kyc-admins=admin',
    ROLLCALL_OIDC_ACR: 'two-factors',
    ROLLCALL_OIDC_AMR: 'mfa,hwk',
    ROLLCALL_OIDC_MAX_AGE_MINUTES: '5',
  });
  try {
    const outcome = async (acr: string, amr: string[]) => {
      await tell({ login: 'mona', acr, amr });
      const answer = await new Surfer(strict.url).logIn('mona');
      return answer.status === 302 ? 302 : ((await answer.json()) as { detail: string }).detail;
    };
    expect(await outcome('password', ['mfa'])).toMatch(/ROLLCALL_OIDC_ACR/);
    expect(await outcome('two-factors', ['pwd'])).toMatch(/ROLLCALL_OIDC_AMR/);
    expect(await outcome('two-factors', ['pwd', 'hwk'])).toBe(302);
    const surfer = new Surfer(strict.url);
    const asked = await surfer.go(`${PUBLIC_URL}/api/v1/session/oidc`);
    const query = new URL(String(asked.headers.get('location'))).searchParams;
    expect([query.get('acr_values'), query.get('max_age')]).toEqual(['two-factors', '300']);
  } finally {
    await strict.stop();
  }
});

test('a role that does not exist stops the start, and is named', () => {
  const faults = oidcFaults({ ROLLCALL_OIDC_ROLES: ['a=operator', 'b=operators', 'c=admin', 'd=operators'] });
  expect(faults).toEqual([
    { name: 'ROLLCALL_OIDC_ROLES', message: expect.stringMatching(/^gives the role "operators", .*viewer/) },
  ]);
});

test('the provider may take the last administrator away, but not silently; a local one counts', async () => {
  await rollcall.sql('update users set disabled_at = now()');
  await sealAll(rollcall);
  await setGroups('chief', ['kyc-admins']);
  await new Surfer().logIn('chief');
  const lastEntry = async () => {
    const [row] = await rollcall.sql<{ detail: object }>(
      `select detail from audit where subject = 'user:chief' and action = 'user.change' order by at desc, seq desc limit 1`,
    );
    return row?.detail;
  };
  const warn = jest.spyOn(Logger.prototype, 'warn');
  const local = await aPerson(rollcall, 'local-admin', 'admin');
  await setGroups('chief', ['kyc-staff']);
  await new Surfer().logIn('chief');
  expect(await lastEntry()).toEqual({ roles: ['operator'] });
  await setGroups('chief', ['kyc-admins']);
  await new Surfer().logIn('chief');
  await rollcall.app.get(Users).change('test', local.id, { disabled: true });
  await setGroups('chief', ['kyc-staff']);
  await new Surfer().logIn('chief');
  expect(await lastEntry()).toEqual({ roles: ['operator'], lastAdmin: true });
  expect(warn).toHaveBeenCalledWith(
    expect.objectContaining({ code: 'NO_ADMIN_LEFT' }),
    expect.stringContaining('rollcall user invite'),
  );
  warn.mockRestore();
});

test('while the provider is away a local account still logs in', async () => {
  const local = await aPerson(rollcall, 'break-glass', 'admin');
  const surfer = new Surfer();
  const url = await surfer.toCallback('mona');
  provider.kill('SIGKILL');
  await new Promise((resolve) => provider.once('exit', resolve));
  const answer = await surfer.go(url);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
  const browser = new Browser(rollcall.url);
  await rollcall.sql('update users set totp_step = 0 where id = $1', [local.id]);
  const body = { login: local.login, password: PASSWORD, code: codeOf(local.secret) };
  expect((await browser.ask('POST', '/api/v1/session', body)).status).toBe(200);
});

test('without a provider in the settings there is no such path', async () => {
  const plain = await startApp({ env: { ROLLCALL_ROLE: 'api' } });
  try {
    const answer = await new Browser(plain.url).ask('GET', '/api/v1/session/oidc');
    expectProblem(answer, 404, 'NOT_FOUND');
  } finally {
    await plain.stop();
  }
});
