import type { Tx } from '../db/tx.js';
import type { StatementDto } from './reconciliation.dto.js';

export interface ReportedApplicant {
  applicantId: string;
  /** Null: keep the stored time. */
  enrolledAt: Date | null;
}

/**
 * Stores which applicants eNROLL reported. Primary key. Slices of a range overlap, and after a crash a page may come again.
 * @param runId null: no run asked
 * @returns how many of them are new to this run
 */
export async function noteReported(
  tx: Tx,
  runId: string | null,
  reported: readonly ReportedApplicant[],
): Promise<number> {
  const [{ fresh }] = await tx.query<[{ fresh: number }]>(
    `with n as (
       select distinct on (applicant_id) n.applicant_id, coalesce(n.enrolled_at, k.enrolled_at, now()) as enrolled_at,
         k.applicant_id is null or k.run_id is distinct from $1 as is_fresh
       from unnest($2::text[], $3::timestamptz[]) as n(applicant_id, enrolled_at)
       left join reconciliation_told k using (applicant_id)
       order by applicant_id -- in one order, so that two runs never wait for each other
     ), noted as (
       insert into reconciliation_told as t (applicant_id, enrolled_at, run_id) select applicant_id, enrolled_at, $1::uuid from n
       on conflict (applicant_id) do update set enrolled_at = excluded.enrolled_at, run_id = coalesce(excluded.run_id, t.run_id)
       where t.run_id is distinct from excluded.run_id or t.enrolled_at <> excluded.enrolled_at
     )
     select count(*) filter (where is_fresh)::int as fresh from n`,
    [runId, reported.map(({ applicantId }) => applicantId), reported.map(({ enrolledAt }) => enrolledAt)],
  );
  return fresh;
}

export interface UnreportedApplicant {
  applicantId: string;
  firstReceivedAt: Date;
}

/**
 * Applicants first received in a range that eNROLL has not reported to this run. `applicants_first_received` and the primary
 * key of `reconciliation_told`.
 */
export async function listUnreported(
  tx: Tx,
  run: { id: string; from: Date; to: Date },
  after: UnreportedApplicant | undefined,
  limit: number,
): Promise<UnreportedApplicant[]> {
  return tx.query<UnreportedApplicant[]>(
    `select a.applicant_id as "applicantId", a.first_received_at as "firstReceivedAt"
     from applicants a left join reconciliation_told t using (applicant_id)
     where a.first_received_at >= $2 and a.first_received_at < $3 and t.run_id is distinct from $1
       and (a.first_received_at, a.applicant_id) > (coalesce($4::timestamptz, '-infinity'), coalesce($5, ''))
     order by a.first_received_at, a.applicant_id limit $6`,
    [run.id, run.from, run.to, after?.firstReceivedAt ?? null, after?.applicantId ?? null, limit],
  );
}

export type ReportedTotals = Pick<StatementDto, 'expected' | 'received' | 'late'>;

/**
 * Applicants that eNROLL enrolled in a period: how many, how many of them are here, and how many of these came late.
 * `reconciliation_told_enrolled`, then by primary key.
 */
export async function countReported(tx: Tx, from: Date, to: Date): Promise<ReportedTotals> {
  const [totals] = await tx.query<[ReportedTotals]>(
    `select count(*)::int as expected, count(a.applicant_id)::int as received,
       count(a.applicant_id) filter (where late.applicant_id is not null)::int as late
     from reconciliation_told t left join applicants a using (applicant_id)
     left join (
       select distinct applicant_id from reconciliation_gaps where kind = 'missing_here' and enrolled_at >= $1 and enrolled_at < $2
     ) late using (applicant_id)
     where t.enrolled_at >= $1 and t.enrolled_at < $2`,
    [from, to],
  );
  return totals;
}

/** An unusable entry, and its place in quarantine. */
export interface UnreadableEntry {
  /** Hex. */
  digest: string;
  enrolledAt: Date;
  receiptId: string;
  elementIndex: number;
}

/** Which of the entries are or were in quarantine. Primary key. */
export async function knownUnreadable(tx: Tx, digests: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ digest: string }[]>(
    `select encode(u.digest, 'hex') as digest from unnest($1::text[]) as k(digest)
     join reconciliation_unreadable u on u.digest = decode(k.digest, 'hex') where u.receipt_id is not null`,
    [digests],
  );
  return rows.map(({ digest }) => digest);
}

