import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Users } from '../../src/auth/people/users.service.js';
import { projectRoot } from '../../src/config/root.js';
import { startApp, type TestApp } from '../harness/app.js';
import { expectProblem } from '../harness/clients.js';
import { eventually } from '../harness/processes.js';
import { aPerson, Browser, codeOf, COOKIE, PASSWORD, PUBLIC_URL, sealAll } from './browser.js';

const CALLBACK = '/api/v1/session/oidc/callback';
const DIRECTORY = { mona: ['kyc-staff', 'everybody'], omar: ['everybody'], admin: ['kyc-admins'] };

let rollcall: TestApp;
let provider: ChildProcess;
let said: AsyncIterator<string>;

async function startProvider() {
  const file = join(projectRoot, 'test', 'auth', 'identity-provider.mjs');
  provider = spawn(process.execPath, [file, PUBLIC_URL + CALLBACK, JSON.stringify(DIRECTORY)], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  said = createInterface({ input: provider.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  let line = '';
  while (!line.startsWith('http')) line = String((await said.next()).value);
  return line;
}

async function setGroups(login: string, roles: string[]): Promise<void> {
  provider.stdin?.write(`${JSON.stringify({ login, roles })}\n`);
  await said.next();
}

beforeAll(async () => {
  const issuer = await startProvider();
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
});
afterAll(async () => {
  provider.kill();
  await rollcall.stop();
});

/** A browser that follows redirects, and keeps the cookies of the provider and of Rollcall. */
class Surfer {
  readonly jar = new Map<string, string>();

  async go(url: string, form?: Record<string, string>): Promise<Response> {
    const at = new URL(url);
    const isOurs = at.origin === PUBLIC_URL;
    const response = await fetch(isOurs ? rollcall.url + at.pathname + at.search : url, {
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
  await eventually(async () => (await surfer.me()).status === 401);
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
