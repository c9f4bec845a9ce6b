import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anApplicant } from '../factories/applicant.js';
import { endOfFeed } from '../feed/fed.js';
import { API_KEY, KEYS, startApp, type TestApp } from '../harness/app.js';
import { CLI, eventually } from '../harness/processes.js';
import { type Ask, Operator, said } from './asking.js';

jest.setTimeout(120_000);

const ID = 'op-1';
let rollcall: TestApp;
let operator: Operator;
let folder: string;
let receiptId = '';
let installation = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-operator-'));
  // reconciliation needs a query API; nothing listens there
  const enroll = {
    ENROLL_BASE_URL: 'http://127.0.0.1:1',
    ENROLL_TENANT_ID: 'tenant',
    ENROLL_TENANT_SECRET: 'secret-of-the-tenant',
  };
  rollcall = await startApp({ env: enroll });
  operator = new Operator(rollcall, folder);
  const applicant = anApplicant({ applicantId: ID, firstName: 'مُحَمَّد', familyName: 'حسن' });
  const sent = await rollcall.callback('success', [applicant]);
  ({ receiptId } = (await sent.json()) as { receiptId: string });
  await rollcall.callback('success', [applicant]);
  await rollcall.callback('success', [{ ...applicant, isUpdate: true, address: 'another street' }]);
  await rollcall.callback('success', [{ ...anApplicant(), applicantId: '' }]);
  await fetch(`${rollcall.url}/callbacks/success`, { method: 'POST', headers: { 'callback-test': 'true' } });
  await endOfFeed(rollcall); // transactions of other tests hold it up
  const live = await fetch(`${rollcall.url}/health/live`);
  ({ installation } = (await live.json()) as { installation: string });
});
afterAll(async () => {
  await rollcall.stop();
  rmSync(folder, { recursive: true });
});

const there: Ask = (args, input) => operator.there(args, input);
const here: Ask = (args, input) => operator.here(args, input);

