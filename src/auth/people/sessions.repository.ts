import type { Tx } from '../../db/tx.js';
import type { SealedSession } from './people-seal.js';

/** Channel on which writes to `user_sessions` are announced to all replicas. */
export const SESSIONS_CHANNEL = 'rollcall_user_sessions';

export const IDLE_MINUTES = 30;
export const LONGEST_HOURS = 12;

const IS_LIVE = `(seen_at > now() - interval '${IDLE_MINUTES} minutes' and created_at > now() - interval '${LONGEST_HOURS} hours')`;

export interface LiveSession extends SealedSession {
  /** Milliseconds since 1970; moves on in memory, and is written once a minute. */
  seenAtMs: number;
  /** From where the person logged in, and with what; null where it is not known. */
  readonly address: string | null;
  readonly browser: string | null;
}

const CREATED_AT = `(extract(epoch from created_at) * 1000000)::float8 as "createdAt"`;

/** All sessions that may be used; the table is read whole (one row per person and browser). */
export async function readLiveSessions(tx: Tx): Promise<LiveSession[]> {
  return tx.query<LiveSession[]>(
    `select id, hash, user_id as "userId", ${CREATED_AT}, seal, address, browser,
            (extract(epoch from seen_at) * 1000)::float8 as "seenAtMs"
       from user_sessions where ${IS_LIVE}`,
  );
}

export interface NewSession {
  id: string;
  hash: string;
  userId: string;
  address: string | null;
  browser: string | null;
  /** `sid` of the identity provider. */
  providerSession: string | null;
}

/**
 * For a person who is active at this moment; their row is locked, so that whoever disables them comes before or after. By
 * primary keys.
 * @returns when it begins, in microseconds since 1970; undefined where they are not active any more
 */
export async function insertSession(tx: Tx, session: NewSession): Promise<number | undefined> {
  const [row] = await tx.query<{ createdAt: number }[]>(
    `with person as (
       update users set last_login_at = now()
        where id = $3 and disabled_at is null and (password is not null or subject is not null) returning id)
     insert into user_sessions (id, hash, user_id, address, browser, provider_session, created_at, seen_at)
     select $1::uuid, $2, id, $4, $5, $6, clock_timestamp(), clock_timestamp() from person returning ${CREATED_AT}`,
    [session.id, session.hash, session.userId, session.address, session.browser, session.providerSession],
  );
  return row?.createdAt;
}

/** By primary key. */
export async function sealSession(tx: Tx, id: string, seal: string): Promise<void> {
  await tx.query('update user_sessions set seal = $2 where id = $1', [id, seal]);
}

/**
 * Sessions that the identity provider began: all of a subject, or those of one `sid`. With both, also those of the subject whose
 * `sid` the provider did not say. The table is read whole.
 * @param subject issuer and subject
 */
export async function findProvidedSessions(
  tx: Tx,
  { subject, sid }: { subject: string | undefined; sid: string | undefined },
): Promise<string[]> {
  const rows = await tx.query<{ id: string }[]>(
    `select s.id from user_sessions s join users u on u.id = s.user_id
      where u.subject is not null and ($1::text is null or u.subject = $1)
        and ($2::text is null or s.provider_session = $2 or $1 is not null and s.provider_session is null)`,
    [subject, sid],
  );
  return rows.map(({ id }) => id);
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

/**
 * A log-out token of the identity provider works once; by primary key. Those that are over go.
 * @returns false where it was used
 */
export async function spendLogoutToken(tx: Tx, hash: string, endsAt: Date): Promise<boolean> {
  await tx.query('delete from logout_tokens where ends_at < now()');
  const rows = await tx.query<unknown[]>(
    'insert into logout_tokens (hash, ends_at) values ($1, $2) on conflict do nothing returning hash',
    [hash, endsAt],
  );
  return rows.length === 1;
}

/** The table is read whole. */
export async function deleteOldSessions(tx: Tx): Promise<void> {
  await tx.query(`delete from user_sessions where not ${IS_LIVE}`);
}
