import { CLIENT } from '../harness/app.js';
import { askToken, send } from './asking.js';
import { aDatabase, type AuthApp, startAuth } from './auth-app.js';

const LIFE_SECONDS = 3600;
let database: Awaited<ReturnType<typeof aDatabase>>;
let app: AuthApp;

beforeAll(async () => {
  database = await aDatabase();
  app = await startAuth(database.url);
});

afterAll(async () => {
  await app.stop();
  await database.drop();
});

/** A server as it is so long after its key first signed. */
async function after(interval: string): Promise<void> {
  await database.sql(`update key_checks set signs_from = now() - interval '${interval}'`);
  await app.stop();
  app = await startAuth(database.url);
}

async function token(): Promise<{ text: string; kid: string }> {
  const text = String((await askToken(app.url, CLIENT.secret)).json.access_token);
  const [header = ''] = text.split('.');
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
  return { text, kid };
}

async function callback(text: string): Promise<number> {
  return (await send(`${app.url}/callbacks`, 'POST', { authorization: `Bearer ${text}` })).status;
}

describe('Signing keys of access tokens', () => {
  test('every thirty days another key signs; the one before verifies for the life of a token', async () => {
    const first = await token();
    await after('30 days 10 seconds');
    const second = await token();
    expect(second.kid).toBe(`${first.kid}.1`);
    expect(await callback(first.text)).not.toBe(401);
    expect(await callback(second.text)).not.toBe(401);

    await after(`30 days ${LIFE_SECONDS + 60} seconds`);
    expect(await callback(first.text)).toBe(401);
    expect(await callback(second.text)).not.toBe(401);

    await after('60 days 10 seconds');
    expect((await token()).kid).toBe(`${first.kid}.2`);
    expect(await callback(second.text)).not.toBe(401);
    expect(await callback(first.text)).toBe(401);
  });

  test('a key of a coming period verifies only where a clock may be behind', async () => {
    await after('89 days');
    const later = await token();
    await after('31 days');
    expect(await callback(later.text)).toBe(401);
    await after('59 days 23 hours 59 minutes 45 seconds');
    expect(await callback(later.text)).not.toBe(401);
  });
});
