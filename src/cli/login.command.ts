import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { Writable } from 'node:stream';
import { type Command, Option } from 'commander';
import type { CliContext } from './context.js';
import { CommandError, UsageError } from './faults.js';
import { baseOf } from './globals.js';
import { HttpApi } from './http-api.js';
import { DEFAULT_PROFILE } from './profiles.js';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

interface Options {
  url: string;
  profile: string;
}

/** `login` and `logout`: profiles of other machines. */
export function register(noun: Command, context: CliContext): void {
  const profile = new Option('--profile <name>', 'name of the profile').default(DEFAULT_PROFILE);
  noun.addOption(profile);
  if (noun.name() === 'logout') {
    noun.action((options: Options) => {
      if (context.profiles.remove(options.profile))
        return context.print({ profile: options.profile, removed: true });
      throw new CommandError('NOT_FOUND', `There is no profile "${options.profile}"`);
    });
    return;
  }
  noun
    .requiredOption('--url <url>', 'where the management API is, e.g. https://rollcall.example.org')
    .action((options: Options) => logIn(context, options));
}

/** Keeps a key once it has opened something. */
async function logIn(context: CliContext, { url, profile }: Options): Promise<void> {
  const base = baseOf(url);
  const { protocol, hostname } = new URL(base);
  if (protocol === 'http:' && !LOOPBACK.test(hostname))
    context.note('Without https the key and personal data travel in clear.');
  const key = (await readKey()).trim();
  if (!/^[!-~]+$/.test(key)) throw new UsageError('Give an API key on standard input');
  const api = new HttpApi({ url: base, key });
  const installation = await api.installation();
  const me = await api.ask<{ name: string; scopes: string[] }>('GET', '/me');
  const file = context.profiles.write(profile, { url: base, key });
  context.print({ profile, file, url: base, installation, as: me?.name, scopes: me?.scopes });
}

/** On a terminal nothing of it is shown. */
async function readKey(): Promise<string> {
  if (!process.stdin.isTTY) return text(process.stdin);
  process.stderr.write('API key: ');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  terminal.once('SIGINT', () => process.exit(130));
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
