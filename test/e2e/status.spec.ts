import { Evaluation } from '../../src/alerts/evaluation.service.js';
import { CliContext } from '../../src/cli/context.js';
import { runCommand } from '../../src/cli/program.js';
import { loadConfig } from '../../src/config/config.js';
import type { StatusDto } from '../../src/status/status.dto.js';
import { pass } from '../alerts/alerting.js';
import { anApplicant } from '../factories/applicant.js';
import { CLIENT, KEYS, startApp, type TestApp } from '../harness/app.js';
import { callerWithAll } from '../harness/clients.js';
import { eventually } from '../harness/processes.js';

let rollcall: TestApp;
beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_ALERTS_OFF: 'disk_full' } });
});
afterAll(() => rollcall.stop());

const status = async () => (await callerWithAll(rollcall)<StatusDto>('/api/v1/status')).body;
const askForToken = (headers: Record<string, string>, form: Record<string, string> = {}) =>
  fetch(`${rollcall.url}/oauth/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ grant_type: 'client_credentials', ...form }),
  });

test('of a new installation: which it is, and that nothing has come', async () => {
  const [installation] = await rollcall.sql<{ id: string }>('select id from installation');
  await eventually(async () => (await status()).health.ready);
  const read = await status();
  expect(read).toMatchObject({
    installation: { id: installation?.id, version: expect.stringMatching(/^\d+\./) },
    health: { ready: true, reasons: [] },
    callbacks: { today: { callbacks: 0 }, yesterday: { callbacks: 0 }, lastCallbackAt: null, isSilent: null },
    refused: { tokens: { ofClients: 0, ofStrangers: 0 } },
    quarantine: { open: 0 },
    deliveries: { due: 0, dead: 0, failing: [] },
    gaps: 0,
    alerts: 0,
    callbackTests: { success: null, fail: null, any: null },
    tokens: [],
    needsAttention: [
      {
        code: 'NEVER_CALLED',
        what: 'No callback has ever come.',
        command: 'rollcall probes',
        count: null,
        about: null,
        endpointId: null,
      },
    ],
  });
  const { username, password, pathname } = new URL(read.installation.database);
  expect([username, password, pathname]).toEqual(['', '', new URL(rollcall.databaseUrl).pathname]);
});

test.each([
  ['form', {}, { client_id: CLIENT.id, client_secret: CLIENT.secret }],
  [
    'basic',
    { authorization: `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}` },
    {},
  ],
  ['headers', { client_id: CLIENT.id, client_secret: CLIENT.secret }, {}],
])('the last token says that its credentials came in %s', async (credentialsIn, headers, form) => {
  expect((await askForToken(headers, form)).status).toBe(200);
  await eventually(async () => (await status()).tokens[0]?.credentialsIn === credentialsIn);
  expect((await status()).tokens).toEqual([{ clientId: CLIENT.id, at: expect.any(String), credentialsIn }]);
});

test('callbacks of today are there at once, and the last Callback-Test of each URL', async () => {
  await rollcall.callback('success', [anApplicant()]);
  await rollcall.callback('fail', [{ ...anApplicant(), isUpdate: 'perhaps' }]);
  for (const path of ['/callbacks/success', '/callbacks/%73uccess/', '/callbacks'])
    await fetch(rollcall.url + path, { method: 'POST', headers: { 'callback-test': '' } });
  await eventually(async () => (await status()).callbackTests.any !== null);
  const read = await status();
  expect(read).toMatchObject({
    callbacks: { today: { callbacks: 2 }, yesterday: { callbacks: 0 }, isSilent: false, usualMinutes: null },
    quarantine: { open: 1, lastHour: 1 },
    callbackTests: { success: { url: expect.any(String), tokenValid: false }, fail: null },
  });
  expect(read.needsAttention).toEqual([
    {
      code: 'QUARANTINE_OPEN',
      what: 'Elements that wait in quarantine: 1.',
      command: 'rollcall quarantine list',
      count: 1,
      about: null,
      endpointId: null,
    },
  ]);
});

test('a refused token and a refused callback need attention, and raise alerts from the first minute', async () => {
  expect((await askForToken({}, { client_id: CLIENT.id, client_secret: 'wrong' })).status).toBe(401);
  expect((await rollcall.callback('success', '{')).status).toBe(400);
  await eventually(async () => (await status()).refused.callbacks.ofClients === 1);
  await eventually(async () => (await status()).refused.tokens.ofClients === 1);
  await eventually(async () => {
    await rollcall.app.get(Evaluation).evaluate();
    await pass(rollcall, 60);
    return (await status()).alerts === 2;
  });
  const alerts = await rollcall.sql<{ rule: string; summary: string }>(
    'select rule, summary from alerts order by rule desc',
  );
  expect(alerts).toEqual([
    {
      rule: 'tokens_refused',
      summary:
        'Requests for a token refused within an hour: 1 of clients, 0 of strangers; the latest: invalid_client of enroll.',
    },
    {
      rule: 'callbacks_refused',
      summary:
        'Callbacks refused within an hour: 1 of clients, 0 of strangers; the latest: NOT_JSON of enroll.',
    },
  ]);
  const { needsAttention } = await status();
  expect(needsAttention.map(({ code, command, count }) => [code, command, count])).toEqual([
    ['TOKENS_REFUSED', 'rollcall refusals', 1],
    ['CALLBACKS_REFUSED', 'rollcall refusals', 1],
    ['QUARANTINE_OPEN', 'rollcall quarantine list', 1],
    ['ALERTS_OPEN', 'rollcall alerts list', 2],
  ]);
});

describe('rollcall status', () => {
  async function run(...args: string[]): Promise<{ code: number; output: string }> {
    const output: string[] = [];
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      output.push(String(text));
      return true;
    });
    const context = new CliContext(() =>
      loadConfig({ NODE_ENV: 'test', DATABASE_URL: rollcall.databaseUrl, ROLLCALL_KEYS: KEYS, PORT: '1' }),
    );
    try {
      return { code: await runCommand(args, context), output: output.join('') };
    } finally {
      write.mockRestore();
    }
  }

  test('says it in lines, and names the commands', async () => {
    const { code, output } = await run('status');
    expect(code).toBe(0);
    expect(output).toMatch(/^installation +[0-9a-f-]{36}, version /);
    expect(output).toMatch(/^health +No server of this installation answers at /m);
    expect(output).toMatch(/^callbacks today +\d/m);
    expect(output).toMatch(/^last token, enroll +\d{4}-\d\d-\d\d \d\d:\d\d Cairo, credentials in the form$/m);
    expect(output).toContain(
      '\n  Requests for a token refused within an hour: 1, of clients: 1.\n    rollcall refusals',
    );
  });

  test('gives with --json what the API gives', async () => {
    const { code, output } = await run('status', '--json');
    expect(code).toBe(0);
    const { at: _, ...read } = JSON.parse(output) as StatusDto;
    expect(read).toMatchObject({ callbacks: { today: { callbacks: 3 } }, alerts: 2 });
    expect(Object.keys({ at: _, ...read })).toEqual(Object.keys(await status()));
  });
});
