import { CLI } from '../harness/processes.js';
import { CliContext } from '../../src/cli/context.js';
import { runCommand } from '../../src/cli/program.js';
import { type Config, loadConfig } from '../../src/config/config.js';
import type { ConsumerDto } from '../../src/feed/consumers.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { endOfFeed } from '../feed/fed.js';
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

async function run(...args: string[]) {
  const context = new TestContext();
  const code = await runCommand(args, context);
  return { code, printed: context.printed[0], notes: context.notes.join('\n') };
}

describe('rollcall consumer', () => {
  it('creates, lists, rewinds and deletes consumers, each recorded as done on the command line', async () => {
    await rollcall.callback('success', [anApplicant(), anApplicant()]);
    await endOfFeed(rollcall);
    const created = await run(
      ...['--json', 'consumer', 'create', 'crm', '--events', 'applicant.created,applicant.updated'],
      ...['--fields', 'emails', '--from', 'beginning'],
    );
    expect(created).toMatchObject({
      code: 0,
      printed: {
        name: 'crm',
        events: ['applicant.created', 'applicant.updated'],
        outcomes: [],
        fields: ['emails'],
        createdBy: CLI,
        lag: { events: 2, isExact: true },
      },
    });
    expect(await run('consumer', 'list')).toMatchObject({
      code: 0,
      printed: [{ name: 'crm', behind: 2, oldestSeconds: expect.any(Number) }],
    });
    const rewound = await run('--json', 'consumer', 'rewind', 'crm', '--to', 'now');
    expect((rewound.printed as ConsumerDto).lag).toMatchObject({ events: 0 });
    expect(await run('consumer', 'delete', 'crm')).toMatchObject({ code: 0 });
    expect(await run('--json', 'consumer', 'list')).toMatchObject({ printed: [] });
    expect(
      await rollcall.sql("select actor, action from audit where subject = 'consumer:crm' order by at"),
    ).toEqual(['create', 'rewind', 'delete'].map((verb) => ({ actor: CLI, action: `consumer.${verb}` })));
  });

  it.each([
    [['create', 'Upper'], 2, /"Upper" is not a name for a consumer/],
    [['create', 'x', '--events', 'applicant.exploded'], 2, /Unknown event "applicant.exploded"; there are/],
    [['create', 'x', '--fields', ''], 2, /Unknown field ""/],
    [['create', 'x', '--from', 'yesterday'], 2, /cursor is not one of ours/],
    [['rewind', 'nobody', '--to', 'now'], 1, /Not found/],
    [['rewind', 'nobody'], 2, /.*/],
    [['delete', 'nobody'], 1, /Not found/],
  ])('%j: exit code %i', async (args, code, message) => {
    const ran = await run('consumer', ...args);
    expect(ran.code).toBe(code);
    expect(ran.notes).toMatch(message);
  });
});
