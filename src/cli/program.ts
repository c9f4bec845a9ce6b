import { Command, CommanderError } from 'commander';
import { releaseVersion } from '../config/root.js';
import { errnoOf, reasonOf } from '../db/errors.js';
import { Problem } from '../problem/problem.js';
import { CALLS } from './api-nouns.js';
import { registerCalls } from './calls.js';
import type { CliContext } from './context.js';
import { PartlyError, UsageError } from './faults.js';
import { addGlobals, doorOf, type Places, readAhead, setFlags, termOf } from './globals.js';
import { ApiError, type Door } from './http-api.js';
import { DEFAULT_PROFILE } from './profiles.js';

/** Gives a noun its verbs and options. */
interface NounModule {
  /** @param whole every command there is, for those that tell of others */
  register(noun: Command, context: CliContext, whole: () => Promise<Command>): void;
}

/**
 * Every noun of the command line. A module is loaded when its noun is called beside the server: most of them load the
 * application. The verbs of `CALLS` are requests of the API, and load nothing.
 */
const NOUNS: [name: string, description: string, load?: () => Promise<NounModule>][] = [
  ['receipts', 'what eNROLL sent, and what became of it'],
  ['changes', 'the feed of changes'],
  ['probes', 'Callback-Tests'],
  ['refusals', 'what was refused at the token URL and the callback URLs'],
  ['gaps', 'where eNROLL and Rollcall differ: list, heal, ignore'],
  ['runs', 'reconciliation runs on the server: list, show, start, cancel'],
  ['statement', 'a signed statement of a period: is everything here?'],
  ['image', 'one image: get it, or fetch it again'],
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
  ['status', 'today at a glance, and what needs attention'],
  ['jobs', 'background jobs, and what was given up'],
  ['settings', 'the settings in force at the server'],
  ['stats', 'the numbers that dashboards show', () => import('./stats.command.js')],
  ['alerts', 'what is wrong, and who hears of it', () => import('./alerts.command.js')],
  [
    'applicants',
    'people who enrolled: find, show, history, timeline, images, verify',
    () => import('./applicants.command.js'),
  ],
  ['privacy', 'reports for a data protection officer', () => import('./privacy.command.js')],
  ['erasures', 'erase people: request, list, show, certificate', () => import('./erasures.command.js')],
  [
    'subject-access',
    'everything that is held about one person, as one ZIP; this is recorded',
    () => import('./subject-access.command.js'),
  ],
  [
    'verify',
    'whether a certificate, statement or report is what this installation has signed',
    () => import('./verify.command.js'),
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
  ['login', 'keep an API key of another machine in a file, and use it', () => import('./login.command.js')],
  ['logout', 'remove it again', () => import('./login.command.js')],
  ['completion', 'a script by which bash or zsh completes commands', () => import('./completion.command.js')],
];

/** docs/command-line.md says what each means. */
const EXIT = { done: 0, failed: 1, misuse: 2, partly: 3 } as const;
/** Their modules load the application late, since their other verbs do without it. */
const LIGHT = new Set(['applicants', 'stats', 'login', 'logout', 'completion']);
/** They name a place of their own, or none. */
const PLACELESS = new Set(['login', 'logout', 'completion']);

/**
 * Runs one command.
 * @param args without node and script
 * @param given the caller's context; the process makes one otherwise
 * @returns the exit code: 0 done, 1 failed, 2 called wrongly, 3 partly done
 */
export async function runCommand(args: string[], given?: CliContext): Promise<number> {
  const { noun: called = '', places } = readAhead(args);
  const isKnown = NOUNS.some(([name]) => name === called);
  // help and version need no command: they answer at once
  const context = isKnown ? (given ?? new (await import('./context.js')).CliContext()) : undefined;
  try {
    const program = bareProgram();
    const noun = program.commands.find((command) => command.name() === called);
    if (noun && context) {
      program.hook('preAction', (_, command) => setFlags(context, command));
      if (args.includes('--json')) context.json = true;
      context.door = await doorFor(noun, context, places);
      if (given === undefined) await silence(noun, context);
      await registerNoun(noun, context);
    }
    inheritExit(program);
    addGlobals(program, !PLACELESS.has(called));
    refuseRepeats(program);
    await program.parseAsync(args, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    return report(error, context);
  } finally {
    await context?.tellInstallation();
    await context?.close();
  }
}

/** Gives a noun its verbs: those of another machine, or all of them beside the server. */
async function registerNoun(noun: Command, context: CliContext): Promise<void> {
  const load = context.door === undefined ? loaderOf(noun) : undefined;
  if (load !== undefined) {
    if (!LIGHT.has(noun.name())) await context.prepare();
    (await load()).register(noun, context, () => wholeProgram(context));
  }
  registerCalls(noun, callsOf(noun), context);
}

/** Every command with its options, as it is beside the server. */
export async function wholeProgram(context: CliContext): Promise<Command> {
  const program = bareProgram();
  for (const noun of program.commands) {
    (await loaderOf(noun)?.())?.register(noun, context, () => Promise.resolve(program));
    registerCalls(noun, callsOf(noun), context);
  }
  addGlobals(program, true);
  return program;
}

/** The place that was named; where none was and none is here, the one that somebody has logged in to. @throws UsageError */
async function doorFor(noun: Command, context: CliContext, places: Places): Promise<Door | undefined> {
  if (PLACELESS.has(noun.name())) return undefined;
  const named = doorOf(places, context.profiles);
  const isCall = callsOf(noun).length > 0;
  if (named !== undefined && !isCall)
    throw new UsageError(`\`rollcall ${noun.name()}\` works beside the server only: run it there`);
  if (named !== undefined || !isCall || !context.profiles.has(DEFAULT_PROFILE)) return named;
  return (await context.find()) === undefined ? context.profiles.read(DEFAULT_PROFILE) : undefined;
}

function loaderOf(noun: Command) {
  return NOUNS.find(([name]) => name === noun.name())?.[2];
}

function callsOf(noun: Command) {
  return CALLS[noun.name()] ?? [];
}

/** A command without the application prints its result and no log; the application brings a log of its own. */
async function silence(noun: Command, { door }: CliContext): Promise<void> {
  if (door !== undefined || LIGHT.has(noun.name()) || loaderOf(noun) === undefined) return;
  const { Logger } = await import('@nestjs/common');
  Logger.overrideLogger(false);
}

/** Its nouns have names and descriptions, but no verbs yet. */
function bareProgram(): Command {
  const program = new Command('rollcall')
    .description("Rollcall: the organization's side of eNROLL")
    .version(releaseVersion(), '--version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .configureHelp({ subcommandTerm: termOf })
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

/** Commander takes the last value, and says nothing of the others. */
function refuseRepeats(command: Command): void {
  for (const option of command.options) {
    if (!option.required || option.variadic) continue;
    const takesList = option.flags.includes('<list>');
    let times = 0;
    command.on(`option:${option.name()}`, () => {
      if (++times > 1)
        throw new UsageError(
          `${option.long} was given twice${takesList ? ': join its values by commas' : ''}`,
        );
    });
  }
  for (const child of command.commands) refuseRepeats(child);
}

function report(error: unknown, context?: CliContext): number {
  if (error instanceof CommanderError) {
    // commander has printed its message, or the help
    return error.exitCode === 0 ? EXIT.done : EXIT.misuse;
  }
  if (context === undefined) throw error;
  const code = errnoOf(error) ?? 'FAILED';
  const message = reasonOf(error);
  context.note(context.json ? JSON.stringify({ error: { code, message } }) : message);
  if (error instanceof PartlyError) return EXIT.partly;
  return isUsage(error) ? EXIT.misuse : EXIT.failed;
}

/** Called wrongly is what the API answers with 400, and any command on a database without a Rollcall. */
function isUsage(error: unknown): boolean {
  if (error instanceof Problem || error instanceof ApiError) return error.status === 400;
  return ['USAGE', 'DATABASE_EMPTY'].includes(errnoOf(error) ?? '');
}
