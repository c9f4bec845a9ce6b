import type { Tx } from '../db/tx.js';
import type { RefreshReason } from './reconciliation.types.js';

export interface Refresh {
  applicantId: string;
  reason: RefreshReason;
}

/** Primary key; wanted twice is wanted once. */
export async function wantRefreshes(
  tx: Tx,
  reason: RefreshReason,
  applicantIds: readonly string[],
): Promise<void> {
  await tx.query(
    `insert into reconciliation_refreshes (applicant_id, reason) select distinct applicant_id, $1
     from unnest($2::text[]) as t(applicant_id) on conflict (applicant_id) do update set next_attempt_at = now(), wanted_at = now(), attempts = 0`,
    [reason, applicantIds],
  );
}

/** How far the feed was searched, locked for this transaction; undefined where another process has it. */
export async function lockCursor(tx: Tx): Promise<{ tx: string; seq: string } | undefined> {
  const rows = await tx.query<{ tx: string; seq: string }[]>(
    'select tx::text, seq::text from reconciliation_cursor for update skip locked',
  );
  return rows[0];
}

/** The row that `lockCursor` locked. */
export async function moveCursor(tx: Tx, to: { tx: string; seq: string }): Promise<void> {
  await tx.query('update reconciliation_cursor set tx = $1::xid8, seq = $2::bigint', [to.tx, to.seq]);
}

export interface SearchedChange {
  tx: string;
  seq: string;
  applicantId: string;
  /** Null where there is nothing to ask about. */
  reason: RefreshReason | null;
}

/**
 * The feed behind a place, bounded as the feed itself. What reconciliation wrote is what eNROLL said: asking again would
 * go round in circles. Where sessions are open, eNROLL is asked whose a new applicant is. `changes_feed` of each month.
 */
export async function searchChanges(
  tx: Tx,
  after: { tx: string; seq: string },
  limit: number,
  sessionsAwaited: boolean,
): Promise<SearchedChange[]> {
  return tx.query<SearchedChange[]>(
    `select c.tx::text, c.seq::text, c.applicant_id as "applicantId",
       case when c.source = 'reconciliation' then null when c.outcome = 'conflict' then 'conflict'
         when c.reverts_to is not null then 'reverts_to'
         when $4 and c.event = 'applicant.created' then 'session' end as reason
     from changes c
     where (c.tx, c.seq) > ($1::xid8, $2::bigint) and c.tx < pg_snapshot_xmin(pg_current_snapshot())
     order by c.tx, c.seq limit $3`,
    [after.tx, after.seq, limit, sessionsAwaited],
  );
}

/** Claims what is due by putting off its next attempt; one that gets no answer is none. `reconciliation_refreshes_due`. */
export async function claimRefreshes(tx: Tx, leaseSeconds: number, limit: number): Promise<Refresh[]> {
  const [rows] = await tx.query<[Refresh[], number]>(
    `update reconciliation_refreshes r set next_attempt_at = now() + make_interval(secs => $1)
     from (select applicant_id from reconciliation_refreshes where next_attempt_at <= now()
           order by next_attempt_at limit $2 for update skip locked) due
     where r.applicant_id = due.applicant_id
     returning r.applicant_id as "applicantId", r.reason`,
    [leaseSeconds, limit],
  );
  return rows;
}

/** Primary key. What was wanted again meanwhile stays. */
export async function dropRefreshes(tx: Tx, applicantIds: readonly string[], since: Date): Promise<void> {
  await tx.query(
    `delete from reconciliation_refreshes r using unnest($1::text[]) as t(applicant_id)
     where r.applicant_id = t.applicant_id and r.wanted_at < $2`,
    [applicantIds, since],
  );
}

/**
 * Counts a try that eNROLL answered without these, and gives up those that had so many. Primary key. What was wanted
 * again meanwhile begins anew.
 */
export async function countUntold(
  tx: Tx,
  applicantIds: readonly string[],
  since: Date,
  most: number,
): Promise<void> {
  await tx.query(
    `with untold as (
       select r.applicant_id, r.attempts + 1 as attempts from reconciliation_refreshes r
       join unnest($1::text[]) as t(applicant_id) using (applicant_id) where r.wanted_at < $2 for update of r
     ), given_up as (
       delete from reconciliation_refreshes r using untold u where r.applicant_id = u.applicant_id and u.attempts >= $3
     )
     update reconciliation_refreshes r set attempts = u.attempts from untold u
     where r.applicant_id = u.applicant_id and u.attempts < $3`,
    [applicantIds, since, most],
  );
}
