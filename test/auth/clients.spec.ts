import type { Clients } from '../../src/auth/clients.service.js';
import { DatabaseProxy } from '../faults/database-proxy.js';
import { CLIENT } from '../harness/app.js';
import { eventually } from '../harness/processes.js';
import { askToken, send } from './asking.js';
import { aDatabase, type AuthApp, startAuth } from './auth-app.js';

const WITHIN_MS = 5_000;

const proxy = new DatabaseProxy();
let database: Awaited<ReturnType<typeof aDatabase>>;
let target: AuthApp;
let replica: AuthApp;
let clients: Clients;

beforeAll(async () => {
  database = await aDatabase();
  target = await startAuth(await proxy.open(database.url));
  replica = await startAuth(database.url);
  clients = target.clients;
});

afterAll(async () => {
  await replica.stop();
  await target.stop();
  await proxy.close();
  await database.drop();
});

beforeEach(async () => {
  await database.sql('delete from token_failures');
});

async function statusOf(clientId: string, secret: string, url = target.url): Promise<number> {
  return (await askToken(url, secret, clientId)).status;
}

async function tokenOf(clientId: string, secret: string, url = target.url): Promise<string> {
  return String((await askToken(url, secret, clientId)).json.access_token);
}

async function callbackStatus(token: string, url = target.url): Promise<number> {
  return (await send(`${url}/callbacks`, 'POST', { authorization: `Bearer ${token}` })).status;
}

describe('M1 two secrets of one client', () => {
  test('after a rotation both open; after the next one the oldest does not', async () => {
    const [one, two, three] = [clients.makeSecret(), 'chosen for the second time', clients.makeSecret()];
    await clients.create('test', 'rotated', 'Rotated', one);
    await clients.rotate('test', 'rotated', two);
    expect(await Promise.all([one, two].map((secret) => statusOf('rotated', secret)))).toEqual([200, 200]);
    await clients.rotate('test', 'rotated', three);
    expect(await Promise.all([one, two, three].map((secret) => statusOf('rotated', secret)))).toEqual([
      401, 200, 200,
    ]);
    expect(await database.sql(`select from client_secrets where client_id = 'rotated'`)).toHaveLength(2);
  });

  test('the older one ends after the overlap, also where it is held in memory', async () => {
    const [one, two] = [clients.makeSecret(), clients.makeSecret()];
    await clients.create('test', 'overlap', 'x', one);
    await clients.rotate('test', 'overlap', two, 100);
    expect(await statusOf('overlap', one)).toBe(200);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 101_000);
    try {
      expect(await statusOf('overlap', one)).toBe(401);
      expect(await statusOf('overlap', two)).toBe(200);
    } finally {
      clock.mockRestore();
    }
  });

  test('a secret that is about to end is not given more time by a rotation', async () => {
    const [one, two] = [clients.makeSecret(), clients.makeSecret()];
    await clients.create('test', 'ending', 'x', one);
    await database.sql(
      `update client_secrets set expires_at = now() + interval '10 s' where client_id = 'ending'`,
    );
    await clients.rotate('test', 'ending', two, 1_000);
    const [{ left }] = (await database.sql<{ left: number }>(
      `select extract(epoch from expires_at - now())::float8 as left from client_secrets
        where client_id = 'ending' and expires_at is not null`,
    )) as [{ left: number }];
    expect(left).toBeLessThanOrEqual(10);
  });

  test('without overlap the older one ends at once', async () => {
    const [one, two] = [clients.makeSecret(), clients.makeSecret()];
    await clients.create('test', 'leaked', 'x', one);
    await clients.rotate('test', 'leaked', two, 0);
    expect(await statusOf('leaked', one)).toBe(401);
    expect(await statusOf('leaked', two)).toBe(200);
  });

  test('rotations at once follow each other: two secrets are left', async () => {
    await clients.create('test', 'busy', 'x', clients.makeSecret());
    const secrets = [1, 2, 3, 4].map(() => clients.makeSecret());
    await Promise.all(secrets.map((secret) => clients.rotate('test', 'busy', secret)));
    expect(await database.sql(`select from client_secrets where client_id = 'busy'`)).toHaveLength(2);
    const opening = await Promise.all(secrets.map((secret) => statusOf('busy', secret)));
    expect(opening.filter((status) => status === 200)).toHaveLength(2);
  });
});

describe('M2 a disabled client', () => {
  test('its tokens and secrets stop working at once, on every replica, and its secrets alone work again when it is enabled', async () => {
    const secret = clients.makeSecret();
    await clients.create('test', 'switched', 'x', secret);
    await eventually(async () => (await statusOf('switched', secret, replica.url)) === 200, WITHIN_MS);
    const token = await tokenOf('switched', secret);
    expect([await callbackStatus(token), await callbackStatus(token, replica.url)]).toEqual([200, 200]);

    await clients.disable('test', 'switched');
    expect([await callbackStatus(token), await statusOf('switched', secret)]).toEqual([401, 401]);
    await eventually(async () => (await callbackStatus(token, replica.url)) === 401, WITHIN_MS);
    expect(await statusOf('switched', secret, replica.url)).toBe(401);

    await clients.enable('test', 'switched');
    expect([await callbackStatus(token), await statusOf('switched', secret)]).toEqual([401, 200]);
    const newer = await tokenOf('switched', secret);
    await eventually(async () => (await callbackStatus(newer, replica.url)) === 200, WITHIN_MS);
    expect(await callbackStatus(token, replica.url)).toBe(401);
  });

  test('is refused although the notification was lost', async () => {
    const secret = clients.makeSecret();
    await clients.create('test', 'missed', 'x', secret);
    const token = await tokenOf('missed', secret);
    expect(await callbackStatus(token)).toBe(200);
    // One statement: the listener is cut off and the client disabled, and nobody is told.
    await database.sql(
      `with cut as (
         select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name = 'rollcall-listener'),
       disabled as (update clients set disabled_at = now() where client_id = 'missed')
       select * from cut`,
    );
    await eventually(async () => (await callbackStatus(token)) === 401, WITHIN_MS);
  });

  test('a client that was deleted is refused as well', async () => {
    const secret = clients.makeSecret();
    await clients.create('test', 'deleted', 'x', secret);
    const token = await tokenOf('deleted', secret);
    await database.sql(`delete from clients where client_id = 'deleted'`);
    await database.sql(`select pg_notify('rollcall_clients', '')`);
    await eventually(async () => (await callbackStatus(token)) === 401, WITHIN_MS);
  });
});

