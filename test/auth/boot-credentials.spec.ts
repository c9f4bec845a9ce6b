import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BootCredentials } from '../../src/auth/boot-credentials.service.js';
import { CLIENT } from '../harness/app.js';
import { askToken, send } from './asking.js';
import { aDatabase, type AuthApp, startAuth } from './auth-app.js';

const NOTHING_CONFIGURED = { ROLLCALL_CLIENT_ID: '', ROLLCALL_CLIENT_SECRET: '', ROLLCALL_API_KEY: '' };

let folder: string;
let database: Awaited<ReturnType<typeof aDatabase>>;
const running: AuthApp[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-boot-'));
  database = await aDatabase();
});

afterEach(async () => {
  for (const app of running.splice(0)) await app.stop();
  await database.drop();
  rmSync(folder, { recursive: true });
});

async function boot(env: Record<string, string>): Promise<AuthApp> {
  const app = await startAuth(database.url, { ROLLCALL_DATA_DIR: folder, ...env });
  running.push(app);
  return app;
}

async function printed({ app }: AuthApp) {
  return app.get(BootCredentials, { strict: false }).ensure();
}

async function secretsStored(): Promise<number> {
  return (await database.sql('select from client_secrets')).length;
}

async function apiStatus(app: AuthApp, key = ''): Promise<number> {
  return (await send(`${app.url}/api`, 'GET', { authorization: `Bearer ${key}` })).status;
}

describe('without settings, outside production', () => {
  test('a client and an API key are made, printed, and work; the next start prints the same', async () => {
    const first = await boot(NOTHING_CONFIGURED);
    const credentials = await printed(first);
    expect(credentials).toEqual({
      clientId: 'enroll',
      clientSecret: expect.stringMatching(/^rcs_[\w-]{43}$/),
      apiKey: expect.stringMatching(/^rca_[\w-]{43}$/),
    });
    expect((await askToken(first.url, credentials.clientSecret ?? '')).status).toBe(200);
    expect(await apiStatus(first, credentials.apiKey)).toBe(200);
    const second = await boot(NOTHING_CONFIGURED);
    expect(await printed(second)).toEqual(credentials);
    expect(await secretsStored()).toBe(1);
    expect(JSON.parse(readFileSync(join(folder, 'credentials.json'), 'utf8'))).toEqual(credentials);
  });

  test('what no longer opens is neither printed nor put back', async () => {
    const first = await boot(NOTHING_CONFIGURED);
    await first.clients.rotate('test', 'enroll', first.clients.makeSecret(), 0);
    await database.sql(`update api_keys set disabled_at = now()`);
    const second = await boot(NOTHING_CONFIGURED);
    expect(await printed(second)).toEqual({ clientId: 'enroll' });
    expect(await secretsStored()).toBe(1);
  });

  test('the key that the release before made opens and is printed again at the first start', async () => {
    const { apiKey } = await printed(await boot(NOTHING_CONFIGURED));
    await database.sql('update api_keys set hash = null, seal = null');
    await database.sql('insert into api_keys_to_seal select id, name, digest, scopes from api_keys');
    const upgraded = await boot(NOTHING_CONFIGURED);
    expect((await printed(upgraded)).apiKey).toBe(apiKey);
    expect(await apiStatus(upgraded, apiKey)).toBe(200);
  });

  test('another data directory on the same database takes nothing over', async () => {
    const first = await boot(NOTHING_CONFIGURED);
    const second = await boot({ ...NOTHING_CONFIGURED, ROLLCALL_DATA_DIR: join(folder, 'other') });
    expect(await printed(second)).toEqual({ clientId: 'enroll' });
    const { clientSecret, apiKey } = await printed(first);
    expect((await askToken(second.url, clientSecret ?? '')).status).toBe(200);
    expect(await apiStatus(second, apiKey)).toBe(200);
  });
});

describe('with settings', () => {
  test('the client and the key are put in place, and no secret is printed', async () => {
    const app = await boot({});
    expect(await printed(app)).toEqual({ clientId: CLIENT.id });
    expect((await askToken(app.url, CLIENT.secret)).status).toBe(200);
  });

  test('three replicas that boot at once make one client with one secret', async () => {
    const env = { ROLLCALL_CLIENT_ID: 'new', ROLLCALL_CLIENT_SECRET: 'chosen in the panel' };
    const replicas = await Promise.all([boot(env), boot(env), boot(env)]);
    expect(await database.sql(`select from client_secrets where client_id = 'new'`)).toHaveLength(1);
    for (const { url } of replicas) {
      expect((await askToken(url, 'chosen in the panel', 'new')).status).toBe(200);
    }
    expect(await database.sql(`select actor from audit where action = 'client.configure'`)).toEqual([
      { actor: 'boot' },
    ]);
  });

  test('a changed secret is added beside the older one, which goes on for a day', async () => {
    await boot({});
    const secret = 'another one from the panel';
    const after = await boot({ ROLLCALL_CLIENT_SECRET: secret });
    for (const opening of [secret, CLIENT.secret]) {
      expect((await askToken(after.url, opening)).status).toBe(200);
    }
    const [row] = await database.sql<{ hours: number }>(
      `select round(extract(epoch from expires_at - now()) / 3600)::int as hours from client_secrets
        where expires_at is not null`,
    );
    expect(row?.hours).toBe(24);
    await boot({});
    expect(await secretsStored()).toBe(2);
  });

  test('a generated secret is configured just as well', async () => {
    const secret = `rcs_${'a'.repeat(43)}`;
    const app = await boot({ ROLLCALL_CLIENT_SECRET: secret });
    expect(await database.sql('select kind from client_secrets')).toEqual([{ kind: 'sha256' }]);
    expect((await askToken(app.url, secret)).status).toBe(200);
  });

  test('a client that was disabled stays disabled', async () => {
    const first = await boot({});
    await first.clients.disable('test', CLIENT.id);
    const second = await boot({});
    expect((await askToken(second.url, CLIENT.secret)).status).toBe(401);
  });
});

describe('in production', () => {
  test('nothing is made that was not configured', async () => {
    const app = await boot({
      ...NOTHING_CONFIGURED,
      NODE_ENV: 'production',
      DATABASE_URL: 'postgres://given@elsewhere/x',
      ROLLCALL_PUBLIC_URL: 'https://rollcall.example',
      ROLLCALL_KEYS: `k1:${createHash('sha256').update('k1').digest('base64')}`,
    });
    expect(await printed(app)).toEqual({});
    expect(await database.sql('select from clients')).toEqual([]);
    expect(await database.sql('select from api_keys')).toEqual([]);
  });
});
