import type { Config } from '../config/config.js';
import { BoundedClient } from './bounded-client.js';
import { connectionOptions } from './pool-options.js';
import { sqlState } from './errors.js';
import type { Tx } from './tx.js';

/** Which installation a database is of: its replicas and commands share it. */
export interface Installation {
  id: string;
  /** Where the server that started last is reached; null before the first. */
  publicUrl: string | null;
}

const UNDEFINED_TABLE = '42P01';
/** The only row. */
const READ = 'select id, public_url as "publicUrl" from installation';

export async function readInstallation(tx: Tx): Promise<Installation> {
  const [row] = await tx.query<Installation[]>(READ);
  if (row === undefined) throw new Error('the table installation is empty');
  return row;
}

/** The same over a connection of its own. Undefined where the database is not migrated so far. */
export async function installationAt(url: string): Promise<Installation | undefined> {
  const client = new BoundedClient(connectionOptions(url, 'rollcall'));
  try {
    await client.connect();
    return (await client.query<Installation>(READ)).rows[0];
  } catch (error) {
    if (sqlState(error) === UNDEFINED_TABLE) return undefined;
    throw error;
  } finally {
    await client.end();
  }
}

/** Remembers where a server is reached. The only row. */
export async function notePublicUrl(tx: Tx, publicUrl: string): Promise<void> {
  await tx.query('update installation set public_url = $1 where public_url is distinct from $1', [publicUrl]);
}

/**
 * Where people find this installation: as it is configured, else where its server said to be reached. A worker or a
 * command has a `PORT` of its own, at which it does not listen.
 */
export async function publicUrlOf(tx: Tx, config: Config): Promise<string> {
  if (config.env.ROLLCALL_PUBLIC_URL !== undefined) return config.publicUrl;
  return (await readInstallation(tx)).publicUrl ?? config.publicUrl;
}
