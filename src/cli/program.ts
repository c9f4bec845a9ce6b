import { Command, CommanderError } from 'commander';
import { releaseVersion } from '../config/root.js';
import { errnoOf, reasonOf } from '../db/errors.js';
import { Problem } from '../problem/problem.js';
import type { CliContext } from './context.js';

/** Gives a noun its verbs and options. */
interface NounModule {
  register(noun: Command, context: CliContext): void;
}

/** Every noun of the command line. A module is loaded when its noun is called: most of them load the application. */
const NOUNS: [name: string, description: string, load: () => Promise<NounModule>][] = [
  ['db', 'the database: where it is, and its schema', () => import('./db.command.js')],
  ['client', 'clients of the token URL, i.e. eNROLL', () => import('./client.command.js')],
  ['apikey', 'keys of the management API', () => import('./apikey.command.js')],
  ['keys', 'the keys that seal: new, in use, retired', () => import('./keys.command.js')],
  ['user', 'people who may log in', () => import('./user.command.js')],
  ['quarantine', 'elements that could not be taken', () => import('./quarantine.command.js')],
  [
    'reconcile',
    'ask eNROLL for everything enrolled in a range, and take what is missing or different',
    () => import('./reconcile.command.js'),
  ],
  [
    'backfill',
    'take everything that eNROLL enrolled in a range; continues where it was interrupted',
    () => import('./reconcile.command.js'),
  ],
  ['images', "the applicants' images: progress, retry, pause", () => import('./images.command.js')],
  ['consumer', 'readers of the feed whose place Rollcall keeps', () => import('./consumer.command.js')],
  [
    'endpoint',
    'where changes are handed on to: webhooks and NATS JetStream',
    () => import('./endpoint.command.js'),
  ],
  ['status', 'today at a glance, and what needs attention', () => import('./status.command.js')],
  ['stats', 'the numbers that dashboards show', () => import('./stats.command.js')],
  ['alerts', 'what is wrong, and who hears of it', () => import('./alerts.command.js')],
  [
    'applicants',
    'whether rows of applicants were changed in the database, beside Rollcall',
    () => import('./applicants.command.js'),
  ],
  ['privacy', 'reports for a data protection officer', () => import('./privacy.command.js')],
  ['erasures', 'erase people: request, list, show, certificate', () => import('./erasures.command.js')],
  [
    'subject-access',
    'everything that is held about one person, as one ZIP; this is recorded',
    () => import('./subject-access.command.js'),
  ],
  ['audit', 'who did what to whom, and whether that was changed', () => import('./audit.command.js')],
  ['retention', 'how long everything is kept: show, preview, run', () => import('./retention.command.js')],
  ['holds', 'people of whom nothing is removed', () => import('./holds.command.js')],
  [
    'export',
    'write applicants to a file, all as of one moment; this is recorded',
    () => import('./export.command.js'),
  ],
  [
    'backup',
    'write database and images to a folder, beside running servers',
    () => import('./backup.command.js'),
  ],
  ['restore', 'bring a backup into an empty database', () => import('./restore.command.js')],
  ['enroll', "ask eNROLL's query API, as its dialect spells it", () => import('./enroll.command.js')],
  [
    'doctor',
    'check database, keys, clock, disk, image store, public URL, and try each call of eNROLL',
    () => import('./doctor.command.js'),
  ],
];

const SUCCEEDED = 0;
const FAILED = 1;
const USAGE = 2;

/**
 * Runs one command.
 * @param args without node and script
 * @param given the caller's context; the process makes one otherwise
 * @returns the exit code: 0 done, 1 failed, 2 called wrongly
 */
export async function runCommand(args: string[], given?: CliContext): Promise<number> {
  const called = args.find((arg) => !arg.startsWith('-') && arg !== 'help');
  const load = NOUNS.find(([name]) => name === called)?.[2];
  // help and version need no command: they answer at once
  const context = load && (given ?? (await contextOfProcess()));
  try {
    const program = bareProgram();
    const noun = program.commands.find((command) => command.name() === called);
    if (noun && load && context) {
      program.hook('preAction', () => void Object.assign(context, program.opts()));
      (await load()).register(noun, context);
    }
    inheritExit(program);
    await program.parseAsync(args, { from: 'user' });
    return SUCCEEDED;
  } catch (error) {
    return report(error, context);
  } finally {
    await context?.tellInstallation();
    await context?.close();
  }
}

/** A command without the application prints its result and no log; the application brings a log of its own. */
async function contextOfProcess(): Promise<CliContext> {
  const [{ Logger }, { CliContext }] = await Promise.all([import('@nestjs/common'), import('./context.js')]);
  Logger.overrideLogger(false);
  return new CliContext();
}

/** Its nouns have names and descriptions, but no verbs yet. */
function bareProgram(): Command {
  const program = new Command('rollcall')
    .description("Rollcall: the organization's side of eNROLL")
    .version(releaseVersion(), '--version', 'show the version')
    .option('--json', 'print JSON')
    .option('--verbose', 'also say on standard error which installation answered')
    .helpOption('-h, --help', 'show help')
    .showHelpAfterError('(add --help for the options)')
    .exitOverride();
  for (const [name, description] of NOUNS) program.command(name).description(description);
  return program;
}

/** `exitOverride` reaches only later subcommands of the same parent, so it is set on each. */
function inheritExit(command: Command): void {
  for (const child of command.commands) {
    child.exitOverride().showHelpAfterError('(add --help for the options)');
    inheritExit(child);
  }
}

function report(error: unknown, context?: CliContext): number {
  if (error instanceof CommanderError) {
    // commander has printed its message, or the help
    return error.exitCode === 0 ? SUCCEEDED : USAGE;
  }
  if (context === undefined) throw error;
  const code = errnoOf(error) ?? 'FAILED';
  const message = reasonOf(error);
  context.note(context.json ? JSON.stringify({ error: { code, message } }) : message);
  return isUsage(error) ? USAGE : FAILED;
}

/** Called wrongly is what the API answers with 400, and any command on a database without a Rollcall. */
function isUsage(error: unknown): boolean {
  if (error instanceof Problem) return error.status === 400;
  return ['USAGE', 'DATABASE_EMPTY'].includes(errnoOf(error) ?? '');
}
