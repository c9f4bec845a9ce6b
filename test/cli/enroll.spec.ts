import { CLI, runBuilt } from '../harness/processes.js';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { CliContext } from '../../src/cli/context.js';
import { runCommand } from '../../src/cli/program.js';
import { type Config, loadConfig } from '../../src/config/config.js';
import type { EnrolledApplicantDto } from '../../src/enroll-client/enroll-queries.dto.js';
import type { Simulator } from '../../simulator/simulator.js';
import { startSimulator } from '../../simulator/start.js';
import { cairoDate, shiftDate, startOfCairoDay } from '../../src/enroll-contract/cairo-days.js';
import { KEYS, startApp, type TestApp } from '../harness/app.js';

/** The day before yesterday in Cairo, in which everybody enrolled. */
const FROM = shiftDate(cairoDate(new Date()), -2);
const TO = shiftDate(FROM, 1);

const imageDir = mkdtempSync(join(tmpdir(), 'rollcall-doctor-'));
let simulator: Simulator;
let rollcall: TestApp;
let ids: string[];

beforeAll(async () => {
  simulator = await startSimulator({ imageBytes: 15_000 });
  simulator.remember(620, startOfCairoDay(FROM).getTime(), startOfCairoDay(TO).getTime());
  ids = simulator.applicantIds();
  rollcall = await startApp();
});
afterAll(async () => {
  await rollcall.stop();
  await simulator.close();
  rmSync(imageDir, { recursive: true });
});

class TestContext extends CliContext {
  readonly printed: unknown[] = [];
  readonly notes: string[] = [];

  constructor(private readonly env: Record<string, string>) {
    super();
  }

  override get config(): Config {
    return loadConfig({
      NODE_ENV: 'test',
      DATABASE_URL: rollcall.databaseUrl,
      ROLLCALL_KEYS: KEYS,
      ROLLCALL_DATA_DIR: tmpdir(),
      ROLLCALL_IMAGE_DIR: imageDir,
      PORT: new URL(rollcall.url).port,
      ...this.env,
    });
  }

  override print(value: unknown): void {
    this.printed.push(value);
  }

  override note(text: string): void {
    this.notes.push(text);
  }
}

async function run(args: string[], env: Record<string, string> = enrollEnv()) {
  const context = new TestContext(env);
  const code = await runCommand(args, context);
  return { code, printed: context.printed, notes: context.notes.join('\n') };
}

const enrollEnv = () => ({
  ENROLL_BASE_URL: simulator.url,
  ENROLL_TENANT_ID: simulator.tenantId,
  ENROLL_TENANT_SECRET: simulator.tenantSecret,
});
const enroll = (...args: string[]) => run(['--json', 'enroll', ...args]);
const aFolder = () => mkdtempSync(join(tmpdir(), 'enroll-cli-'));
const held = (at: number) => simulator.applicant(ids[at] ?? '')?.enrollment;

