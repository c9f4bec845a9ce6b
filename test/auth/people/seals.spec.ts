import { CredentialHash } from '../../../src/crypto/credential-hash.js';
import { KeyRing } from '../../../src/crypto/key-ring.js';
import { PeopleSeal } from '../../../src/auth/people/people-seal.js';
import { readAllUsers } from '../../../src/auth/people/sealed-users.repository.js';
import { SealedUsers } from '../../../src/auth/people/sealed-users.service.js';
import { Users } from '../../../src/auth/people/users.service.js';
import { DataSource } from 'typeorm';
import { databaseBefore } from '../../db/upgraded.js';
import { eventually } from '../../harness/processes.js';
import { expectProblem } from '../../harness/clients.js';
import { aDatabase, type AuthApp, startAuth } from '../auth-app.js';
import { aPerson, Browser, codeOf, PASSWORD, PUBLIC_URL, type TestPerson, tokenOf } from '../browser.js';

const ENV = { ROLLCALL_PUBLIC_URL: PUBLIC_URL };

let database: Awaited<ReturnType<typeof aDatabase>>;
let server: AuthApp;
let users: Users;
let admin: TestPerson;
let people = 0;

beforeAll(async () => {
  database = await aDatabase();
  server = await startAuth(database.url, ENV);
  users = server.app.get(Users, { strict: false });
  admin = await aPerson(server, 'admin@bank.example', 'admin');
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

const aViewer = () => aPerson(server, `viewer-${(people += 1)}`, 'viewer');
const statusOf = async ({ browser }: TestPerson) => (await browser.ask('GET', '/api/v1/me')).status;
const stateOf = async ({ id }: { id: string }) => (await users.read(id)).state;
const announce = () =>
  database.sql(`select pg_notify('rollcall_users', ''), pg_notify('rollcall_user_sessions', '')`);

/** By SQL, as somebody does who has the rights of the server at the database and not its keys. */
async function bySql(text: string, values: unknown[] = []) {
  await database.sql(text, values);
  await announce();
}

describe('a person whose row somebody has changed by SQL opens nothing', () => {
  test.each([
    ['another role', `roles = '{viewer,admin}'`],
    ['another login, as the audit shows it', `login = 'somebody-else'`],
    ['another name', `name = 'Somebody Else'`],
    ['the password of somebody else', `password = (select password from users where login like 'admin@%')`],
    ['a subject of the identity provider', `subject = 'https://idp.example|mallory'`],
    ['older sessions', `sessions_from = '-infinity'`],
    ['the seal of somebody else', `seal = (select seal from users where login like 'admin@%')`],
    ['no seal', 'seal = null'],
  ])('%s', async (_what, change) => {
    const person = await aViewer();
    expect(await statusOf(person)).toBe(200);
    await bySql(`update users set ${change} where id = $1`, [person.id]);
    await eventually(async () => (await statusOf(person)) === 401, 5_000);
    expect(await stateOf(person)).toBe('tampered');
    await bySql('update users set totp_step = 0 where id = $1', [person.id]);
    const { login } = await users.read(person.id);
    const attempt = { login, password: PASSWORD, code: codeOf(person.secret) };
    expectProblem(
      await new Browser(server.url).ask('POST', '/api/v1/session', attempt),
      401,
      'LOGIN_REFUSED',
    );
    await bySql('delete from users where id = $1', [person.id]);
  });

  test('nor does somebody who was disabled and is enabled by SQL', async () => {
    const person = await aViewer();
    await users.change('test', person.id, { disabled: true });
    await bySql('update users set disabled_at = null where id = $1', [person.id]);
    expect(await stateOf(person)).toBe('tampered');
    expect(await statusOf(person)).toBe(401);
  });

  test('nor one who was inserted, and none of them counts as an administrator', async () => {
    await bySql(
      `insert into users (login, name, roles, password, totp_secret, seal)
       select 'mallory', name, roles, password, totp_secret, seal from users where id = $1`,
      [admin.id],
    );
    expect(await stateOf(await users.readByLogin('mallory'))).toBe('tampered');
    const answer = await admin.browser.ask('PATCH', `/api/v1/users/${admin.id}`, { roles: ['viewer'] });
    expectProblem(answer, 409, 'CONFLICT');
  });

  test('an administrator resets them: nothing of the row is believed, and roles are given anew', async () => {
    const person = await aViewer();
    await bySql(`update users set roles = '{admin}' where id = $1`, [person.id]);
    const path = `/api/v1/users/${person.id}`;
    // else this would seal what somebody wrote
    for (const body of [{ name: 'x' }, { disabled: true }, { roles: ['viewer'] }]) {
      expectProblem(await admin.browser.ask('PATCH', path, body), 409, 'CONFLICT');
    }
    expectProblem(await admin.browser.ask('DELETE', `${path}/sessions`), 409, 'CONFLICT');
    expect((await admin.browser.ask('POST', `${path}/invitation`)).status).toBe(201);
    expect((await admin.browser.ask('GET', path)).body).toMatchObject({ state: 'invited', roles: [] });
    expect((await admin.browser.ask('PATCH', path, { roles: ['viewer'] })).body).toMatchObject({
      roles: ['viewer'],
    });
  });
});

describe('what somebody moves to another person by SQL opens nothing', () => {
  test('a session, or one that was made to last longer', async () => {
    for (const change of [
      `user_id = $1`,
      `created_at = created_at + make_interval(hours => length($1) / 36)`,
    ]) {
      const person = await aViewer();
      await database.sql(`update user_sessions set ${change} where user_id = $2`, [
        change.startsWith('user_id') ? admin.id : person.id,
        person.id,
      ]);
      await announce();
      await eventually(async () => (await statusOf(person)) === 401, 5_000);
    }
    expect(await statusOf(admin)).toBe(200);
  });

  test('the link of an invitation, or a password that was put into its row', async () => {
    const invited = await users.invite('test', { login: 'mover', name: 'x', roles: ['viewer'] });
    const token = tokenOf(invited.link);
    const browser = new Browser(server.url);
    await database.sql('update invitations set user_id = $1 where user_id = $2', [admin.id, invited.id]);
    const begin = () => browser.ask('POST', '/api/v1/session/invitation', { token, password: PASSWORD });
    expectProblem(await begin(), 404, 'INVITATION_INVALID');
    await database.sql('update invitations set user_id = $2 where user_id = $1', [admin.id, invited.id]);
    const { body } = await begin();
    await database.sql(
      'update invitations set password = (select password from users where id = $1) where user_id = $2',
      [admin.id, invited.id],
    );
    const confirmation = { token, code: codeOf(String(body.secret)) };
    const confirmed = await browser.ask('POST', '/api/v1/session/invitation/confirmation', confirmation);
    expectProblem(confirmed, 404, 'INVITATION_INVALID');
  });

  test('a recovery code', async () => {
    const [person, other] = [await aViewer(), await aViewer()];
    await database.sql('update recovery_codes set user_id = $1 where user_id = $2', [other.id, person.id]);
    const [recoveryCode] = person.recoveryCodes;
    const attempt = { login: other.login, password: PASSWORD, recoveryCode };
    expectProblem(
      await new Browser(server.url).ask('POST', '/api/v1/session', attempt),
      401,
      'LOGIN_REFUSED',
    );
  });
});

describe('people of before', () => {
  test('go on after the upgrade as they were; who was changed or added meanwhile does not', async () => {
    const before = await databaseBefore(290);
    const insert = (login: string, roles: string, disabled = false) =>
      before.client.query(
        `insert into users (login, name, roles, password, disabled_at)
         values ($1, $1, $2, 'hash', case when $3 then now() end)`,
        [login, roles, disabled],
      );
    await insert('mona', '{admin}');
    await insert('widened', '{viewer}');
    await insert('left', '{viewer}', true);
    await insert('back', '{viewer}', true);
    await before.upgrade();
    await before.client.query(`update users set roles = '{admin}' where login = 'widened'`);
    await before.client.query(`update users set disabled_at = null where login = 'back'`);
    await insert('late', '{viewer}');
    // two replicas start at once
    const apps = await Promise.all([startAuth(before.url), startAuth(before.url)]);
    for (const { app } of apps) {
      const { items } = await app.get(Users, { strict: false }).list({ limit: 10 });
      expect(Object.fromEntries(items.map(({ login, state }) => [login, state]))).toEqual({
        mona: 'active',
        left: 'disabled',
        widened: 'tampered',
        back: 'tampered',
        late: 'tampered',
      });
    }
    expect((await before.client.query('select from users_to_seal')).rowCount).toBe(0);
    await Promise.all(apps.map((app) => app.stop()));
    await before.drop();
  });

  test('under another first key of the ring open still, and are put under it at the next start', async () => {
    const person = await aViewer();
    const [k1, k2] = [7, 8].map((byte, i) => `k${i + 1}:${Buffer.alloc(32, byte).toString('base64')}`);
    const seal = new PeopleSeal(new CredentialHash(KeyRing.parse(String(k2))));
    const moved = await startAuth(database.url, { ...ENV, ROLLCALL_KEYS: `${k2},${k1}` });
    const rows = await readAllUsers(moved.app.get(DataSource, { strict: false }).manager);
    const row = rows.find(({ id }) => id === person.id);
    expect(row !== undefined && seal.isUser(row)).toBe(true);
    // and who was not ours stays so
    expect(rows.filter((one) => !seal.isUser(one)).map(({ login }) => login)).toContain('mallory');
    await moved.app.get(SealedUsers, { strict: false }).sealOlder();
    await moved.stop();
  });
});
