import pg from 'pg';
import { redactUrl } from '../config/database-url.js';
import { BoundedClient } from './bounded-client.js';
import { connectFaultOf } from './connect-faults.js';
import { errnoOf, ReadOnlyServerError, reasonOf } from './errors.js';
import { connectionOptions } from './pool-options.js';
import { refuseTransactionPooling } from './pooler-check.js';

const OLDEST_MAJOR = 14;

export type DatabaseCheckCode =
  | 'DATABASE_UNREACHABLE'
  | 'DATABASE_READ_ONLY'
  | 'DATABASE_TOO_OLD'
  | 'DATABASE_ENCODING'
  | 'DATABASE_LOCALE';

/** The server cannot serve Rollcall; the message names DATABASE_URL and the fix, never the password. */
export class DatabaseCheckError extends Error {
  constructor(
    readonly code: DatabaseCheckCode,
    message: string,
    /** It may serve in a moment: waiting is of use. */
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
 * Looks at the server once at boot.
 * @returns its version as Postgres counts (180004 is 18.4).
 * @throws DatabaseCheckError, TransactionPoolingError
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
      `The database of ${where} is encoded in ${facts.encoding}, which cannot hold Arabic. ${createAnother(facts.name)}`,
    );
  }
  if (facts.ctype === 'C' || facts.ctype === 'POSIX') {
    throw new DatabaseCheckError(
      'DATABASE_LOCALE',
      `The database of ${where} has LC_CTYPE ${facts.ctype}, in which Arabic has no letters and the search by name ` +
        `finds nothing. ${createAnother(facts.name)}`,
    );
  }
  await refuseTransactionPooling(url);
  return { version: facts.version };
}

async function readFacts(url: string, where: string, milliseconds: number): Promise<ServerFacts> {
  const client = new BoundedClient({
    ...connectionOptions(url, 'rollcall-check', { answer: milliseconds }),
    connectionTimeoutMillis: milliseconds,
  });
  try {
    await client.connect();
    const { rows } = await client.query<ServerFacts>(
      `select current_setting('server_version_num')::int as version, pg_encoding_to_char(encoding) as encoding,
              datctype as ctype, datname as name
         from pg_database where datname = current_database()`,
    );
    if (rows[0] === undefined) throw new Error('it gave no answer');
    return rows[0];
  } catch (error) {
    if (error instanceof ReadOnlyServerError) {
      throw new DatabaseCheckError(
        'DATABASE_READ_ONLY',
        `${where} takes no writes. Where it is a standby, name the primary or an address that follows it; else turn ` +
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
  } finally {
    await client.end().catch(() => undefined);
  }
}

function createAnother(name: string): string {
  return (
    'Make one that can: ' +
    `create database ${pg.escapeIdentifier(name)} encoding 'UTF8' locale 'C.UTF-8' template template0;`
  );
}
