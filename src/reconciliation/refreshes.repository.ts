import type { Tx } from '../db/tx.js';
import { LEASE_END } from '../jobs/lease.js';
import type { RefreshReason } from './reconciliation.types.js';

/** Primary key. Asking twice is like asking once. */
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

/**
 * Applicants of those versions that reconciliation did not write itself. What it wrote is what eNROLL said: asking again
 * would never end. Primary key of `changes`, one probe per month.
 */
export async function notOurOwn(
  tx: Tx,
  versions: readonly { applicantId: string; version: number }[],
): Promise<string[]> {
  const rows = await tx.query<{ applicantId: string }[]>(
    `select c.applicant_id as "applicantId" from unnest($1::text[], $2::int[]) as k(applicant_id, version)
     join changes c using (applicant_id, version) where c.source <> 'reconciliation'`,
    [versions.map(({ applicantId }) => applicantId), versions.map(({ version }) => version)],
  );
  return rows.map(({ applicantId }) => applicantId);
}

/** SQL: whether there is something to claim. `reconciliation_refreshes_due`. */
export const HAS_REFRESHES = 'exists (select from reconciliation_refreshes where next_attempt_at <= now())';

/**
 * Claims due refreshes by postponing their next attempt. An attempt without an answer does not count.
 * `reconciliation_refreshes_due`.
 * @returns ids of applicants
 */
export async function claimRefreshes(tx: Tx, limit: number): Promise<string[]> {
  const [rows] = await tx.query<[{ applicantId: string }[], number]>(
    `update reconciliation_refreshes r set next_attempt_at = ${LEASE_END}
     from (select applicant_id from reconciliation_refreshes where next_attempt_at <= now()
           order by next_attempt_at limit $1 for update skip locked) due
     where r.applicant_id = due.applicant_id
     returning r.applicant_id as "applicantId"`,
    [limit],
  );
  return rows.map(({ applicantId }) => applicantId);
}

/** Postpones claimed refreshes, to hold the claim or until the next attempt. Primary key. */
export async function putOffRefreshes(
  tx: Tx,
  applicantIds: readonly string[],
  since: Date,
  seconds: number,
): Promise<void> {
  await tx.query(
    `update reconciliation_refreshes r set next_attempt_at = now() + make_interval(secs => $3)
     from unnest($1::text[]) as t(applicant_id) where r.applicant_id = t.applicant_id and r.wanted_at < $2`,
    [applicantIds, since, seconds],
  );
}

/** Primary key. Those requested again in the meantime stay. */
export async function dropRefreshes(tx: Tx, applicantIds: readonly string[], since: Date): Promise<void> {
  await tx.query(
    `delete from reconciliation_refreshes r using unnest($1::text[]) as t(applicant_id)
     where r.applicant_id = t.applicant_id and r.wanted_at < $2`,
    [applicantIds, since],
  );
}

/**
 * Counts an attempt that eNROLL answered without these applicants, and gives up after `most` attempts. Primary key. Those
 * requested again in the meantime start over.
 */
export async function countUnreported(
  tx: Tx,
  applicantIds: readonly string[],
  since: Date,
  most: number,
): Promise<void> {
  await tx.query(
    `with unreported as (
       select r.applicant_id, r.attempts + 1 as attempts from reconciliation_refreshes r
       join unnest($1::text[]) as t(applicant_id) using (applicant_id) where r.wanted_at < $2 for update of r
     ), given_up as (
       delete from reconciliation_refreshes r using unreported u where r.applicant_id = u.applicant_id and u.attempts >= $3
     )
     update reconciliation_refreshes r set attempts = u.attempts from unreported u
     where r.applicant_id = u.applicant_id and u.attempts < $3`,
    [applicantIds, since, most],
  );
}
