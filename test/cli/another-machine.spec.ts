import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Simulator } from '../../simulator/simulator.js';
import { startSimulator } from '../../simulator/start.js';
import { CliContext } from '../../src/cli/context.js';
import { Profiles } from '../../src/cli/profiles.js';
import { runCommand } from '../../src/cli/program.js';
import { loadConfig } from '../../src/config/config.js';
import { anApplicant } from '../factories/applicant.js';
import { API_KEY, startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';
import { ALLOW_LOOPBACK } from '../webhooks/handing-on.js';
import { Receiver } from '../webhooks/receiver.js';

jest.setTimeout(120_000);

let folder: string;
let simulator: Simulator;
let receiver: Receiver;
let hook: string;
let rollcall: TestApp;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-elsewhere-'));
  simulator = await startSimulator({ imageBytes: 15_000 });
  const now = Date.now();
  simulator.remember(3, now - 2 * 86_400_000, now - 86_400_000);
  receiver = new Receiver();
  hook = `http://127.0.0.1:${await receiver.start()}/`;
  rollcall = await startApp({
    env: {
      ...ALLOW_LOOPBACK,
      ROLLCALL_IMAGE_DIR: join(folder, 'images'),
      ENROLL_BASE_URL: simulator.url,
      ENROLL_TENANT_ID: simulator.tenantId,
      ENROLL_TENANT_SECRET: simulator.tenantSecret,
    },
  });
});
afterAll(async () => {
  await rollcall.stop();
  await receiver.stop();
  await simulator.close();
  rmSync(folder, { recursive: true });
});

/** Nothing of the server is here: neither its data folder nor its settings. */
class Elsewhere extends CliContext {
  readonly printed: unknown[] = [];
  readonly notes: string[] = [];

  constructor() {
    super(
      () => loadConfig({ NODE_ENV: 'test', ROLLCALL_DATA_DIR: join(folder, 'nothing') }),
      new Profiles(join(folder, 'profiles')),
    );
  }

  override print(value: unknown): void {
    this.printed.push(value);
  }

  override note(text: string): void {
    this.notes.push(text);
  }
}

interface Ran<Printed> {
  code: number;
  printed: Printed;
  notes: string;
}

/** `rollcall --json --url … --key … <args>` */
async function run<Printed = Record<string, string>>(args: string[], input = ''): Promise<Ran<Printed>> {
  const stdin = Readable.from([input]) as typeof process.stdin;
  const typed = jest.spyOn(process, 'stdin', 'get').mockReturnValue(stdin);
  const context = new Elsewhere();
  try {
    const code = await runCommand(['--json', '--url', rollcall.url, '--key', API_KEY, ...args], context);
    return { code, printed: context.printed[0] as Printed, notes: context.notes.join('\n') };
  } finally {
    typed.mockRestore();
  }
}

const done = (printed: unknown = expect.anything()) => ({ code: 0, notes: '', printed });

