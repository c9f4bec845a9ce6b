import { setTimeout } from 'node:timers/promises';
import { redactUrl } from './config/database-url.js';
import { isUnavailable, reasonOf } from './db/errors.js';
import type { OpenDatabase } from './db/open-database.js';
import { lookAtNewer, migrate, migrationStatus } from './db/migrations.js';
import { checkRights, checkSight, explainedRights } from './db/rights.js';
import { checkServer, DatabaseCheckError } from './db/server-check.js';
import { hasJobs, installJobs } from './jobs/job-schema.js';

const TRY_EVERY_MS = 1_000;
const SAY_EVERY_MS = 15_000;

/**
 * Looks at the server, brings the schema and that of the jobs up to date, and sees that this role may serve with it.
 * @param tell is told in one line what is waited for
 * @throws DatabaseCheckError, RightsError, DATABASE_NEWER, what a migration throws
 */
export async function prepareDatabase(url: string, tell: (message: string) => void): Promise<void> {
  await installSchema(url, tell);
  await checkRights(url);
}

/** @returns the names of the migrations that it applied */
export async function installSchema(url: string, tell: (message: string) => void): Promise<string[]> {
  await checkServer(url);
  try {
    const applied = await migrate(url, { tell });
    await installJobs(url);
    return applied;
  } catch (error) {
    throw await explainedRights(url, error);
  }
}

/** What a command finds where this Rollcall's tables should be. */
class SchemaError extends Error {
  constructor(
    readonly code: 'DATABASE_EMPTY' | 'DATABASE_OLDER',
    message: string,
  ) {
    super(message);
  }
}

/** Brings the embedded database, which belongs to this folder, up to date; of any other a command changes no table. */
export async function prepareForCommand(
  { url, embedded }: Pick<OpenDatabase, 'url' | 'embedded'>,
  tell: (message: string) => void,
): Promise<void> {
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
 * Sees that a database is of a Rollcall that this one can work on, and changes nothing: whoever only asks, maybe in a
 * database that is another application's, must not make or alter tables in it.
 * @param tell is told in one line of a newer Rollcall
 * @throws SchemaError, DatabaseCheckError, RightsError, DATABASE_NEWER
 */
async function checkInstalled(url: string, tell: (message: string) => void): Promise<void> {
  await checkServer(url);
  const where = `DATABASE_URL (${redactUrl(url)})`;
  const status = await migrationStatus(url);
  if (status.applied.length === 0) {
    await checkSight(url);
    throw new SchemaError(
      'DATABASE_EMPTY',
      `No Rollcall is installed in the database of ${where}: it has none of its tables. Name the database of the ` +
        'installation, or install one in this: rollcall db migrate',
    );
  }
  lookAtNewer(status, tell);
  const lacking = [...status.pending, ...((await hasJobs(url)) ? [] : ['the tables of the jobs'])];
  if (lacking.length === 0) return;
  throw new SchemaError(
    'DATABASE_OLDER',
    `The database of ${where} is of an older Rollcall, which lacks: ${lacking.join(', ')}. Use the rollcall of the ` +
      'release that runs there, or bring the database up to date, beside its servers: rollcall db migrate',
  );
}

/** How a server waits. */
export interface Waiting {
  patienceMs: number;
  /** Is told in one line what is waited for. */
  tell: (message: string) => void;
  /** Is told the same for the public: neither names nor addresses; nothing where there is nothing to wait for. */
  show: (reason?: string) => void;
}

/**
 * The same for a server that starts before its database, or while that fails over, and then what it starts: tries again
 * while the database is away. What waiting does not mend (a wrong password, a name that is not there) ends it at once.
 * @param start needs the database, and leaves nothing behind where it fails
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
      // migrations take their time: it is from the first failure on that the database is waited for
      deadline ??= performance.now() + patienceMs;
      if (performance.now() + TRY_EVERY_MS > deadline) throw outOfPatience(error, patienceMs);
      const reason = reasonOf(error);
      if (reason !== said.reason || performance.now() > said.at + SAY_EVERY_MS) {
        said = { reason, at: performance.now() };
        tell(`The database is away, and waited for: ${reason}`);
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
  const waited = `It was waited for ${patienceMs / 1000} s (ROLLCALL_DB_WAIT_SECONDS).`;
  return new DatabaseCheckError(code, `${reasonOf(error)} ${waited}`, true, { cause: error });
}
