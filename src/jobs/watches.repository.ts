import type { Db } from 'pg-boss';
import { leaseEnd } from './lease.js';

/** Shorter than other leases: what a watch finds is claimed only once the watch is held again. */
export const WATCH_LEASE_SECONDS = 5;

/** Takes what nobody holds and prolongs what `owner` holds, of these. Primary key. @returns the names that it holds now */
export async function holdWatches(db: Db, owner: string, names: readonly string[]): Promise<string[]> {
  const { rows } = await db.executeSql(
    `insert into job_watches as w (name, owner, lease_until)
     select name, $1::uuid, ${leaseEnd(WATCH_LEASE_SECONDS)} from unnest($2::text[]) as name order by name
     on conflict (name) do update set owner = excluded.owner, lease_until = excluded.lease_until
       where w.owner = excluded.owner or w.lease_until < now()
     returning name`,
    [owner, names],
  );
  return (rows as { name: string }[]).map((row) => row.name);
}

/** Gives back what `owner` holds. Few rows. */
export async function releaseWatches(db: Db, owner: string): Promise<void> {
  await db.executeSql('update job_watches set lease_until = now() where owner = $1::uuid', [owner]);
}
