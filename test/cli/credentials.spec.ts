import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { runCommand } from '../../src/cli/program.js';
import { API_KEY, CLIENT } from '../harness/app.js';
import { askToken, send } from '../auth/asking.js';
import { aDatabase, type AuthApp, startAuth } from '../auth/auth-app.js';
import { sealAll } from '../auth/browser.js';

let database: Awaited<ReturnType<typeof aDatabase>>;
let server: AuthApp;
const before = { ...process.env };

beforeAll(async () => {
  database = await aDatabase();
  server = await startAuth(database.url);
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    ROLLCALL_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    ROLLCALL_CLIENT_ID: CLIENT.id,
    ROLLCALL_CLIENT_SECRET: CLIENT.secret,
    ROLLCALL_API_KEY: API_KEY,
  });
});

afterAll(async () => {
  process.env = before;
  await server.stop();
  await database.drop();
});

afterEach(() => {
  jest.restoreAllMocks();
});

/** One command in this process, as `rollcall <line>`. */
async function rollcall(line: string, stdin?: string) {
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    });
  }
  if (stdin !== undefined) {
    jest.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([stdin]) as typeof process.stdin);
  }
  const code = await runCommand(line.split(' '));
  jest.restoreAllMocks();
  return { code, ...printed };
}

async function json(line: string): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await rollcall(`--json ${line}`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Record<string, unknown>;
}

async function statusOf(clientId: string, secret: unknown): Promise<number> {
  return (await askToken(server.url, String(secret), clientId)).status;
}

describe('rollcall client', () => {
  test('create, rotate, disable, enable: what is printed opens the running server, at once', async () => {
    const created = await json('client create panel --name Panel');
    expect(created).toEqual({ clientId: 'panel', clientSecret: expect.stringMatching(/^rcs_/) });
    expect(await statusOf('panel', created.clientSecret)).toBe(200);

    const rotated = await json('client rotate panel --overlap 60');
    expect(rotated).toMatchObject({ clientId: 'panel', olderSecretEndsInSeconds: 60 });
    expect(await statusOf('panel', rotated.clientSecret)).toBe(200);
    expect(await statusOf('panel', created.clientSecret)).toBe(200);

    expect(await json('client disable panel')).toEqual({ clientId: 'panel', disabled: true });
    expect(await statusOf('panel', rotated.clientSecret)).toBe(401);
    expect(await json('client enable panel')).toEqual({ clientId: 'panel', disabled: false });
    expect(await statusOf('panel', rotated.clientSecret)).toBe(200);

    const { stdout } = await rollcall('client list');
    expect(stdout).toMatch(/panel +Panel +live +sha256, sha256 until \d{4}-/);
    expect(await json('client list')).toEqual(
      expect.arrayContaining([expect.objectContaining({ clientId: 'panel', name: 'Panel' })]),
    );
  });

  test('a secret from standard input is taken without its line end, and not printed back', async () => {
    const { code, stdout } = await rollcall('client create typed --secret-stdin', 'typed by a person, 1\n');
    expect(code).toBe(0);
    expect(stdout).not.toContain('typed by');
    expect(await statusOf('typed', 'typed by a person, 1')).toBe(200);
  });

  test.each([
    ['Change-Me-Client-Secret', 'is a published example value'],
    ['z'.repeat(16), 'repeats a few characters'],
    ['Somebody-At-The-Bank', 'is the same as the client id'],
  ])('1.11 in production the chosen secret %s is refused, and nothing is made', async (secret, message) => {
    const given = { ...process.env };
    const key = createHash('sha256').update('k1').digest('base64');
    const url = 'postgres://given@localhost/nowhere';
    Object.assign(process.env, { NODE_ENV: 'production', DATABASE_URL: url, ROLLCALL_KEYS: `k1:${key}` });
    const result = await rollcall('client create somebody-at-the-bank --secret-stdin', secret);
    process.env = given;
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain(`The secret ${message}`);
    expect(result.stderr).not.toContain(secret);
  });

  test.each([
    [
      'a secret of 15 characters',
      'client create short --secret-stdin',
      'fifteen letters',
      2,
      'A secret has 16 to 256',
    ],
    [
      'a secret of 257 characters',
      'client create long --secret-stdin',
      'x'.repeat(257),
      2,
      'A secret has 16 to 256',
    ],
    ['an id with a colon', 'client create a:b', undefined, 2, 'clientId has 1-128 printable'],
    ['an id that is not ASCII', 'client create عميل', undefined, 2, 'clientId has 1-128 printable'],
    [
      'an overlap that is no number',
      'client rotate enroll --overlap day',
      undefined,
      2,
      'overlapSeconds must be an integer',
    ],
    [
      'a negative overlap',
      'client rotate enroll --overlap -1',
      undefined,
      2,
      'overlapSeconds must not be less than 0',
    ],
    ['an id that is taken', `client create ${CLIENT.id}`, undefined, 1, 'is there already'],
    ['an id that nobody has', 'client rotate ghost', undefined, 1, 'There is no client "ghost"'],
    ['an id that nobody has', 'client disable ghost', undefined, 1, 'There is no client "ghost"'],
  ])('%s is refused: %s', async (_fault, line, stdin, code, message) => {
    const result = await rollcall(line, stdin);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toContain(message);
  });
});