describe('from another machine', () => {
  it('quarantine: fixes, replays and discards', async () => {
    const refused = async (over: object) => {
      await rollcall.callback('success', [{ ...anApplicant(), ...over }]);
      const { printed } = await run<{ items: { id: string }[] }>(['quarantine', 'list', '--limit', '1']);
      return printed.items[0]?.id ?? '';
    };
    const id = await refused({ applicantId: '' });
    const fix = ['quarantine', 'fix', id, '--patch', '{"applicantId":"far-1"}'];
    expect(await run([...fix, '--dry-run'])).toMatchObject(done({ passes: true, result: null }));
    expect(await run([...fix, '--note', 'the branch said so'])).toMatchObject(done({ result: 'created' }));
    expect(await run(fix)).toMatchObject({ code: 1, notes: expect.stringContaining('CONFLICT') });
    expect(await run(['quarantine', 'fix', id])).toMatchObject({ code: 2 });

    const other = await refused({ applicantId: 'far-2', isUpdate: 'x' });
    expect(await run(['quarantine', 'replay', other])).toMatchObject({
      code: 1,
      printed: { dryRun: true, passing: 0, failing: 1 },
    });
    expect(await run(['quarantine', 'replay', '--applicant-id', 'far-2', '--yes'])).toMatchObject({
      code: 1,
      notes: expect.stringContaining('NOTHING_TAKEN'),
    });
    expect(await run(['quarantine', 'replay', '--all', other])).toMatchObject({ code: 2 });
    expect(await run(['quarantine', 'discard', other, '--reason', 'a test'])).toMatchObject(
      done({ state: 'discarded' }),
    );
    const all = await run<{ items: unknown[] }>(['quarantine', 'list', '--state', 'all']);
    expect(all.printed.items).toHaveLength(2);
    expect(await run(['quarantine', 'list', '--state', 'lost'])).toMatchObject({ code: 2 });
  });

  it('endpoint: creates, changes, tests, recovers, replays and removes', async () => {
    const since = new Date(Date.now() - 60_000).toISOString();
    const create = ['endpoint', 'create', '--name', 'crm', '--url', hook];
    expect(await run([...create, '--rate', '50', '--events', 'applicant.created'])).toMatchObject(
      done({ secret: expect.stringMatching(/^whsec_/), url: hook, ratePerSecond: 50 }),
    );
    expect(await run(['endpoint', 'update', 'crm', '--rate', '0', '--events', ''])).toMatchObject(
      done({ name: 'crm', ratePerSecond: null, events: [] }),
    );
    expect(await run(['endpoint', 'test', 'crm'])).toMatchObject(done({ state: 'delivered', status: 204 }));
    receiver.answer = (_, _request, response) => void response.writeHead(500).end('a bug');
    expect(await run(['endpoint', 'test', 'crm'])).toMatchObject({
      code: 1,
      notes: expect.stringContaining('HTTP_5XX'),
    });
    receiver.answer = (_, _request, response) => void response.writeHead(204).end();
    const replay = await run<{ count: number }>(['endpoint', 'replay', 'crm', '--since', since]);
    expect(replay).toMatchObject({ code: 0, printed: { dryRun: true, count: expect.any(Number) } });
    expect(replay.notes).toContain('--yes');
    expect(await run(['endpoint', 'recover', 'crm', '--since', since, '--yes'])).toMatchObject(
      done({ dryRun: false, count: 0 }),
    );
    expect(await run(['endpoint', 'recover', 'crm', '--since', 'soon'])).toMatchObject({ code: 2 });
    expect(await run(['endpoint', 'delete', 'crm'])).toMatchObject(done());
    expect(await run(['endpoint', 'test', 'crm'])).toMatchObject({ code: 2 });
  });

  it('consumer: creates, rewinds and forgets', async () => {
    const create = ['consumer', 'create', 'far', '--events', 'applicant.created, applicant.updated'];
    expect(await run(create)).toMatchObject(
      done({ name: 'far', events: ['applicant.created', 'applicant.updated'] }),
    );
    expect(await run(['consumer', 'rewind', 'far', '--to', 'now'])).toMatchObject(done({ name: 'far' }));
    expect(await run(['consumer', 'delete', 'far'])).toMatchObject(done());
    expect(await run(['consumer', 'delete', 'far'])).toMatchObject({ code: 1 });
    expect(await run([...create.slice(0, 3), '--events', 'x'])).toMatchObject({ code: 2 });
  });

  it('user, apikey, client: invites, resets, limits and ends', async () => {
    const invite = ['user', 'invite', '--login', 'mona@example.org', '--name', 'Mona'];
    expect(await run([...invite, '--role', 'auditor'])).toMatchObject(
      done({ login: 'mona@example.org', link: expect.stringContaining('http') }),
    );
    expect(await run([...invite, '--role', 'king'])).toMatchObject({ code: 2 });
    expect(await run(['user', 'disable', 'mona@example.org'])).toMatchObject(done({ state: 'disabled' }));
    expect(await run(['user', 'enable', 'mona@example.org'])).toMatchObject(done());
    expect(await run(['user', 'reset', 'mona@example.org'])).toMatchObject(
      done({ link: expect.stringContaining('http') }),
    );
    expect(await run(['user', 'reset', 'nobody'])).toMatchObject({ code: 2 });
    const limits = ['--expires', '2100-01-01T00:00:00Z', '--allow-address', '127.0.0.1', '::1'];
    expect(
      await run(['apikey', 'create', '--name', 'far', '--scopes', 'stats:read', ...limits]),
    ).toMatchObject(done({ name: 'far', key: expect.any(String), allowAddresses: ['127.0.0.1', '::1'] }));
    await run(['client', 'create', 'far']);
    expect(await run(['client', 'rotate', 'far', '--overlap', '60'])).toMatchObject(
      done({ clientSecret: expect.any(String) }),
    );
  });

  it('holds, erasures, subject access: by the id, or by a national id on standard input', async () => {
    const idNumber = '29703012357788';
    await rollcall.callback('success', [{ ...anApplicant(), applicantId: 'far-3', idNumber }]);
    const person = ['--id-number-stdin', '--reason', 'case 7'];
    const hold = await run(['holds', 'place', ...person], `${idNumber}\n`);
    expect(hold).toMatchObject(done({ state: 'placed', applicantIds: ['far-3'] }));
    expect(await run(['holds', 'lift', hold.printed.id ?? ''])).toMatchObject(done({ state: 'lifted' }));
    expect(await run<{ items: unknown[] }>(['holds', 'list'])).toMatchObject(done({ items: [] }));
    const out = join(folder, 'far-3.zip');
    const access = ['subject-access', '--applicant', 'far-3', '--reason', 'case 8', '--out', out];
    expect(await run(access)).toMatchObject(done({ file: out, type: 'application/zip' }));
    expect(readFileSync(out).subarray(0, 2).toString()).toBe('PK');
    expect(await run(access)).toMatchObject({ code: 2, notes: expect.stringContaining('is there already') });
    const erasure = await run(['erasures', 'request', '--applicant', 'far-3', '--reason', 'case 9']);
    const id = erasure.printed.id ?? '';
    await eventually(async () => (await run(['erasures', 'show', id])).printed.state === 'erased');
    const certificate = join(folder, 'erasure.json');
    const pdf = join(folder, 'erasure.pdf');
    expect(await run(['erasures', 'certificate', id, '--out', certificate, '--pdf', pdf])).toMatchObject(
      done({ file: certificate }),
    );
    expect(JSON.parse(readFileSync(certificate, 'utf8'))).toMatchObject({ jws: expect.any(String) });
    expect(readFileSync(pdf).subarray(0, 4).toString()).toBe('%PDF');
    expect(await run(['erasures', 'request', '--reason', 'case 9'])).toMatchObject({ code: 2 });
  });

  it('retention and the privacy report', async () => {
    expect(await run(['retention', 'show'])).toMatchObject(done({ classes: expect.any(Array) }));
    expect(await run(['retention', 'preview'])).toMatchObject(done({ classes: expect.any(Array) }));
    const ran = await run(['retention', 'run']);
    expect(ran).toMatchObject({ code: 0, printed: { state: 'completed' } });
    const id = ran.printed.id ?? '';
    expect(await run(['retention', 'runs'])).toMatchObject(done({ items: [{ id }] }));
    expect(await run(['retention', 'certificate', id])).toMatchObject(done({ jws: expect.any(String) }));
    const report = ['privacy', 'report', '--from', '2026-01-01', '--to', '2100-01-01'];
    const out = join(folder, 'report.json');
    expect(await run([...report, '--out', out])).toMatchObject(done({ file: out }));
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ jws: expect.any(String) });
    expect(await run(['privacy', 'report', '--from', 'soon', '--to', '2100-01-01'])).toMatchObject({
      code: 2,
    });
  });

  it('export: the server writes it, the file comes here, and nothing of it stays there', async () => {
    await rollcall.callback('success', [{ ...anApplicant(), applicantId: 'far-4' }]);
    const out = join(folder, 'all.csv');
    const ask = ['export', '--out', out, '--columns', 'applicantId,outcome', '--received-from', '2026-01-01'];
    expect(await run(ask)).toMatchObject(done({ file: out, bytes: expect.any(Number) }));
    expect(readFileSync(out, 'utf8')).toContain('far-4');
    expect(await run(ask)).toMatchObject({ code: 2 });
    expect(await run([...ask, '--force'])).toMatchObject({ code: 0 });
    expect(await (await rollcall.api('/api/v1/exports')).json()).toMatchObject({ items: [] });
    expect(await run(['export', '--out', join(folder, 'no.csv'), '--columns', 'x'])).toMatchObject({
      code: 2,
    });
    expect(existsSync(join(folder, 'no.csv'))).toBe(false);
  });

  it('keys, images, alerts', async () => {
    expect(await run(['keys', 'rotate'])).toMatchObject({
      code: 1,
      notes: expect.stringContaining('KEYS_IN_SETTINGS'),
    });
    expect(await run(['keys', 'reseal', '--progress'])).toMatchObject(done());
    expect(await run(['keys', 'retire', 'k1'])).toMatchObject({ code: 1 });
    expect(await run(['images', 'retry', '--state', 'failed', '--applicant', 'far-4'])).toMatchObject(
      done({ retried: 0 }),
    );
    expect(await run(['images', 'retry', '--state', 'fetched'])).toMatchObject({ code: 2 });
    expect(await run(['alerts', 'test'])).toMatchObject({
      code: 1,
      notes: expect.stringContaining('No channel is configured'),
    });
    expect(await run(['alerts', 'list', '--state', 'all'])).toMatchObject(done());
    expect(await run(['audit', 'list', '--applicant', 'far-3'])).toMatchObject(done());
  });

  it('enroll: asks eNROLL by the server', async () => {
    expect(await run(['enroll', 'token'])).toMatchObject(done({ dialect: expect.any(String) }));
    const [known = ''] = simulator.applicantIds();
    expect(await run(['enroll', 'by-ids', known, 'nobody'])).toMatchObject({
      code: 0,
      printed: [{ applicantId: known }],
      notes: expect.stringContaining('nobody'),
    });
    const range = [
      '--from',
      new Date(Date.now() - 3 * 86_400_000).toISOString(),
      '--to',
      new Date().toISOString(),
    ];
    const dated = await run<unknown[]>(['enroll', 'by-date', ...range]);
    expect(dated).toMatchObject({ code: 0, printed: [{ applicantId: expect.any(String) }] });
    expect(await run(['enroll', 'applicants'])).toMatchObject({ code: 2 });
  });
});
