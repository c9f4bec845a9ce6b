import { createHash, randomBytes } from 'node:crypto';
import { FirstLink } from '../../../src/auth/people/first-link.service.js';
import { ROLE_NAMES } from '../../../src/auth/roles.js';
import { expectProblem } from '../../harness/clients.js';
import { aDatabase, type AuthApp, startAuth } from '../auth-app.js';
import { Browser, PUBLIC_URL } from '../browser.js';

const ENV = {
  ROLLCALL_PUBLIC_URL: PUBLIC_URL,
  ROLLCALL_TRUST_PROXY: '127.0.0.1',
  // as production takes it
  ROLLCALL_KEYS: `k1:${createHash('sha256').update('k1').digest('base64')}`,
};
const PATH = '/api/v1/session/first-link';

let database: Awaited<ReturnType<typeof aDatabase>>;
let developing: AuthApp;
let production: AuthApp;

beforeAll(async () => {
  database = await aDatabase();
  developing = await startAuth(database.url, ENV);
  production = await startAuth(database.url, { ...ENV, NODE_ENV: 'production', DATABASE_URL: database.url });
});
afterAll(async () => {
  await Promise.all([developing.stop(), production.stop()]);
  await database.drop();
});
afterEach(() => jest.restoreAllMocks());

const linkOf = ({ app }: AuthApp) => app.get(FirstLink, { strict: false }).begin();
const aBrowser = ({ url }: AuthApp) => new Browser(url, '192.0.2.7');
const open = (browser: Browser, token = '', headers = {}) => browser.ask('POST', PATH, { token }, headers);

test('a start outside production makes a link that logs somebody with every role in, once', async () => {
  const token = await linkOf(developing);
  expect(token).toMatch(/^rcf_[\w-]{43}$/);
  const browser = aBrowser(developing);
  const foreign = await open(browser, token, { origin: 'https://elsewhere.example' });
  expectProblem(foreign, 403, 'CROSS_SITE');
  const { status, body } = await open(browser, token);
  expect([status, body.name, body.roles]).toEqual([200, 'user:first-admin@localhost', [...ROLE_NAMES]]);
  expect((await browser.ask('GET', '/api/v1/me')).status).toBe(200);
  expectProblem(await open(aBrowser(developing), token), 404, 'INVITATION_INVALID');
  const by = await database.sql(`select detail ->> 'by' as by from audit where action = 'session.create'`);
  expect(by).toEqual([{ by: 'first-link' }]);
});

test('it ends after 15 minutes, and with the next one', async () => {
  const former = await linkOf(developing);
  const token = await linkOf(developing);
  expectProblem(await open(aBrowser(developing), former), 404, 'INVITATION_INVALID');
  const now = Date.now();
  jest.spyOn(Date, 'now').mockReturnValue(now + 15 * 60_000 + 1);
  expectProblem(await open(aBrowser(developing), token), 404, 'INVITATION_INVALID');
});

test('a worker makes none', async () => {
  const worker = await startAuth(database.url, { ...ENV, ROLLCALL_ROLE: 'worker' });
  expect(await linkOf(worker)).toBeUndefined();
  await worker.stop();
});

test('production makes none, takes none, and ends what a start before has opened', async () => {
  const token = await linkOf(developing);
  const browser = aBrowser(developing);
  await open(browser, token);
  const unused = await linkOf(developing);
  expect(await linkOf(production)).toBeUndefined();
  expectProblem(await open(aBrowser(production), unused), 404, 'INVITATION_INVALID');
  expectProblem(
    await open(aBrowser(production), `rcf_${randomBytes(32).toString('base64url')}`),
    404,
    'INVITATION_INVALID',
  );
  const states = await database.sql('select disabled_at is null as open, password, totp_secret from users');
  expect(states).toEqual([{ open: false, password: null, totp_secret: null }]);
  const here = new Browser(production.url, '192.0.2.7');
  here.cookie = browser.cookie;
  expect((await here.ask('GET', '/api/v1/me')).status).toBe(401);
  expect(await linkOf(developing)).toBeUndefined();
});
