import type { Tx } from '../../db/tx.js';

/** Channel on which writes to `user_sessions` are announced to all replicas. */
export const SESSIONS_CHANNEL = 'rollcall_user_sessions';

export const IDLE_MINUTES = 30;
export const LONGEST_HOURS = 12;

const IS_LIVE = `(seen_at > now() - interval '${IDLE_MINUTES} minutes' and created_at > now() - interval '${LONGEST_HOURS} hours')`;

export interface LiveSession {
  readonly id: string;
  readonly hash: string;
  readonly userId: string;
  /** Microseconds since 1970. */
  readonly createdAt: number;
  /** Milliseconds since 1970; moves on in memory, and is written once a minute. */
  seenAtMs: number;
}

/** All sessions that may be used; the table is read whole (one row per person and browser). */
export async function readLiveSessions(tx: Tx): Promise<Map<string, LiveSession>> {
  const rows = await tx.query<LiveSession[]>(
    `select id, hash, user_id as "userId", (extract(epoch from created_at) * 1000000)::float8 as "createdAt",
            (extract(epoch from seen_at) * 1000)::float8 as "seenAtMs"
       from user_sessions where ${IS_LIVE}`,
  );
  return new Map(rows.map((row) => [row.hash, row]));
}

/**
 * For a person who is active at this moment; their row is locked, so that whoever disables them comes before or after. By
 * primary keys.
 * @returns false where they are not active any more
 */
export async function insertSession(tx: Tx, id: string, hash: string, userId: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `with person as (
       update users set last_login_at = now()
        where id = $3 and disabled_at is null and (password is not null or subject is not null) returning id)
     insert into user_sessions (id, hash, user_id, created_at, seen_at)
     select $1::uuid, $2, id, clock_timestamp(), clock_timestamp() from person returning id`,
    [id, hash, userId],
  );
  return rows.length === 1;
}

/** By primary key. */
export async function touchSession(tx: Tx, id: string): Promise<void> {
  await tx.query('update user_sessions set seen_at = greatest(seen_at, now()) where id = $1', [id]);
}

/** By primary key. @returns false where it had ended */
export async function deleteSession(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query<[unknown[], number]>('delete from user_sessions where id = $1', [id]);
  return rows[1] === 1;
}

/** The table is read whole. */
export async function deleteOldSessions(tx: Tx): Promise<void> {
  await tx.query(`delete from user_sessions where not ${IS_LIVE}`);
}
