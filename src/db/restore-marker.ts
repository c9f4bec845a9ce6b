import type { ClientBase } from 'pg';
import { redactUrl } from '../config/database-url.js';
import { withClient } from './bounded-client.js';
import { connectionOptions } from './pool-options.js';
import { DatabaseCheckError } from './server-check.js';

/**
 * The table `restoring` is there from before the first migration of a restore until its end, so a database that somebody
 * stopped restoring half-way is never taken for an empty one. No migration makes it: the database has no other table then.
 */
const IS_RESTORING = `select to_regclass('restoring') is not null as "isRestoring"`;

export interface Restoring {
  /** Id of the backup. */
  backup: string;
  /** Its rows are all here. */
  loaded: boolean;
}

/** @throws DatabaseCheckError DATABASE_HALF_RESTORED */
export async function checkRestored(url: string): Promise<void> {
  const isRestoring = await withClient(connectionOptions(url, 'rollcall'), hasMarker).catch(() => false);
  if (!isRestoring) return;
  throw new DatabaseCheckError(
    'DATABASE_HALF_RESTORED',
    `The database of DATABASE_URL (${redactUrl(url)}) is being restored, or that was cut off: ` +
      'run the same `rollcall restore` again, it goes on where it was.',
  );
}

/** The restore that was begun here and has not ended. */
export async function findRestoring(client: ClientBase): Promise<Restoring | undefined> {
  if (!(await hasMarker(client))) return undefined;
  return (await client.query<Restoring>('select backup, loaded from restoring')).rows[0];
}

export async function markRestoring(client: ClientBase, backup: string): Promise<void> {
  await client.query(
    'create table if not exists restoring (backup uuid not null, loaded boolean not null default false)',
  );
  await client.query('insert into restoring (backup) select $1 where not exists (select from restoring)', [
    backup,
  ]);
}

/** Call it in the transaction that loads the rows. */
export async function noteLoaded(client: ClientBase): Promise<void> {
  await client.query('update restoring set loaded = true');
}

/** From now on a server may start. */
export async function endRestoring(url: string): Promise<void> {
  await withClient(connectionOptions(url, 'rollcall-restore'), (client) =>
    client.query('drop table restoring'),
  );
}

async function hasMarker(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ isRestoring: boolean }>(IS_RESTORING);
  return rows[0]?.isRestoring === true;
}
