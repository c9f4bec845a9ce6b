import { CLI } from '../harness/processes.js';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { CliContext } from '../../src/cli/context.js';
import { runCommand } from '../../src/cli/program.js';
import { type Config, loadConfig } from '../../src/config/config.js';
import { anApplicant } from '../factories/applicant.js';
import { KEYS, startApp, type TestApp } from '../harness/app.js';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-cli-export-'));
let rollcall: TestApp;
beforeAll(async () => {
  rollcall = await startApp();
  const people = [
    anApplicant({ applicantId: 'C-1', firstName: 'منى', idNumber: '29703012357788' }),
    anApplicant({ applicantId: 'C-2', status: 4, nationality: 'SDN' }),
  ];
  await (await rollcall.callback('success', people)).text();
});
afterAll(async () => {
  await rollcall.stop();
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
});

/** The command line beside the running server, in this process. */
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

interface Ran {
  code: number;
  printed: unknown;
  notes: string;
  /** What it said meanwhile on standard error. */
  progress: string;
}

/** `rollcall export --out … ` */
async function run(out: string, args: string[] = [], global: string[] = []): Promise<Ran> {
  const context = new TestContext();
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const code = await runCommand([...global, 'export', '--out', join(folder, out), ...args], context);
  const progress = stderr.mock.calls.map(([text]) => String(text)).join('');
  stderr.mockRestore();
  return { code, printed: context.printed[0], notes: context.notes.join('\n'), progress };
}

function rowsOf(out: string): Record<string, string>[] {
  const text = readFileSync(join(folder, out), 'utf8');
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}

describe('rollcall export', () => {
  it('writes a file for its owner alone, says what is in it, and is recorded', async () => {
    const { code, printed, progress } = await run('all.csv');
    expect(code).toBe(0);
    const file = join(folder, 'all.csv');
    const { size, mode } = statSync(file);
    const seconds: unknown = expect.any(Number);
    expect(printed).toEqual({ file, format: 'csv', rows: 2, bytes: size, masked: true, seconds });
    expect(mode & 0o077).toBe(0);
    expect(rowsOf('all.csv').map(({ applicantId }) => applicantId)).toEqual(['C-1', 'C-2']);
    expect(progress).toMatch(/^0 % {2}0 of 2 applicants, 0\.0 MB {2}\d+\/s\n/);
    const deeds = await rollcall.sql(
      "select detail from audit where actor = $1 and action = 'export.write'",
      [CLI],
    );
    expect(deeds).toEqual([{ detail: expect.objectContaining({ format: 'csv', masked: true, rows: 2 }) }]);
  });

  it('masks what is sensitive unless it is told to reveal it', async () => {
    const columns = ['--columns', 'firstName, idNumber'];
    await run('masked.csv', columns);
    expect(rowsOf('masked.csv')[0]).toEqual({ firstName: 'م•••', idNumber: '•••88' });
    await run('whole.csv', [...columns, '--reveal']);
    expect(rowsOf('whole.csv')[0]).toEqual({ firstName: 'منى', idNumber: '29703012357788' });
  });

  it('takes the filters of the list, and is quiet with --json', async () => {
    const filters = ['--status', '4', '--nationality', 'SDN', '--received-from', '2020-01-01'];
    const { code, progress } = await run('some.ndjson', ['--format', 'ndjson', ...filters], ['--json']);
    expect({ code, progress }).toEqual({ code: 0, progress: '' });
    const [line, rest] = readFileSync(join(folder, 'some.ndjson'), 'utf8').split('\n');
    expect(JSON.parse(line!)).toMatchObject({ applicantId: 'C-2', status: 4 });
    expect(rest).toBe('');
  });

  it('replaces a file only with --force', async () => {
    writeFileSync(join(folder, 'mine.csv'), 'precious');
    const refused = await run('mine.csv');
    expect(refused).toMatchObject({ code: 2, notes: expect.stringContaining('--force') });
    expect(readFileSync(join(folder, 'mine.csv'), 'utf8')).toBe('precious');
    expect((await run('mine.csv', ['--force'])).code).toBe(0);
    expect(rowsOf('mine.csv')).toHaveLength(2);
  });

  it('leaves nothing behind where it fails', async () => {
    // the database ends in the middle: a column of the file is gone
    await rollcall.sql('alter table applicants rename column first_name to was_first_name');
    const { code } = await run('broken.csv', ['--columns', 'firstName']);
    await rollcall.sql('alter table applicants rename column was_first_name to first_name');
    expect(code).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
    const nowhere = await run('no/such/folder.csv');
    expect(nowhere).toMatchObject({ code: 1, notes: expect.stringContaining('ENOENT') });
  });

  it.each([
    [['--format', 'pdf']],
    [['--columns', 'applicantId,sealed']],
    [['--status', 'x']],
    [['--received-to', 'tomorrow']],
    [['--outcome', 'good']],
  ])('%j is called wrongly: 2', async (args) => {
    expect((await run('wrong.csv', args)).code).toBe(2);
    expect(existsSync(join(folder, 'wrong.csv'))).toBe(false);
  });
});
