import { join } from 'node:path';
import { Readable } from 'node:stream';
import { CliContext } from '../../src/cli/context.js';
import { Profiles } from '../../src/cli/profiles.js';
import { runCommand } from '../../src/cli/program.js';
import { loadConfig } from '../../src/config/config.js';
import { API_KEY, KEYS, type TestApp } from '../harness/app.js';

/** What a command says, as a terminal or a script gets it. */
export interface Said {
  code: number;
  out: string;
  notes: string;
}

/** How a command is asked: from somewhere, with what it reads on standard input. */
export type Ask = (args: string[], input?: string) => Promise<Said>;

export class TestContext extends CliContext {
  readonly notes: string[] = [];

  override note(text: string): void {
    this.notes.push(text);
  }
}

/** One person at two places: beside the server, and at another machine, where nothing else is. */
export class Operator {
  constructor(
    private readonly rollcall: TestApp,
    private readonly folder: string,
    private readonly env: Record<string, string> = {},
  ) {}

  /** With the settings of the installation. */
  readonly here: Ask = (args, input) => said(this.beside(), args, input);

  /** With its URL and a key alone. */
  readonly there: Ask = (args, input) =>
    said(this.elsewhere(), [...args, '--url', `${this.rollcall.url}/`, '--key', API_KEY], input);

  beside(): TestContext {
    return this.contextOf({
      DATABASE_URL: this.rollcall.databaseUrl,
      ROLLCALL_KEYS: KEYS,
      ROLLCALL_HOST: '127.0.0.1',
      PORT: new URL(this.rollcall.url).port,
      ...this.env,
    });
  }

  /** Another data folder, where nothing is. */
  elsewhere(): TestContext {
    return this.contextOf({ ROLLCALL_DATA_DIR: join(this.folder, 'elsewhere') });
  }

  contextOf(env: Record<string, string>): TestContext {
    return new TestContext(
      () => loadConfig({ NODE_ENV: 'test', ...env }),
      new Profiles(join(this.folder, 'profiles')),
    );
  }
}

export async function said(context: TestContext, args: string[], input?: string): Promise<Said> {
  let out = '';
  const written = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => Boolean((out += String(text))));
  const stdin = Readable.from([input ?? '']) as typeof process.stdin;
  const typed = jest.spyOn(process, 'stdin', 'get').mockReturnValue(stdin);
  try {
    const code = await runCommand(args, context);
    return { code, out, notes: context.notes.join('\n') };
  } finally {
    written.mockRestore();
    typed.mockRestore();
  }
}
