import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliContext } from '../../src/cli/context.js';
import { runCommand } from '../../src/cli/program.js';
import { type Config, loadConfig } from '../../src/config/config.js';
import { projectRoot } from '../../src/config/root.js';
import type { Finding } from '../../src/go-live/finding.types.js';
import { goLive, type GoLive } from '../../src/go-live/go-live.service.js';
import { CLIENT, startApp, type TestApp } from '../harness/app.js';
import { openProxy, type Proxy, type Quirks } from './misbehaving-proxy.js';

jest.setTimeout(60_000);

const MAX_BODY_BYTES = 4 * 1024 ** 2;
const pemOf = (name: string) => readFileSync(join(projectRoot, 'test/tls', name), 'utf8');
const tlsOf = (name: string) => ({ key: pemOf(`${name}.key`), cert: pemOf(`${name}.pem`) });
const CREDENTIALS = { clientId: CLIENT.id, clientSecret: CLIENT.secret };

let rollcall: TestApp;
let installation: string | undefined;
let proxy: Proxy | undefined;

beforeAll(async () => {
  rollcall = await startApp({
    env: { ROLLCALL_ROLE: 'api', ROLLCALL_MAX_BODY_BYTES: String(MAX_BODY_BYTES) },
  });
  [{ id: installation } = { id: undefined }] = await rollcall.sql<{ id: string }>(
    'select id from installation',
  );
});
afterEach(() => proxy?.close());
afterAll(() => rollcall.stop());

/** What the doctor finds behind such a proxy, by check. */
async function found(quirks: Quirks, given: Partial<GoLive> = {}): Promise<Record<string, Finding>> {
  proxy = await openProxy(rollcall.url, quirks);
  const target = { base: proxy.url, credentials: CREDENTIALS, installation, maxBodyBytes: MAX_BODY_BYTES };
  const findings: Finding[] = [];
  for await (const finding of goLive({ ...target, ca: pemOf('ca.pem'), ...given })) findings.push(finding);
  return Object.fromEntries(findings.map((finding) => [finding.check, finding]));
}

/** The checks that are not ok. */
const unwell = (by: Record<string, Finding>) =>
  Object.values(by)
    .filter(({ status, check }) => status !== 'ok' && check !== 'DNS')
    .map(({ check, status }) => `${status} ${check}`);

test('behind a good proxy everything is ok, and nothing is left but two receipts of empty lists', async () => {
  const by = await found({ tls: tlsOf('server') });
  expect(unwell(by)).toEqual([]);
  expect(Object.keys(by)).toEqual([
    'DNS',
    'TLS of 127.0.0.1',
    'installation',
    'Callback-Test /callbacks/success',
    'Callback-Test /callbacks/success/',
    'Callback-Test /callbacks/fail',
    'Callback-Test /callbacks/fail/',
    'buffering',
    'largest body',
    'token, form body',
    'token, Basic',
    'token, raw headers',
    'callback /callbacks/success',
    'callback /callbacks/fail',
  ]);
  expect(by['TLS of 127.0.0.1']?.found).toMatch(
    /^TLSv1\.3, the certificate is trusted and good for \d{5} days$/,
  );
  expect(by['callback /callbacks/fail']?.found).toMatch(
    /empty list of 1\.25 MiB in \d+ ms, receipt [0-9a-f-]{36}$/,
  );
  const receipts = await rollcall.sql('select state, received from receipts');
  expect(receipts).toEqual([
    { state: 'applied', received: 0 },
    { state: 'applied', received: 0 },
  ]);
  expect(await rollcall.sql('select from applicants')).toEqual([]);
});

test.each<[string, Quirks, string[], RegExp]>([
  [
    'drops headers with an underscore',
    { drops: /_/ },
    ['failed token, raw headers'],
    /underscores_in_headers/,
  ],
  [
    'drops the header Authorization',
    { drops: /^authorization$/ },
    ['failed token, Basic', 'failed callback /callbacks/success', 'failed callback /callbacks/fail'],
    /proxy_set_header Authorization/,
  ],
  [
    'drops the header Callback-Test',
    { drops: /^callback-test$/ },
    [
      ...['success', 'success/', 'fail', 'fail/'].map((end) => `failed Callback-Test /callbacks/${end}`),
      ...['failed buffering', 'failed largest body'],
    ],
    /pass the header Callback-Test on/,
  ],
  [
    'redirects a URL with a slash at its end',
    { redirectsSlash: true },
    ['failed Callback-Test /callbacks/success/', 'failed Callback-Test /callbacks/fail/'],
    /with and without a slash at the end/,
  ],
  [
    'refuses bodies over 1 MB',
    { refusesOver: 1024 ** 2 },
    ['failed largest body', 'failed callback /callbacks/fail'],
    /client_max_body_size/,
  ],
  [
    'cuts bodies at 1 MB',
    { cutsAt: 1024 ** 2 },
    ['warning buffering', 'failed callback /callbacks/fail'],
    /client_max_body_size/,
  ],
  [
    'keeps bodies until they are whole',
    { buffers: true },
    ['warning buffering'],
    /proxy_request_buffering off/,
  ],
])('a proxy that %s is found, with what to change there', async (_, quirks, expected, fix) => {
  const by = await found({ tls: tlsOf('server'), ...quirks });
  expect(unwell(by)).toEqual(expected);
  const [last] = expected.slice(-1).map((line) => by[line.replace(/^\w+ /, '')]);
  expect(last?.fix).toMatch(fix);
});