describe('M1 tokens hold everywhere', () => {
  test('on every replica, whichever issued them', async () => {
    expect(await callbackStatus(await tokenOf(CLIENT.id, CLIENT.secret), replica.url)).toBe(200);
    expect(await callbackStatus(await tokenOf(CLIENT.id, CLIENT.secret, replica.url))).toBe(200);
  });

  test('over restarts', async () => {
    const token = await tokenOf(CLIENT.id, CLIENT.secret);
    const restarted = await startAuth(database.url);
    try {
      expect(await callbackStatus(token, restarted.url)).toBe(200);
    } finally {
      await restarted.stop();
    }
  });
});

describe('the table of clients', () => {
  test('an id is given once, and an unknown one cannot be changed', async () => {
    expect(await clients.create('test', 'taken', 'x', clients.makeSecret())).toBe(true);
    expect(await clients.create('test', 'taken', 'x', clients.makeSecret())).toBe(false);
    expect(await clients.rotate('test', 'ghost', clients.makeSecret())).toBe(false);
    expect(await clients.disable('test', 'ghost')).toBe(false);
    expect(await clients.enable('test', 'ghost')).toBe(false);
    expect(await database.sql(`select from client_secrets where client_id = 'taken'`)).toHaveLength(1);
  });

  test('disabling twice keeps the first time', async () => {
    await clients.create('test', 'twice', 'x', clients.makeSecret());
    await clients.disable('test', 'twice');
    const first = await database.sql(`select disabled_at from clients where client_id = 'twice'`);
    await clients.disable('test', 'twice');
    expect(await database.sql(`select disabled_at from clients where client_id = 'twice'`)).toEqual(first);
    expect(first).toEqual([{ disabled_at: expect.any(Date) }]);
  });

  test('holds no secret that opens anything, and the audit knows who did what', async () => {
    const [made, chosen] = [clients.makeSecret(), 'a secret that somebody chose'];
    await clients.create('mona', 'audited', 'Audited', made);
    await clients.rotate('mona', 'audited', chosen, 60);
    await clients.disable('mona', 'audited');
    await clients.enable('mona', 'audited');
    await clients.enable('mona', 'ghost');
    const stored = JSON.stringify([
      await database.sql('select * from client_secrets'),
      await database.sql('select * from audit'),
    ]);
    expect(stored).not.toContain(made);
    expect(stored).not.toContain(chosen);
    const deeds = await database.sql<{ action: string; subject: string; detail: object }>(
      `select action, subject, detail from audit where actor = 'mona' order by at`,
    );
    expect(deeds).toEqual([
      { action: 'client.create', subject: 'client:audited', detail: {} },
      { action: 'client.rotate', subject: 'client:audited', detail: { overlapSeconds: 60 } },
      { action: 'client.disable', subject: 'client:audited', detail: {} },
      { action: 'client.enable', subject: 'client:audited', detail: {} },
    ]);
  });

  test('is listed by id with the kinds and ends of the live secrets, newest first', async () => {
    await clients.create('test', 'listed', 'Listed client', clients.makeSecret());
    await clients.rotate('test', 'listed', 'a chosen secret, newer', 3_600);
    const listed = await clients.list();
    expect(listed.map(({ clientId }) => clientId)).toEqual(listed.map(({ clientId }) => clientId).sort());
    expect(listed.find(({ clientId }) => clientId === 'listed')).toEqual({
      clientId: 'listed',
      name: 'Listed client',
      createdAt: expect.any(Date),
      disabledAt: null,
      secrets: [
        { kind: 'argon2id', createdAt: expect.any(String), expiresAt: null },
        { kind: 'sha256', createdAt: expect.any(String), expiresAt: expect.any(String) },
      ],
    });
  });
});

describe('M4 while the database is away', () => {
  test('tokens are neither given nor refused: 503 with Retry-After, and back by itself', async () => {
    const token = await tokenOf(CLIENT.id, CLIENT.secret);
    proxy.set('cut');
    try {
      await eventually(async () => (await statusOf(CLIENT.id, CLIENT.secret)) === 503, WITHIN_MS);
      const [callback, ...answers] = await Promise.all([
        callbackStatus(token),
        askToken(target.url, CLIENT.secret),
        askToken(target.url, 'a wrong guess of the secret'),
      ]);
      expect(callback).toBe(503);
      for (const { status, headers, json } of answers) {
        expect({ status, error: json.error, retry: headers['retry-after'] }).toEqual({
          status: 503,
          error: 'temporarily_unavailable',
          retry: '5',
        });
      }
    } finally {
      proxy.set('fair');
    }
    await eventually(async () => (await statusOf(CLIENT.id, CLIENT.secret)) === 200, 10_000);
    expect(await callbackStatus(token)).toBe(200);
    // two rounds of the 12 s for which everybody waits
  }, 60_000);
});
