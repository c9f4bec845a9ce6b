import pg from 'pg';
import type { Db } from 'pg-boss';
import { JOBS_SCHEMA } from './boss.js';
import { leaseEnd } from './lease.js';

/** Shorter than other leases: what a poll finds is claimed only once the poll is held again. */
export const POLL_LEASE_SECONDS = 5;
/** Says which polls may find something: the payload is the beginning of their names. */
export const POLLS_CHANNEL = 'rollcall_polls';

/** What one beat found. */
export interface Beat {
  /** Names of the polls that the owner holds now. */
  held: string[];
  /** Which of the conditions hold. */
  due: boolean[];
}

/**
 * Takes the polls that nobody holds, prolongs those that `owner` holds, and asks which conditions hold: one statement,
 * because an idle process sends little else. Primary key, and what the conditions use.
 */
export async function beat(
  db: Db,
  owner: string,
  polls: readonly string[],
  conditions: readonly string[],
): Promise<Beat> {
  const { rows } = await db.executeSql(
    `with held as (
       insert into job_watches as w (name, owner, lease_until)
       select name, $1::uuid, ${leaseEnd(POLL_LEASE_SECONDS)} from unnest($2::text[]) as name order by name
       on conflict (name) do update set owner = excluded.owner, lease_until = excluded.lease_until
         where w.owner = excluded.owner or w.lease_until < now()
       returning name
     )
     select array(select name from held) as held, array[${conditions.join()}]::boolean[] as due`,
    [owner, polls],
  );
  return rows[0] as Beat;
}

/** SQL: whether a job of the queue may begin. `job_i11` of pg-boss. */
export function hasJob(queue: string): string {
  return `exists (select from ${JOBS_SCHEMA}.job where name = ${pg.escapeLiteral(queue)}
    and state < 'active' and not blocked and start_after <= now())`;
}

/** Wakes the polls whose names begin with `prefix`, in every process that listens. */
export async function notifyPolls(db: Db, prefix: string): Promise<void> {
  await db.executeSql('select pg_notify($1, $2)', [POLLS_CHANNEL, prefix]);
}

/** Gives back what `owner` holds. Few rows. */
export async function releasePolls(db: Db, owner: string): Promise<void> {
  await db.executeSql('update job_watches set lease_until = now() where owner = $1::uuid', [owner]);
}