describe('rollcall apikey', () => {
  test('create, list, disable: what is printed opens the running server, at once', async () => {
    const created = await json('apikey create --name crm --scopes applicants:read,pii:read,pii:read');
    expect(created).toEqual({
      name: 'crm',
      apiKey: expect.stringMatching(/^rca_/),
      scopes: ['applicants:read', 'pii:read'],
    });
    const ask = async (key = created.apiKey) =>
      (await send(`${server.url}/api`, 'GET', { authorization: `Bearer ${String(key)}` })).status;
    expect(await ask()).toBe(200);
    const { stdout } = await rollcall('apikey list');
    expect(stdout).toMatch(/crm +applicants:read, pii:read +live/);
    expect(stdout).not.toContain(String(created.apiKey));
    const { apiKey } = await json('apikey rotate crm');
    expect([await ask(), await ask(apiKey)]).toEqual([401, 200]);
    expect(await json('apikey disable crm')).toEqual({ name: 'crm', disabled: true });
    expect(await ask(apiKey)).toBe(401);
  });

  test('a key may end, be used from some addresses alone, and seldom', async () => {
    const limits =
      '--expires 2099-11-30 --allow-address 10.20.0.0/16 --allow-address ::1 --requests-per-minute 9';
    expect(await json(`apikey create --name limited --scopes stats:read ${limits}`)).toEqual({
      name: 'limited',
      apiKey: expect.stringMatching(/^rca_/),
      scopes: ['stats:read'],
      expiresAt: '2099-11-30T00:00:00.000Z',
      allowAddresses: ['10.20.0.0/16', '::1'],
      requestsPerMinute: 9,
    });
    const { stdout } = await rollcall('apikey list');
    expect(stdout).toMatch(
      /limited +stats:read +live +2099-11-30 02:00:00 \+02:00 +10\.20\.0\.0\/16, ::1 +9/,
    );
  });

  test.each([
    [
      'an unknown scope',
      'apikey create --name x --scopes applicants:write',
      2,
      'Unknown scope "applicants:write"',
    ],
    ['no scope', 'apikey create --name x', 2, '--scopes'],
    ['a name that is taken', 'apikey create --name ROLLCALL_API_KEY --scopes *', 1, 'is there already'],
    ['a name like that of who has a shell', 'apikey create --name cli:root@x --scopes *', 2, '"cli:"'],
    ['a name like that of a person', 'apikey create --name user:mona --scopes *', 2, '"user:"'],
    ['an end that is over', 'apikey create --name x --scopes * --expires 2020-01-01', 2, 'expiresAt'],
    ['a range that is none', 'apikey create --name x --scopes * --allow-address here', 2, 'allowAddresses'],
    ['no number', 'apikey create --name x --scopes * --requests-per-minute many', 2, 'requestsPerMinute'],
    ['a key that nobody has', 'apikey rotate ghost', 1, 'There is no API key "ghost"'],
    [
      'a name that would move a cursor',
      'apikey create --name a\u001b[2J --scopes *',
      2,
      'control characters',
    ],
    ['such a name of a client', 'client create c --name a\u0007', 2, 'control characters'],
    ['a name that nobody has', 'apikey disable ghost', 1, 'There is no API key "ghost"'],
  ])('%s is refused: %s', async (_fault, line, code, message) => {
    const result = await rollcall(line);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toContain(message);
  });
});

describe('rollcall user', () => {
  test('invite prints a link once, list shows who is there, disable and reset take and give', async () => {
    const invited = await json('user invite --login Mona@bank.example --name Mona --role admin,viewer');
    expect(invited).toEqual({
      id: expect.any(String),
      login: 'mona@bank.example',
      link: expect.stringMatching(/\/invite#rci_[\w-]{43}$/),
      expiresAt: expect.any(String),
    });
    const { stdout } = await rollcall('user list');
    expect(stdout).toMatch(/mona@bank\.example +Mona +admin, viewer +invited/);
    expect(stdout).not.toContain('rci_');
    // as if she had accepted: the only administrator
    await database.sql(`update users set password = 'x' where login = 'mona@bank.example'`);
    await sealAll(server);
    expect((await rollcall('user disable mona@bank.example')).stderr).toContain('last active administrator');
    expect((await json('user reset mona@bank.example')).link).not.toBe(invited.link);
    expect(await json('user disable MONA@bank.example')).toEqual({
      login: 'mona@bank.example',
      disabled: true,
    });
    expect(await json('user enable mona@bank.example')).toMatchObject({ disabled: false });
    const audit = await database.sql<{ action: string }>(
      `select action from audit where subject = 'user:mona@bank.example' order by at, seq`,
    );
    expect(audit.map(({ action }) => action)).toEqual([
      'user.invite',
      'user.reset',
      'user.disable',
      'user.enable',
    ]);
  });

  test('a link begins with the URL of the server that runs, since a command does not know its port', async () => {
    await database.sql(`update installation set public_url = 'http://localhost:4711'`);
    const { link } = await json('user invite --login port@bank.example --name Port --role viewer');
    expect(link).toMatch(/^http:\/\/localhost:4711\/invite#rci_/);
  });

  test.each([
    ['an unknown role', 'user invite --login x --name x --role root', 2, 'Unknown role "root"'],
    ['a login with a blank', 'user invite --login :x --name x --role viewer', 2, 'login'],
    ['a login that is taken', 'user invite --login mona@bank.example --name x --role viewer', 1, 'taken'],
    ['somebody unknown', 'user reset ghost', 1, 'no person'],
  ])('%s is refused: %s', async (_fault, line, code, message) => {
    const result = await rollcall(line);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toContain(message);
  });
});
