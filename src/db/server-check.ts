import pg from 'pg';
import { redactUrl } from '../config/database-url.js';
import { type BoundedClient, withClient } from './bounded-client.js';
import { connectFaultOf } from './connect-faults.js';
import { errnoOf, ReadOnlyServerError, reasonOf } from './errors.js';
import { connectionOptions } from './pool-options.js';

const OLDEST_MAJOR = 14;
const POOLER_ROUNDS = 10;
const POOLER_ANSWER_MILLISECONDS = 3000;

export type DatabaseCheckCode =
  | 'DATABASE_UNREACHABLE'
  | 'DATABASE_READ_ONLY'
  | 'DATABASE_TOO_OLD'
  | 'DATABASE_ENCODING'
  | 'DATABASE_LOCALE'
  | 'DATABASE_POOLER'
  | 'DATABASE_EMPTY'
  | 'DATABASE_OLDER'
  | 'DATABASE_HALF_RESTORED';

/** Rollcall cannot work with this database. The message names DATABASE_URL and the fix, never the password. */
export class DatabaseCheckError extends Error {
  constructor(
    readonly code: DatabaseCheckCode,
    message: string,
    /** It may work in a moment, so waiting helps. */
    readonly away = false,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

interface ServerFacts {
  name: string;
  version: number;
  encoding: string;
  ctype: string;
}

/**
 * Checks the server once at boot.
 * @returns its version as Postgres counts it (180004 is 18.4)
 * @throws DatabaseCheckError
 */
export async function checkServer(url: string, withinMilliseconds = 5000): Promise<{ version: number }> {
  const where = `DATABASE_URL (${redactUrl(url)})`;
  const facts = await readFacts(url, where, withinMilliseconds);
  if (facts.version < OLDEST_MAJOR * 10_000) {
    throw new DatabaseCheckError(
      'DATABASE_TOO_OLD',
      `${where} is Postgres ${Math.floor(facts.version / 10_000)}: Rollcall needs ${OLDEST_MAJOR} or newer.`,
    );
  }
  if (facts.encoding !== 'UTF8') {
    throw new DatabaseCheckError(
      'DATABASE_ENCODING',
      `The database of ${where} is encoded in ${facts.encoding}, which cannot store Arabic. ${createAnother(facts.name)}`,
    );
  }
  if (facts.ctype === 'C' || facts.ctype === 'POSIX') {
    throw new DatabaseCheckError(
      'DATABASE_LOCALE',
      `The database of ${where} has LC_CTYPE ${facts.ctype}: there, Arabic has no letters and the search by name ` +
        `finds nothing. ${createAnother(facts.name)}`,
    );
  }
  await refuseTransactionPooling(url);
  return { version: facts.version };
}

async function readFacts(url: string, where: string, milliseconds: number): Promise<ServerFacts> {
  const options = {
    ...connectionOptions(url, 'rollcall-check', { answer: milliseconds }),
    connectionTimeoutMillis: milliseconds,
  };
  try {
    const { rows } = await withClient(options, (client) =>
      client.query<ServerFacts>(
        `select current_setting('server_version_num')::int as version, pg_encoding_to_char(encoding) as encoding,
                datctype as ctype, datname as name
           from pg_database where datname = current_database()`,
      ),
    );
    if (rows[0] === undefined) throw new Error('it gave no answer');
    return rows[0];
  } catch (error) {
    if (error instanceof ReadOnlyServerError) {
      throw new DatabaseCheckError(
        'DATABASE_READ_ONLY',
        `${where} takes no writes. If it is a standby, name the primary or an address that follows it. Otherwise turn ` +
          'default_transaction_read_only off for the role and the database.',
        true,
      );
    }
    const { away, fix } = connectFaultOf(error);
    throw new DatabaseCheckError(
      'DATABASE_UNREACHABLE',
      `${where} cannot be used: ${reasonOf(error) || errnoOf(error) || 'no answer'}. ${fix}`,
      away,
      { cause: error },
    );
  }
}

function createAnother(name: string): string {
  return (
    'Create another: ' +
    `create database ${pg.escapeIdentifier(name)} encoding 'UTF8' locale 'C.UTF-8' template template0;`
  );
}

/**
 * Refuses a pooler that gives each statement or transaction another server process. A direct connection is recognized by
 * its process, which is the one that greeted us: poolers greet with a number of their own. Behind a pooler, a second
 * connection repeatedly takes a process into a transaction. If processes are lent, it gets the one given back last: ours.
 */
async function refuseTransactionPooling(url: string): Promise<void> {
  const options = connectionOptions(url, 'rollcall-check', { answer: POOLER_ANSWER_MILLISECONDS });
  await withClient(options, async (ours) => {
    const backend = await backendOf(ours);
    if (backend === (ours as unknown as { processID: number }).processID) return;
    await withClient(options, async (other) => {
      for (let round = 0; round < POOLER_ROUNDS; round++) {
        await other.query('begin');
        const theirs = await backendOf(other);
        // with a pool of one process, ours waits for theirs until the time-out
        const still = await backendOf(ours).catch(() => 0);
        await other.query('rollback').catch(() => undefined);
        if (theirs === backend || still !== backend) throw transactionPooling();
      }
    });
  });
}

function transactionPooling(): DatabaseCheckError {
  return new DatabaseCheckError(
    'DATABASE_POOLER',
    'DATABASE_URL leads to a pooler that gives a connection another server process for each transaction. Rollcall ' +
      'needs one process for the life of a connection (settings, prepared statements, LISTEN, locks): set pool_mode = ' +
      'session for this database in the pooler, or connect to Postgres directly.',
  );
}

async function backendOf(client: BoundedClient): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid ?? 0;
}
