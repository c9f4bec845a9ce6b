import { Command, CommanderError } from 'commander';
import { registerAlerts } from './alerts.command.js';
import { registerApiKey } from './apikey.command.js';
import { registerClient } from './client.command.js';
import { releaseVersion } from '../config/root.js';
import { errnoOf, reasonOf } from '../db/errors.js';
import { registerConsumer } from './consumer.command.js';
import { CliContext, UsageError } from './context.js';
import { Problem } from '../problem/problem.js';
import { registerDb } from './db.command.js';
import { registerDoctor } from './doctor.command.js';
import { registerEndpoint } from './endpoint.command.js';
import { registerEnroll } from './enroll.command.js';
import { registerExport } from './export.command.js';
import { registerImages } from './images.command.js';
import { registerQuarantine } from './quarantine.command.js';
import { registerReconcile } from './reconcile.command.js';
import { registerStats } from './stats.command.js';
import { SchemaError } from '../prepare-database.js';

/** Every noun of the command line. */
const REGISTRATIONS = [
  registerDb,
  registerClient,
  registerApiKey,
  registerQuarantine,
  registerReconcile,
  registerImages,
  registerConsumer,
  registerEndpoint,
  registerStats,
  registerAlerts,
  registerExport,
  registerEnroll,
  registerDoctor,
];

interface GlobalOptions {
  json?: boolean;
  verbose?: boolean;
}

const SUCCEEDED = 0;
const FAILED = 1;
const USAGE = 2;

/**
 * Runs one command.
 * @param args without node and script.
 * @returns the exit code: 0 done, 1 failed, 2 called wrongly.
 */
export async function runCommand(args: string[], context = new CliContext()): Promise<number> {
  try {
    await programFor(context).parseAsync(args, { from: 'user' });
    return SUCCEEDED;
  } catch (error) {
    return report(error, context);
  } finally {
    await context.tellInstallation();
    await context.close();
  }
}

function programFor(context: CliContext): Command {
  const program = new Command('rollcall')
    .description("Rollcall: the organization's side of eNROLL")
    .version(releaseVersion(), '--version', 'show the version')
    .option('--json', 'print JSON')
    .option('--verbose', 'also say on standard error which installation answered')
    .helpOption('-h, --help', 'show help')
    .showHelpAfterError('(add --help for the options)')
    .exitOverride()
    .hook('preAction', () => {
      ({ json: context.json = false, verbose: context.verbose = false } = program.opts<GlobalOptions>());
    });
  for (const register of REGISTRATIONS) register(program, context);
  inheritExit(program);
  return program;
}

/** `exitOverride` reaches only subcommands made after it by the same parent, so say it for all. */
function inheritExit(command: Command): void {
  for (const child of command.commands) {
    child.exitOverride().showHelpAfterError('(add --help for the options)');
    inheritExit(child);
  }
}

function report(error: unknown, context: CliContext): number {
  if (error instanceof CommanderError) {
    // commander has printed its message or the help that was asked for
    return error.exitCode === 0 ? SUCCEEDED : USAGE;
  }
  const code = errnoOf(error) ?? 'FAILED';
  const message = reasonOf(error);
  context.note(context.json ? JSON.stringify({ error: { code, message } }) : message);
  return isUsage(error) ? USAGE : FAILED;
}

/** What the API answers 400 is called wrongly here, too, and so is a command for a database without a Rollcall. */
function isUsage(error: unknown): boolean {
  if (error instanceof SchemaError) return error.code === 'DATABASE_EMPTY';
  return error instanceof UsageError || (error instanceof Problem && error.status === 400);
}
