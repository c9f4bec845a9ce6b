import { setTimeout } from 'node:timers/promises';
import { redactUrl } from './config/database-url.js';
import { isUnavailable, reasonOf } from './db/errors.js';
import type { OpenDatabase } from './db/open-database.js';
import { lookAtNewer, migrate, migrationStatus } from './db/migrations.js';
import { checkRestored } from './db/restore-marker.js';
import { checkRights, checkSight, explainedRights } from './db/rights.js';
import { checkServer, DatabaseCheckError } from './db/server-check.js';
import { hasJobs, installJobs } from './jobs/job-schema.js';

const TRY_EVERY_MS = 1_000;
/** Whoever reads along needs the reason once; whoever looks later finds it near the end. */
const SAY_EVERY_MS = 60_000;

/**
 * Checks the server, brings our schema and that of the jobs up to date, and checks that this role has the rights to serve.
 * @param tell gets one line about each wait
 * @throws DatabaseCheckError, RightsError, DATABASE_NEWER, or the error of a migration
 */
export async function prepareDatabase(url: string, tell: (message: string) => void): Promise<void> {
  await installSchema(url, tell);
  await checkRights(url);
}

/** @returns the names of the migrations that it applied */
export async function installSchema(url: string, tell: (message: string) => void): Promise<string[]> {
  await checkServer(url);
  await checkRestored(url);
  try {
    const applied = await migrate(url, { tell });
    await installJobs(url);
    return applied;
  } catch (error) {
    throw await explainedRights(url, error);
  }
}

/**
 * Brings the embedded database up to date, since it belongs to this folder. In any other, a command changes no table.
 * @param restoring the command is the one that restores the database, and has just brought it up to date
 */
export async function prepareForCommand(
  { url, embedded }: Pick<OpenDatabase, 'url' | 'embedded'>,
  tell: (message: string) => void,
  restoring = false,
): Promise<void> {
  if (restoring) return;
  if (embedded) {
    await installSchema(url, tell);
    return;
  }
  try {
    await checkInstalled(url, tell);
  } catch (error) {
    throw await explainedRights(url, error);
  }
}

/**
 * Checks that this Rollcall can work with the database, and changes nothing: a command that only reads must not create or
 * alter tables, since the database may belong to another application.
 * @param tell gets one line about a newer Rollcall
 * @throws DatabaseCheckError, RightsError, DATABASE_NEWER
 */
async function checkInstalled(url: string, tell: (message: string) => void): Promise<void> {
  await checkServer(url);
  await checkRestored(url);
  const where = `DATABASE_URL (${redactUrl(url)})`;
  const status = await migrationStatus(url);
  if (status.applied.length === 0) {
    await checkSight(url);
    throw new DatabaseCheckError(
      'DATABASE_EMPTY',
      `No Rollcall is installed in the database of ${where}: its tables are missing. Name the database of the ` +
        'installation, or install Rollcall in this one: rollcall db migrate',
    );
  }
  lookAtNewer(status, tell);
  const lacking = [...status.pending, ...((await hasJobs(url)) ? [] : ['the tables of the jobs'])];
  if (lacking.length === 0) return;
  throw new DatabaseCheckError(
    'DATABASE_OLDER',
    `The database of ${where} belongs to an older Rollcall and lacks: ${lacking.join(', ')}. Use the rollcall of the ` +
      'release that runs there, or update the database while its servers run: rollcall db migrate',
  );
}

/** How a server waits. */
export interface Waiting {
  patienceMs: number;
  /** Gets one line about each wait. */
  tell: (message: string) => void;
  /** Gets a public reason, without names or addresses; nothing once there is nothing to wait for. */
  show: (reason?: string) => void;
}

/**
 * `prepareDatabase` and then `start`, for a server that may start before its database or during a failover: tries again
 * while the database is away. An error that waiting cannot fix (a wrong password, an unknown name) ends it at once.
 * @param start needs the database, and leaves nothing behind if it fails
 * @throws as `prepareDatabase` and `start`
 */
export async function awaitDatabase<T>(
  url: string,
  { patienceMs, tell, show }: Waiting,
  start: () => Promise<T>,
): Promise<T> {
  let deadline: number | undefined;
  let said = { reason: '', at: -Infinity };
  for (;;) {
    try {
      await prepareDatabase(url, (message) => {
        tell(message);
        show('migrations: being applied');
      });
      show();
      deadline = undefined;
      return await start();
    } catch (error) {
      if (!isAway(error)) throw error;
      // the wait counts from the first failure, since migrations may take long
      deadline ??= performance.now() + patienceMs;
      if (performance.now() + TRY_EVERY_MS > deadline) throw outOfPatience(error, patienceMs);
      const reason = reasonOf(error);
      if (reason !== said.reason || performance.now() > said.at + SAY_EVERY_MS) {
        said = { reason, at: performance.now() };
        tell(`Waiting for the database, which is away, for ${patienceMs / 1000} s at the most: ${reason}`);
      }
      show(isReadOnly(error) ? 'database: it takes no writes' : 'database: away');
      await setTimeout(TRY_EVERY_MS);
    }
  }
}

function isReadOnly(error: unknown): boolean {
  return error instanceof DatabaseCheckError && error.code === 'DATABASE_READ_ONLY';
}

function isAway(error: unknown): boolean {
  return error instanceof DatabaseCheckError ? error.away : isUnavailable(error);
}

function outOfPatience(error: unknown, patienceMs: number): DatabaseCheckError {
  const code = error instanceof DatabaseCheckError ? error.code : 'DATABASE_UNREACHABLE';
  const waited = `Rollcall waited for ${patienceMs / 1000} s (ROLLCALL_DB_WAIT_SECONDS).`;
  return new DatabaseCheckError(code, `${reasonOf(error)} ${waited}`, true, { cause: error });
}