describe('where somebody answers who does not prove to be us, no secret is sent', () => {
  test.each<[string, string, RegExp]>([
    ['a certificate that is signed by itself', 'self-signed', /signed by itself, so nobody trusts it/],
    ['one that has expired', 'expired', /^the certificate has expired$/],
    ['one of an authority that nobody knows', 'stranger', /comes without those that lead to its authority/],
  ])('%s', async (_, name, text) => {
    const by = await found({ tls: tlsOf(name) });
    expect(unwell(by)).toEqual(['failed TLS of 127.0.0.1', 'skipped all else']);
    expect(by['TLS of 127.0.0.1']?.found).toMatch(text);
    expect(proxy?.heard()).toBe('');
  });

  test('another installation', async () => {
    const by = await found({ tls: tlsOf('server') }, { installation: randomUUID() });
    expect(unwell(by)).toEqual(['failed installation', 'skipped token']);
    expect(by['installation']?.found).toContain(`: ${installation}, this one is `);
    expect(proxy?.heard()).not.toContain(CLIENT.secret);
  });

  test('another program, of whose answer nothing reaches the terminal as it is', async () => {
    const by = await found({
      answers: (response) => response.writeHead(302, { location: '/\u009b2J' }).end('{}'),
    });
    expect(by['installation']).toMatchObject({ status: 'unproven', found: expect.stringContaining('302') });
    expect(by['Callback-Test /callbacks/fail']?.found).not.toMatch(/\p{Cc}/u);
  });
});

test('a certificate that ends soon is warned of', async () => {
  const end = Date.parse('2126-07-29T02:38:48Z');
  const by = await found({ tls: tlsOf('server') }, { now: new Date(end - 5.5 * 86_400_000) });
  expect(unwell(by)).toEqual(['warning TLS of 127.0.0.1']);
  expect(by['TLS of 127.0.0.1']).toMatchObject({
    found: expect.stringMatching(/good for 5 days$/),
    fix: expect.stringMatching(/renew the certificate/),
  });
});

test('a wrong secret is told from one that was dropped', async () => {
  const by = await found(
    {},
    { credentials: { ...CREDENTIALS, clientSecret: 'not-the-secret-of-the-panel' } },
  );
  expect(unwell(by)).toEqual([
    'warning TLS',
    ...['form body', 'Basic', 'raw headers'].map((way) => `failed token, ${way}`),
  ]);
  expect(by['token, form body']?.fix).toMatch(/that the check was given .*ROLLCALL_CLIENT_SECRET here/);
});

test('where nothing listens it ends at that', async () => {
  const closed = await openProxy(rollcall.url, {});
  closed.close();
  const by = await found({}, { base: closed.url });
  expect(Object.keys(by)).toEqual(['DNS', 'TLS', 'port of 127.0.0.1', 'all else']);
  expect(by['port of 127.0.0.1']).toMatchObject({
    status: 'failed',
    found: expect.stringMatching(/ECONNREFUSED/),
  });
});

test('whoever has no more time ends it, in the middle of a request', async () => {
  const end = new AbortController();
  const by = await found({ answers: () => end.abort() }, { signal: end.signal });
  expect(by['installation']).toMatchObject({
    status: 'failed',
    found: expect.stringMatching(/^no answer: /),
  });
  expect(by['Callback-Test /callbacks/fail']?.found).toMatch(/^no answer: /);
  expect(proxy?.heard()).not.toContain('/callbacks/');
});

describe('rollcall doctor --public', () => {
  class TestContext extends CliContext {
    readonly printed: unknown[] = [];
    override get config(): Config {
      return loadConfig({
        NODE_ENV: 'test',
        DATABASE_URL: rollcall.databaseUrl,
        ROLLCALL_DATA_DIR: join(tmpdir(), 'rollcall-go-live-none'),
        ROLLCALL_MAX_BODY_BYTES: String(MAX_BODY_BYTES),
        ...(this.knows && { ROLLCALL_CLIENT_ID: CLIENT.id, ROLLCALL_CLIENT_SECRET: CLIENT.secret }),
      });
    }
    constructor(private readonly knows: boolean) {
      super();
    }
    override print(value: unknown): void {
      this.printed.push(value);
    }
    override note(): void {}
  }
  const doctor = async (args: string[], knows = true) => {
    const context = new TestContext(knows);
    const code = await runCommand(['--json', 'doctor', ...args], context);
    return { code, said: context.printed[0] as { ok: boolean; findings: Finding[] } };
  };

  test('takes the client of the settings and the installation of the database', async () => {
    proxy = await openProxy(rollcall.url, {});
    const { code, said } = await doctor(['--public', proxy.url.href]);
    expect([code, said.ok]).toEqual([0, true]);
    expect(said.findings.find(({ check }) => check === 'installation')?.status).toBe('ok');
    expect(said.findings.find(({ check }) => check === 'callback /callbacks/fail')?.status).toBe('ok');
    expect(said.findings.map(({ check }) => check)).not.toContain('database');
  });

  test('skips what needs a secret that nobody here knows, and fails where a check does', async () => {
    proxy = await openProxy(rollcall.url, { redirectsSlash: true });
    const { code, said } = await doctor(['--public', proxy.url.href], false);
    expect([code, said.ok]).toEqual([1, false]);
    expect(said.findings.at(-1)).toMatchObject({ check: 'token', status: 'skipped' });
  });

  test('says how a URL looks', async () => {
    for (const url of ['rollcall.example.org', 'ftp://rollcall.example.org'])
      expect((await doctor(['--public', url])).code).toBe(2);
  });
});
