import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliContext } from '../../src/cli/context.js';
import { runCommand } from '../../src/cli/program.js';
import { type Config, loadConfig } from '../../src/config/config.js';
import { anApplicant } from '../factories/applicant.js';
import { KEYS, startApp, type TestApp } from '../harness/app.js';
import { CLI } from '../harness/processes.js';

let rollcall: TestApp;
const folder = mkdtempSync(join(tmpdir(), 'rollcall-audit-'));
const file = join(folder, 'audit.ndjson');

beforeAll(async () => {
  rollcall = await startApp();
  await rollcall.callback('success', [
    anApplicant({ applicantId: 'A-cli-1' }),
    anApplicant({ applicantId: 'A-cli-2' }),
  ]);
  await rollcall.api('/api/v1/applicants');
  await rollcall.api('/api/v1/applicants/A-cli-2');
});
afterAll(async () => {
  await rollcall.stop();
  rmSync(folder, { recursive: true });
});

class TestContext extends CliContext {
  readonly printed: unknown[] = [];
  readonly notes: string[] = [];

  override get config(): Config {
    return loadConfig({ NODE_ENV: 'test', DATABASE_URL: rollcall.databaseUrl, ROLLCALL_KEYS: KEYS });
  }

  override print(value: unknown): void {
    this.printed.push(value);
  }

  override note(text: string): void {
    this.notes.push(text);
  }
}

async function run(...args: string[]) {
  const context = new TestContext();
  const code = await runCommand(['--json', 'audit', ...args], context);
  return { code, printed: context.printed[0], notes: context.notes.join('\n') };
}

const written = (): string[] => readFileSync(file, 'utf8').split('\n');

describe('rollcall audit', () => {
  it('lists entries, newest first', async () => {
    expect(await run('list', '--applicant', 'A-cli-2', '--limit', '1')).toMatchObject({
      code: 0,
      printed: {
        items: [{ action: 'applicant.read', subject: 'applicant:A-cli-2', detail: { via: 'read' } }],
      },
    });
    expect(await run('list', '--limit', '0')).toMatchObject({ code: 2 });
    expect(await run('list', '--from', 'yesterday')).toMatchObject({ code: 2 });
  });

  it('exports the chain to a file, which is recorded in it, and verifies it without a database', async () => {
    const exported = await run('export', '--out', file);
    expect(exported).toMatchObject({ code: 0, printed: { file } });
    const lines = written()
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const entries = lines.filter((line) => 'n' in line);
    expect(exported.printed).toMatchObject({ entries: entries.length });
    expect(entries.at(-1)).toMatchObject({ actor: CLI, action: 'audit.export', n: entries.length });
    expect(lines.at(-1)).toEqual({ end: expect.any(String) as string });
    expect(await run('verify', file)).toMatchObject({
      code: 0,
      printed: { first: 1, last: entries.length, intact: true },
    }); // an export is evidence
    expect(await run('export', '--out', file)).toMatchObject({
      code: 2,
      notes: expect.stringContaining('is there already') as string,
    });
  });

  it.each<[string, (lines: string[]) => string[], object]>([
    [
      'changed',
      (lines) => lines.with(2, (lines[2] ?? '').replace('"boot"', '"root"')),
      { line: 3, what: 'changed' },
    ],
    ['removed', (lines) => lines.toSpliced(3, 1), { line: 4, what: 'removed', n: 3 }],
    ['inserted', (lines) => lines.toSpliced(3, 0, lines[2] ?? ''), { line: 4, what: 'inserted' }],
    ['cut off', (lines) => lines.slice(0, 3), { what: 'removed', line: 4 }],
    ['signed by nobody', (lines) => lines.with(-2, '{"end":"e30.e30.AAAA"}'), { what: 'signature' }],
  ])('names the line of a file that was %s', async (_, change, tampering) => {
    const changed = join(folder, 'changed.ndjson');
    writeFileSync(changed, change(written()).join('\n'));
    expect(await run('verify', changed)).toMatchObject({ code: 1, printed: { intact: false, ...tampering } });
  });

  it('trusts the keys it is given and not those of the file', async () => {
    const keys = join(folder, 'jwks.json');
    writeFileSync(keys, JSON.stringify(await (await fetch(`${rollcall.url}/.well-known/jwks.json`)).json()));
    expect(await run('verify', file, '--keys', keys)).toMatchObject({ code: 0 });
    writeFileSync(keys, '{"keys":[]}');
    expect(await run('verify', file, '--keys', keys)).toMatchObject({
      code: 1,
      printed: { what: 'signature' },
    });
  });

  it('verifies the database, and names what was changed in it', async () => {
    expect(await run('verify')).toMatchObject({ code: 0, printed: { intact: true } });
    await rollcall.sql(
      "update audit set subject = 'applicant:A-cli-3' where id = (select entry from audit_links where n = 2)",
    );
    expect(await run('verify')).toMatchObject({ code: 1, printed: { intact: false, n: 2, what: 'changed' } });
    expect(await run('export', '--out', join(folder, 'later.ndjson'))).toMatchObject({ code: 0 });
    expect(await run('verify', join(folder, 'later.ndjson'))).toMatchObject({
      code: 1,
      printed: { line: 3 },
    });
  });

  it('refuses a file that is no export', async () => {
    writeFileSync(join(folder, 'other'), 'hello\n');
    expect(await run('verify', join(folder, 'other'))).toMatchObject({ code: 1 });
    expect(await run('verify', join(folder, 'absent'))).toMatchObject({ code: 1 });
  });
});
