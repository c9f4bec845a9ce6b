import type { Config } from '../config/config.js';
import { withClient } from './bounded-client.js';
import { connectionOptions } from './pool-options.js';
import { sqlState } from './errors.js';
import type { Tx } from './tx.js';

/** The installation that a database belongs to. All its replicas and commands share it. */
export interface Installation {
  id: string;
  /** Base URL of the server that started last; null before the first start. */
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

/** The same over its own connection. Undefined if the database lacks the table, since it was not migrated that far. */
export async function installationAt(url: string): Promise<Installation | undefined> {
  try {
    const read = await withClient(connectionOptions(url, 'rollcall'), (client) =>
      client.query<Installation>(READ),
    );
    return read.rows[0];
  } catch (error) {
    if (sqlState(error) === UNDEFINED_TABLE) return undefined;
    throw error;
  }
}

/** Stores the public URL of a server. The only row. */
export async function notePublicUrl(tx: Tx, publicUrl: string): Promise<void> {
  await tx.query('update installation set public_url = $1 where public_url is distinct from $1', [publicUrl]);
}

/** The base URL that eNROLL calls: the configured one, else the one that the server stored. */
export function publicUrlOf(config: Config, installation?: Installation): string {
  if (config.env.ROLLCALL_PUBLIC_URL !== undefined) return config.publicUrl;
  return installation?.publicUrl ?? config.publicUrl;
}

/**
 * The base URL of the management API, for links: the configured one, else the one that the server stored. A worker or a
 * command has its own `PORT`, on which it does not listen.
 */
export async function managementUrlOf(tx: Tx, config: Config): Promise<string> {
  if (config.env.ROLLCALL_MANAGEMENT_URL !== undefined || config.management !== undefined)
    return config.managementUrl;
  if (config.env.ROLLCALL_PUBLIC_URL !== undefined) return config.publicUrl;
  return (await readInstallation(tx)).publicUrl ?? config.publicUrl;
}