describe.each([
  ['from another machine', there],
  ['beside the server', here],
])('twenty questions, %s', (_, ask) => {
  test.each<[question: string, args: string[], answer: RegExp]>([
    ['did this customer enroll?', ['applicants', 'find', 'محمد'], /op-1 +2 .*مُحَمَّد/],
    ['who came last?', ['applicants', 'find', '--limit', '5'], /applicantId +version +outcome/],
    ['what do we know of him?', ['applicants', 'show', ID], /applicantId +op-1\n[^]*firstName +\S*مُحَمَّد/],
    ['what did we know before?', ['applicants', 'show', ID, '--as-of', '2100-01-01T00:00:00Z'], /version +2/],
    [
      'what changed, and by which callback?',
      ['applicants', 'history', ID],
      /applicant\.created[^]*applicant\.updated .* address /,
    ],
    ['which images of him are there?', ['applicants', 'images', ID], /photo|\(none\)/],
    ['did it arrive?', ['receipts', 'list', '--kind', 'success'], /receiptId +receivedAt.*\n[^]*applied/],
    ['was any only kept?', ['receipts', 'list', '--state', 'pending'], /^\(none\)\n$/],
    ['what was refused of what arrived?', ['quarantine', 'list'], /APPLICANT_ID_MISSING/],
    [
      'what happened since yesterday?',
      ['changes', '--event', 'applicant.created'],
      /applicant\.created +op-1/,
    ],
    ['does the test button of eNROLL reach us?', ['probes'], /\/callbacks\/success/],
    ['what is missing here?', ['gaps', 'list', '--state', 'open'], /^\(none\)\n$/],
    ['did the nightly run end?', ['runs', 'list'], /^\(none\)\n$/],
    [
      'can we say that it is everything?',
      ['statement', '--from', '2026-11-01', '--to', '2026-11-02'],
      /complete +false/,
    ],
    ['how many came, and is it silent?', ['stats', 'show'], /callbacks +|silence +/],
    ['when did they come?', ['stats', 'callbacks', '--bucket', 'day'], /buckets:\nstart +callbacks/],
    [
      'who read his data?',
      ['audit', 'list', '--action', 'applicant.read'],
      /applicant\.read[^]*applicant:op-1/,
    ],
    ['who may call us?', ['client', 'list'], /enroll/],
    ['who holds a key?', ['apikey', 'list'], /ROLLCALL_API_KEY/],
    ['is anything wrong?', ['alerts', 'list'], /.+/],
    ['where is it handed on to?', ['endpoint', 'list'], /^\(none\)\n$/],
    ['are images coming?', ['images', 'status'], /wanted/],
    [
      'what became of each of his callbacks?',
      ['receipts', 'list', '--applicant-id', ID],
      / elements *\n[^]*created/,
    ],
    ['what happened to him, in order?', ['applicants', 'timeline', ID], /version[^]*audit|audit[^]*version/],
    ['whom did we refuse?', ['refusals'], /.+/],
    ['who looked at him?', ['audit', 'list', '--applicant-id', ID], /applicant:op-1/],
    ['can images be asked for again?', ['images', 'retry'], /retried +\d/],
    ['how is it today?', ['status'], /health +ready[^]*callbacks today +\d/],
  ])('%s', async (_question, args, answer) => {
    const { code, out, notes } = await ask(args);
    expect({ code, notes, out }).toMatchObject({ code: 0, out: expect.stringMatching(answer) });
  });

  test('by a national id, which comes on standard input: nothing is found', async () => {
    expect(await ask(['applicants', 'find', '--by', 'idNumber'], '29703012357788\n')).toMatchObject({
      code: 0,
      out: '(none)\n',
    });
  });

  test('one callback by its id, and its bytes as they came', async () => {
    const { out } = await ask(['--json', 'receipts', 'show', receiptId]);
    expect(JSON.parse(out)).toMatchObject({ receiptId, applied: 1 });
    const file = join(folder, `${ask === there ? 'there' : 'here'}.json`);
    expect(await ask(['receipts', 'body', receiptId, '--out', file])).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject([{ applicantId: ID }]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('what goes wrong says why: 1, or 2 where the question was wrong', async () => {
    expect(await ask(['applicants', 'show', 'nobody'])).toMatchObject({ code: 1, out: '' });
    const wrong = await ask(['--json', 'statement', '--from', 'soon', '--to', '2026-11-02']);
    expect(wrong.code).toBe(2);
    expect(JSON.parse(wrong.notes.split('\n')[0] ?? '')).toMatchObject({ error: { code: 'BAD_REQUEST' } });
    expect(await ask(['gaps', 'heal', '019aafb2-4c00-7d1f-9a55-3c1c52f0a9d1'])).toMatchObject({
      code: 1,
      notes: expect.stringMatching(/\S/),
    });
  });
});

test('from another machine it says which installation answered, and never the key', async () => {
  const { notes, out } = await there(['probes']);
  expect(notes).toContain(`Answered by installation ${installation}, url ${rollcall.url}`);
  const refused = await said(operator.elsewhere(), [
    'probes',
    '--url',
    rollcall.url,
    '--key',
    'wrong-key-of-somebody',
  ]);
  expect(refused).toMatchObject({ code: 1, out: '' });
  for (const text of [notes, out, refused.notes]) {
    expect(text).not.toContain(API_KEY);
    expect(text).not.toContain('wrong-key-of-somebody');
  }
});

test('beside the server a command has a key of its own, as cli:<user>@<host>, and leaves none', async () => {
  const keys = () => rollcall.sql("select name from api_keys where name like 'cli:%'");
  expect(await here(['receipts', 'body', receiptId, '--out', join(folder, 'own.json')])).toMatchObject({
    code: 0,
  });
  expect(await keys()).toEqual([]);
  const [made] = await rollcall.sql<{ actor: string; detail: object }>(
    `select actor, detail from audit where action = 'apikey.create' order by at desc limit 1`,
  );
  expect(made).toMatchObject({ actor: CLI, detail: { allowAddresses: ['127.0.0.1', '::1'], scopes: ['*'] } });
  await eventually(async () => {
    const rows = await rollcall.sql(`select 1 from audit where action = 'receipt.read' and actor = $1`, [
      CLI,
    ]);
    return rows.length > 0;
  });
});

test('a server that is not there, or not of this installation, gets no key', async () => {
  const gone = operator.contextOf({ DATABASE_URL: rollcall.databaseUrl, ROLLCALL_KEYS: KEYS, PORT: '1' });
  expect(await said(gone, ['--json', 'probes'])).toMatchObject({
    code: 1,
    notes: expect.stringContaining('NOT_RUNNING'),
  });
  expect(
    await said(operator.elsewhere(), ['probes', '--url', 'http://127.0.0.1:1', '--key', 'k']),
  ).toMatchObject({
    code: 1,
    notes: 'http://127.0.0.1:1 does not answer: ECONNREFUSED',
  });
});

describe('rollcall login', () => {
  test('keeps a key that opens something in a file for its owner alone, which answers where nothing is beside', async () => {
    const refused = await said(operator.elsewhere(), ['login', '--url', rollcall.url], 'a-wrong-key\n');
    expect(refused).toMatchObject({ code: 1, notes: 'The API key is not valid' });
    const { code, out } = await said(
      operator.elsewhere(),
      ['--json', 'login', '--url', rollcall.url],
      `${API_KEY}\n`,
    );
    expect({ code, out: JSON.parse(out) as object }).toMatchObject({
      code: 0,
      out: { profile: 'default', installation, as: 'ROLLCALL_API_KEY', url: rollcall.url },
    });
    expect(out).not.toContain(API_KEY);
    const { file } = JSON.parse(out) as { file: string };
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await said(operator.elsewhere(), ['probes'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('/callbacks'),
    });
    expect(await said(operator.elsewhere(), ['probes', '--profile', 'default'])).toMatchObject({ code: 0 });
    expect(await said(operator.elsewhere(), ['probes', '--url', rollcall.url])).toMatchObject({ code: 0 });
  });

  test('what works beside the server only says so, and a place without a key is misuse', async () => {
    expect(await said(operator.elsewhere(), ['db', 'status', '--profile', 'default'])).toMatchObject({
      code: 2,
    });
    expect(await said(operator.elsewhere(), ['backup', '--url', rollcall.url, '--key', 'k'])).toMatchObject({
      code: 2,
      notes: expect.stringContaining('beside the server only'),
    });
    expect(await said(operator.elsewhere(), ['probes', '--url', 'http://127.0.0.1:1'])).toMatchObject({
      code: 2,
    });
    expect(await said(operator.elsewhere(), ['probes', '--key', 'k'])).toMatchObject({ code: 2 });
    expect(await said(operator.elsewhere(), ['probes', '--profile', 'none'])).toMatchObject({ code: 2 });
  });

  test('logout removes it', async () => {
    expect(await said(operator.elsewhere(), ['logout'])).toMatchObject({ code: 0 });
    expect(await said(operator.elsewhere(), ['logout'])).toMatchObject({ code: 1 });
    expect(await said(operator.elsewhere(), ['probes'])).toMatchObject({ code: 2 });
  });
});