/** Entries whose digest has no key, as releases up to 0.1 stored it. A table of few rows: no index. */
export async function readPlainDigests(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx.query<{ digest: string }[]>(
    `select encode(digest, 'hex') as digest from reconciliation_unreadable where octet_length(digest) = 32 limit $1`,
    [limit],
  );
  return rows.map(({ digest }) => digest);
}

/** Digests (hex) after one that were written before this transaction, with the elements in quarantine. Primary key, `quarantine_receipt`. */
export async function readDigestsAfter(
  tx: Tx,
  after: string,
  limit: number,
): Promise<{ digest: string; quarantineId: string | null; element: Buffer | null }[]> {
  return tx.query(
    `select encode(u.digest, 'hex') as digest, q.id as "quarantineId", q.element from (
       select * from reconciliation_unreadable where digest > decode($1, 'hex') order by digest limit $2
     ) u left join quarantine q on q.receipt_id = u.receipt_id and q.element_index = u.element_index order by u.digest`,
    [after, limit],
  );
}

/** Replaces digests. Primary key. */
export async function replaceDigests(
  tx: Tx,
  digests: readonly { before: string; after: string }[],
): Promise<void> {
  await tx.query(
    `with gone as (
       delete from reconciliation_unreadable u using unnest($1::text[], $2::text[]) as k(before, after)
       where u.digest = decode(k.before, 'hex')
       returning decode(k.after, 'hex') as digest, u.seen_at, u.enrolled_at, u.receipt_id, u.element_index
     )
     insert into reconciliation_unreadable (digest, seen_at, enrolled_at, receipt_id, element_index)
     select * from gone on conflict (digest) do nothing`,
    [digests.map(({ before }) => before), digests.map(({ after }) => after)],
  );
}

/** Stores entries that went to quarantine. Primary key. */
export async function noteUnreadable(tx: Tx, entries: readonly UnreadableEntry[]): Promise<void> {
  await tx.query(
    `insert into reconciliation_unreadable as u (digest, enrolled_at, receipt_id, element_index)
     select decode(t.digest, 'hex'), t.enrolled_at, t.receipt_id, t.element_index
     from unnest($1::text[], $2::timestamptz[], $3::uuid[], $4::integer[]) as t(digest, enrolled_at, receipt_id, element_index)
     order by t.digest -- in one order, so that two runs never wait for each other
     on conflict (digest) do update set enrolled_at = excluded.enrolled_at, receipt_id = excluded.receipt_id,
       element_index = excluded.element_index
     where u.receipt_id is null`,
    [
      entries.map(({ digest }) => digest),
      entries.map(({ enrolledAt }) => enrolledAt),
      entries.map(({ receiptId }) => receiptId),
      entries.map(({ elementIndex }) => elementIndex),
    ],
  );
}

/** What came in a period and is not settled: it may be about any applicant. */
export type Unsettled = Pick<StatementDto, 'quarantined' | 'refused' | 'pending'>;

/**
 * What is quarantined, refused or pending of a period. An entry of eNROLL's belongs to the period in which its applicant
 * was enrolled (`reconciliation_unreadable_enrolled`, then `quarantine_receipt`), everything else to the period in which it
 * was received: `quarantine_state`, `receipts_rejected`, `receipts_pending`.
 */
export async function countUnsettled(tx: Tx, from: Date, to: Date): Promise<Unsettled> {
  const ofReceipts = (state: string) =>
    `(select count(*)::int from receipts where state = '${state}' and received_at >= $1 and received_at < $2)`;
  const [unsettled] = await tx.query<[Unsettled]>(
    `select (
       select count(*)::int from reconciliation_unreadable u
       join quarantine q on q.receipt_id = u.receipt_id and q.element_index = u.element_index
       where u.enrolled_at >= $1 and u.enrolled_at < $2 and q.state = 'open'
     ) + (
       select count(*)::int from quarantine q
       where q.state = 'open' and q.received_at >= $1 and q.received_at < $2 and not exists (
         select from reconciliation_unreadable u where u.receipt_id = q.receipt_id and u.element_index = q.element_index)
     ) as quarantined, ${ofReceipts('rejected')} as refused, ${ofReceipts('pending')} as pending`,
    [from, to],
  );
  return unsettled;
}
