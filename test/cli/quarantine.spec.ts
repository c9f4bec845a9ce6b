import { CLI } from '../harness/processes.js';
import { CliContext } from '../../src/cli/context.js';
import { runCommand } from '../../src/cli/program.js';
import { type Config, loadConfig } from '../../src/config/config.js';
import { Sealer } from '../../src/crypto/sealer.js';
import type {
  QuarantineDto,
  QuarantinePageDto,
  ReplayDto,
  ReplayItemDto,
} from '../../src/inbox/quarantine.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { KEYS, startApp, type TestApp } from '../harness/app.js';

let rollcall: TestApp;
beforeAll(async () => {
  rollcall = await startApp();
});
afterAll(() => rollcall.stop());

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

interface Ran<Printed> {
  code: number;
  printed: Printed;
  notes: string;
}

/** `rollcall --json quarantine …` */
async function quarantine<Printed = unknown>(...args: string[]): Promise<Ran<Printed>> {
  const context = new TestContext();
  const code = await runCommand(['--json', 'quarantine', ...args], context);
  return { code, printed: context.printed[0] as Printed, notes: context.notes.join('\n') };
}

/** Has an element refused. @returns its id in quarantine */
async function refused(over: object): Promise<string> {
  const response = await rollcall.callback('success', [{ ...anApplicant(), ...over }]);
  const { receiptId } = (await response.json()) as { receiptId: string };
  const { printed } = await quarantine<QuarantinePageDto>('list', '--receipt-id', receiptId);
  return printed.items[0]!.id;
}

describe('rollcall quarantine', () => {
  it('lists what is open, and shows one as it was received, which is recorded', async () => {
    const id = await refused({ applicantId: 'cli-1', isUpdate: 'x', firstName: 'منى' });
    const list = await quarantine<QuarantinePageDto>('list', '--applicant-id', 'cli-1');
    expect(list).toMatchObject({
      code: 0,
      printed: { items: [{ id, code: 'IS_UPDATE_WRONG_TYPE' }], nextCursor: null },
    });
    const shown = await quarantine<QuarantineDto>('show', id.toUpperCase());
    expect(shown.printed.element).toContain('منى');
    expect(
      await rollcall.sql('select actor, action from audit where subject = $1', [`quarantine:${id}`]),
    ).toEqual([{ actor: CLI, action: 'quarantine.read' }]);
  });

  it('fixes by a merge patch, first as a dry run', async () => {
    const id = await refused({ applicantId: '' });
    const patch = ['--patch', '{"applicantId":"cli-2"}'];
    const dry = await quarantine<ReplayItemDto>('fix', id, ...patch, '--dry-run');
    expect(dry).toMatchObject({ code: 0, printed: { passes: true, result: null } });
    const real = await quarantine<ReplayItemDto>('fix', id, ...patch, '--note', 'from the branch');
    expect(real).toMatchObject({ code: 0, printed: { applicantId: 'cli-2', result: 'created' } });
    const again = await quarantine('fix', id, ...patch);
    expect(again).toMatchObject({ code: 1, notes: expect.stringContaining('CONFLICT') });
  });

  it('says why a fix is not enough, and ends with 1', async () => {
    const id = await refused({ applicantId: '' });
    const ran = await quarantine('fix', id, '--patch', '{"isUpdate":[]}');
    expect(ran).toMatchObject({ code: 1, notes: expect.stringContaining('STILL_REFUSED') });
  });

  it('3.5 replay that takes nothing ends with 1, dry or not, and says why', async () => {
    const id = await refused({ applicantId: '' });
    const dry = await quarantine<ReplayDto>('replay', id);
    expect(dry).toMatchObject({ code: 1, printed: { dryRun: true, passing: 0, failing: 1 } });
    expect(dry.notes).toContain('Nothing would be taken (dry run): 1 still refused');
    const all = await quarantine<ReplayDto>('replay', '--all', '--yes');
    expect(all).toMatchObject({ code: 1, printed: { dryRun: false, passing: 0 } });
    expect(all.notes).toContain('NOTHING_TAKEN');
    expect(await quarantine('replay', '--applicant-id', 'nobody', '--yes')).toMatchObject({
      code: 1,
      notes: expect.stringContaining('no open element is meant'),
    });
  });

  it('3.5 replay without --yes tells what would be taken and takes nothing, with --yes it does: 0', async () => {
    const id = await refused({ applicantId: 'cli-3', isUpdate: 'x' });
    await refused({ applicantId: 'cli-3', isUpdate: 'y' });
    // as if a release had come that reads what this one refuses
    const element = Buffer.from(JSON.stringify(anApplicant({ applicantId: 'cli-3' })));
    const sealed = rollcall.app.get(Sealer, { strict: false }).seal(element, `quarantine|${id}`);
    await rollcall.sql('update quarantine set element = $2 where id = $1', [id, sealed]);
    const replay = (...more: string[]) => quarantine<ReplayDto>('replay', '--applicant-id', 'cli-3', ...more);
    expect(await replay()).toMatchObject({
      code: 0,
      printed: { dryRun: true, passing: 1, failing: 1 },
      notes: expect.stringContaining('dry run'),
    });
    expect(await replay('--yes')).toMatchObject({ code: 0, printed: { passing: 1, failing: 1 } });
    expect((await replay('--yes')).code).toBe(1);
  });

  it('discards with a reason', async () => {
    const id = await refused({ applicantId: '' });
    const ran = await quarantine<QuarantineDto>('discard', id, '--reason', 'a test');
    expect(ran).toMatchObject({ code: 0, printed: { state: 'discarded', resolvedBy: CLI } });
    expect((await quarantine('discard', id, '--reason', 'a test')).code).toBe(1);
  });

  const ID = '019aafb2-4c00-7d1f-9a55-3c1c52f0a9d1';
  it.each([
    [['show', 'x']],
    [['list', '--limit', '0']],
    [['list', '--state', 'lost']],
    [['fix', ID]],
    [['fix', ID, '--patch', '[]']],
    [['fix', ID, '--patch', '{']],
    [['replay']],
    [['replay', ID, '--all']],
    [['replay', '--all', '--code', 'X']],
    [['discard', ID]],
    [['discard', ID, '--reason', ' ']],
  ])('%j is called wrongly: 2', async (args) => {
    const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const ran = await quarantine(...args);
    stderr.mockRestore();
    expect(ran.code).toBe(2);
  });

  it('of an id that is not there ends with 1', async () => {
    expect(await quarantine('show', ID)).toMatchObject({
      code: 1,
      notes: expect.stringContaining('NOT_FOUND'),
    });
  });
});