describe('rollcall enroll', () => {
  it('token: tells when it ends and does not show it', async () => {
    const { code, printed } = await enroll('token');
    expect([code, printed]).toEqual([
      0,
      [{ dialect: 'default (unverified)', expiresAt: expect.any(String) }],
    ]);
  });

  it('applicant-id: finds the applicant of a request', async () => {
    const requestId = simulator.applicant(ids[5] ?? '')?.requestId ?? '';
    expect((await enroll('applicant-id', requestId)).printed).toEqual([{ applicantId: ids[5] }]);
    const missing = await enroll('applicant-id', '0');
    expect(missing.code).toBe(1);
    expect(missing.notes).toMatch(/ENROLL_NOT_FOUND/);
  });

  it('applicants: masked, unless --reveal asks and is recorded', async () => {
    const requestId = simulator.applicant(ids[5] ?? '')?.requestId ?? '';
    const masked = await enroll('applicants', '--request-id', requestId);
    expect(JSON.stringify(masked.printed)).not.toContain(held(5)?.firstName);
    const revealed = await enroll('applicants', '--request-id', requestId, '--reveal');
    expect(JSON.stringify(revealed.printed)).toContain(held(5)?.firstName);
    const deeds = await rollcall.sql("select actor from audit where action = 'applicant.read'");
    expect(deeds).toEqual([{ actor: CLI }]);
  });

  it('by-date: prints every page as it comes', async () => {
    const { code, printed } = await enroll('by-date', '--from', FROM, '--to', TO);
    expect(code).toBe(0);
    const pages = printed as EnrolledApplicantDto[][];
    expect(pages.map((page) => page.length)).toEqual([500, 120]);
    expect(pages.flat().map(({ applicantId }) => applicantId)).toEqual(ids);
  });

  it('3.5 by-ids: finds those that eNROLL knows, and names the others', async () => {
    const { code, printed, notes } = await enroll('by-ids', 'nobody', ids[2] ?? '', 'none', 'nobody');
    expect((printed as EnrolledApplicantDto[][])[0]?.map(({ applicantId }) => applicantId)).toEqual([ids[2]]);
    expect(code).toBe(0);
    expect(notes.split('\n')).toContain('{"notFound":["nobody","none"]}');
    const nobody = await enroll('by-ids', 'nobody', 'none');
    expect(nobody).toMatchObject({ code: 1, printed: [[]] });
    expect(nobody.notes).toMatch(/ENROLL_NOT_FOUND.*nobody, none/);
  });

  it('image: writes the bytes to a file that only its owner reads', async () => {
    const out = join(aFolder(), 'live');
    const { code, printed } = await enroll('image', held(0)?.livePhotoPath ?? '', '--out', out);
    expect(code).toBe(0);
    const sha256 = createHash('sha256').update(readFileSync(out)).digest('hex');
    expect(printed).toEqual([expect.objectContaining({ file: out, sha256 })]);
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  it('images: names files by their hash, never by what eNROLL calls them', async () => {
    const folder = join(aFolder(), 'new');
    const path = held(1)?.livePhotoPath ?? '';
    const { code, printed } = await enroll('images', path, 'missing.jpg', '--out-dir', folder);
    expect(code).toBe(0);
    const [file = ''] = readdirSync(folder);
    expect(file).toMatch(/^[0-9a-f]{64}\.(jpg|png|webp)$/);
    expect(printed).toEqual([
      [
        { path, file: join(folder, file), mediaType: expect.any(String), fault: null },
        { path: 'missing.jpg', file: null, mediaType: null, fault: 'ENROLL_NOT_FOUND' },
      ],
    ]);
    expect((await enroll('images', 'missing.jpg', '--out-dir', folder)).code).toBe(1);
  });

  it.each([
    [['applicants'], /--request-id or --correlation-id/],
    [['by-date', '--from', 'yesterday', '--to', '2026-03-02'], /--from is not a time/],
  ])('%j is called wrongly: exit code 2', async (args, message) => {
    const { code, notes } = await enroll(...args);
    expect(code).toBe(2);
    expect(notes).toMatch(message);
  });

  it('without settings fails and names them', async () => {
    const { code, notes } = await run(['--json', 'enroll', 'token'], {});
    expect(code).toBe(1);
    expect(notes).toMatch(/ENROLL_NOT_CONFIGURED.*Set ENROLL_BASE_URL/s);
  });
});

describe('rollcall doctor', () => {
  interface Verdict {
    ok: boolean;
    findings: { check: string; status: string; found: string; fix?: string }[];
  }
  const doctor = async (env: Record<string, string>, ...args: string[]) => {
    const { code, printed, notes } = await run(['--json', 'doctor', ...args], env);
    const { ok, findings } = printed[0] as Verdict;
    return { code, ok, notes, by: Object.fromEntries(findings.map((finding) => [finding.check, finding])) };
  };

  it('finds a running Rollcall and a known eNROLL well, and says what is unverified', async () => {
    const { code, ok, by } = await doctor(enrollEnv());
    expect(Object.values(by).filter(({ status }) => status !== 'ok')).toEqual([
      expect.objectContaining({
        check: 'eNROLL dialect',
        status: 'warning',
        found: expect.stringMatching(/unverified/),
      }),
      expect.objectContaining({ check: 'eNROLL sessions', status: 'skipped' }),
    ]);
    expect([code, ok]).toEqual([0, true]);
    expect(Object.keys(by)).toEqual([
      'settings',
      'database',
      'keys',
      'clock',
      'time zones',
      'disk',
      'disk for images',
      'image store',
      'public URL',
      'eNROLL dialect',
      'eNROLL token',
      'eNROLL calls.applicantsByDate',
      'eNROLL calls.applicantsByIds',
      'eNROLL calls.applicantIdByRequestId',
      'eNROLL calls.applicants (requestId)',
      'eNROLL calls.applicants (correlationId)',
      'eNROLL calls.image',
      'eNROLL calls.images',
      'eNROLL clock',
      'eNROLL sessions',
    ]);
  });

  it('as a process of its own prints its findings and nothing else', async () => {
    const { code, stdout } = await runBuilt('src/cli/main.js', ['--json', 'doctor'], {
      NODE_ENV: 'test',
      DATABASE_URL: rollcall.databaseUrl,
      ROLLCALL_KEYS: KEYS,
      ROLLCALL_DATA_DIR: tmpdir(),
      ROLLCALL_IMAGE_DIR: imageDir,
      PORT: new URL(rollcall.url).port,
      ...enrollEnv(),
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
  });

  it('tells people the same in lines', async () => {
    const { code, printed } = await run(['doctor'], {});
    expect(code).toBe(0);
    expect(printed[0]).toBe('ok        settings: all readable');
    expect(printed.join('\n')).toMatch(
      /^skipped {3}eNROLL: the query API is not configured\n {10}fix {4}ENROLL_BASE_URL/m,
    );
  });

  it.each<[string, Record<string, string>, string, RegExp]>([
    [
      'another key',
      { ROLLCALL_KEYS: `k1:${Buffer.alloc(32, 9).toString('base64')}` },
      'keys',
      /Key "k1" is not the one/,
    ],
    [
      'a missing key',
      { ROLLCALL_KEYS: `k2:${Buffer.alloc(32, 9).toString('base64')}` },
      'keys',
      /not in the key ring: add "k1/,
    ],
    [
      'no database',
      { DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/x' },
      'database',
      /ECONNREFUSED|cannot be used/,
    ],
    [
      'a folder that is a file',
      { ROLLCALL_DATA_DIR: join(import.meta.dirname, 'enroll.spec.ts') },
      'disk',
      /cannot be written to \(ENOTDIR\)/,
    ],
    [
      'a bucket that cannot be reached',
      {
        ROLLCALL_IMAGE_STORE: 's3://images?endpoint=http://127.0.0.1:1',
        ROLLCALL_S3_ACCESS_KEY_ID: 'any',
        ROLLCALL_S3_SECRET_ACCESS_KEY: 'any',
      },
      'image store',
      /^s3: IMAGE_STORE_UNREACHABLE$/,
    ],
    [
      'an image store with a parameter that is not known',
      { ROLLCALL_IMAGE_STORE: 's3://images?regoin=x' },
      'settings',
      /has no parameter "regoin"/,
    ],
    ['a wrong tenant secret', { ENROLL_TENANT_SECRET: 'wrong' }, 'eNROLL token', /ENROLL_AUTH/],
  ])('with %s fails there, with exit code 1 and no secret', async (_name, env, check, found) => {
    const { code, ok, by, notes } = await doctor({ ...enrollEnv(), ...env });
    expect(by[check]).toMatchObject({
      status: 'failed',
      found: expect.stringMatching(found),
      fix: expect.any(String),
    });
    expect([code, ok]).toEqual([1, false]);
    expect(notes).toMatch(/checks failed/);
    expect(JSON.stringify(by)).not.toMatch(/secret@|simulated-tenant-secret/);
  });

  it('with a call that eNROLL does not allow points at the rights of the tenant', async () => {
    simulator.faults({ kind: 'forbidden', call: 'image' });
    const { by } = await doctor(enrollEnv());
    simulator.faults();
    expect(by['eNROLL calls.image']).toMatchObject({
      status: 'failed',
      found: expect.stringContaining('ENROLL_FORBIDDEN'),
      fix: expect.stringContaining('the rights of the tenant'),
    });
  });

  it('with a public URL where nobody answers warns', async () => {
    const { code, by } = await doctor({ ROLLCALL_PUBLIC_URL: 'http://127.0.0.1:1' });
    expect(by['public URL']).toMatchObject({
      status: 'warning',
      fix: expect.stringMatching(/ROLLCALL_PUBLIC_URL/),
    });
    expect(code).toBe(0);
  });

  it('with a dialect with a typo names setting, file, line and key', async () => {
    const file = join(import.meta.dirname, '../enroll-client/typo.yaml');
    const { code, by } = await doctor({ ENROLL_DIALECT: file });
    expect(code).toBe(1);
    expect(by['settings']).toMatchObject({
      status: 'failed',
      fix: 'ENROLL_DIALECT',
      found: expect.stringMatching(/typo\.yaml line/),
    });
  });
});
