import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { CliContext } from '../../src/cli/context.js';
import { ProgressBar } from '../../src/cli/progress.js';
import { runCommand } from '../../src/cli/program.js';
import { type Config, loadConfig } from '../../src/config/config.js';
import type { RunDto } from '../../src/reconciliation/reconciliation.dto.js';
import { startSimulator } from '../../simulator/start.js';
import type { Simulator } from '../../simulator/simulator.js';
import pg from 'pg';
import { KEYS } from '../harness/app.js';
import { type FreshDatabase, freshDatabase } from '../harness/database.js';
import { eventually, startBuilt } from '../harness/processes.js';
import { daysFromNow } from './reconciled.js';

jest.setTimeout(120_000);

const PEOPLE = 4000;
const RANGE = ['--from', daysFromNow(-8), '--to', daysFromNow(0)];

let database: FreshDatabase;
let simulator: Simulator;
let direct: pg.Client;
let env: Record<string, string>;
beforeAll(async () => {
  database = await freshDatabase();
  simulator = await startSimulator();
  simulator.remember(PEOPLE, Date.parse(daysFromNow(-7)));
  direct = new pg.Client({ connectionString: database.url });
  await direct.connect();
  env = {
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    ROLLCALL_KEYS: KEYS,
    ENROLL_BASE_URL: simulator.url,
    ENROLL_TENANT_ID: simulator.tenantId,
    ENROLL_TENANT_SECRET: simulator.tenantSecret,
  };
});
afterAll(async () => {
  await direct.end();
  await simulator.close();
  await database.drop();
});

class TestContext extends CliContext {
  readonly printed: unknown[] = [];
  readonly notes: string[] = [];
  override get config(): Config {
    return loadConfig(env);
  }
  override print(value: unknown): void {
    this.printed.push(value);
  }
  override note(text: string): void {
    this.notes.push(text);
  }
}

async function rollcall(...args: string[]): Promise<{ code: number; run: RunDto; notes: string }> {
  const context = new TestContext();
  const code = await runCommand(['--json', ...args], context);
  return { code, run: context.printed[0] as RunDto, notes: context.notes.join('\n') };
}

async function counts() {
  const { rows } = await direct.query<{ applicants: number; changes: number; receipts: number }>(
    `select (select count(*)::int from applicants) as applicants, (select count(*)::int from changes) as changes,
       (select count(*)::int from receipts) as receipts`,
  );
  return rows[0];
}

const killed = async (child: ChildProcess) => {
  const left = once(child, 'exit');
  child.kill('SIGKILL');
  await left;
};

describe('rollcall backfill', () => {
  it('killed with -9 in the middle, goes on where it was; nothing is lost, doubled or counted twice', async () => {
    // slow enough to be caught in the middle
    simulator.faults({ kind: 'slow', call: 'applicantsByDate', delayMs: 300 });
    const child = startBuilt('src/cli/main.js', ['backfill', ...RANGE], env);
    const reached = await eventually(async () => {
      const { rows } = await direct.query<{ found: number }>('select found from reconciliation_runs');
      return rows[0]?.found;
    }, 60_000).then(Number);
    await killed(child);
    expect(reached).toBeLessThan(PEOPLE);
    // the lease of the dead would end in seconds; the test is not about waiting
    await direct.query('update reconciliation_runs set lease_until = now()');
    simulator.faults();

    const { code, run, notes } = await rollcall('backfill', ...RANGE);
    expect(code).toBe(0);
    expect(notes).toContain('Continuing the run');
    expect(run).toMatchObject({
      state: 'completed',
      trigger: 'cli',
      found: PEOPLE,
      missing: PEOPLE,
      healed: PEOPLE,
      different: 0,
    });
    const { rows } = await direct.query(
      'select count(*)::int as n, count(distinct run_id)::int as runs from reconciliation_gaps',
    );
    expect(rows).toEqual([{ n: PEOPLE, runs: 1 }]);
    expect(await counts()).toMatchObject({ applicants: PEOPLE, changes: PEOPLE });
  });

  it('a second time changes nothing', async () => {
    const before = await counts();
    const { code, run } = await rollcall('backfill', ...RANGE);
    expect({ code, run }).toMatchObject({
      code: 0,
      run: { found: PEOPLE, missing: 0, different: 0, healed: 0 },
    });
    expect(await counts()).toEqual(before);
  });
});

describe('rollcall reconcile', () => {
  it('--dry-run notes what is different and writes nothing', async () => {
    simulator.changeUnheard(simulator.applicantIds()[3]!);
    const before = await counts();
    const { code, run } = await rollcall('reconcile', ...RANGE, '--dry-run');
    expect({ code, run }).toMatchObject({ code: 0, run: { dryRun: true, different: 1, healed: 0 } });
    expect(await counts()).toEqual(before);
  });

  it.each([
    [['reconcile']],
    [['reconcile', '--from', 'yesterday', '--to', '2026-01-01']],
    [['backfill', ...RANGE, '--dry-run']],
  ])('%j is called wrongly: 2', async (args) => {
    const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { code } = await rollcall(...args);
    stderr.mockRestore();
    expect(code).toBe(2);
  });
});

describe('the progress', () => {
  const written = (isTTY: boolean) => {
    const texts: string[] = [];
    const bar = new ProgressBar({ isTTY, write: (text: string) => texts.push(text) > 0 });
    bar.show(0.5, 100, '100 found');
    bar.show(0.6, 120, '120 found');
    bar.clear();
    return texts;
  };

  it('is one bar in a terminal, cleared at the end', () => {
    const texts = written(true);
    expect(texts[0]).toBe(`\r\x1b[K[${' '.repeat(30)}]   0 %`);
    expect(texts[1]).toMatch(/^\r\x1b\[K\[={15} {15}\] +50 % {2}100 found {2}\d+\/s$/);
    expect(texts.at(-1)).toBe('\r\x1b[K');
  });

  it('is a plain line now and then elsewhere', () => {
    expect(written(false)).toEqual([expect.stringMatching(/^50 % {2}100 found {2}\d+\/s\n$/)]);
  });
});
