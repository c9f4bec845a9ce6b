import type { Tx } from '../db/tx.js';
import { LEASE_END } from '../jobs/lease.js';
import type { ExportDto } from './exports.dto.js';

export interface Export extends Omit<ExportDto, 'createdAt' | 'startedAt' | 'finishedAt' | 'expiresAt'> {
  /** The try that writes it or has written it; null where there is none. */
  attempt: string | null;
  /** Announced so far. */
  parts: number;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  expiresAt: Date | null;
}

/** What a file of applicants holds. */
export type ExportContent = Pick<Export, 'format' | 'filter' | 'columns' | 'masked' | 'holdsPii'>;
/** How much of a file is written. */
export type Written = Pick<Export, 'rows' | 'bytes' | 'parts'>;
export type ExportPosition = Pick<Export, 'createdAt' | 'id'>;

/** The parts of one try, which are stored under its name. */
export interface Leftover {
  attempt: string;
  parts: number;
}

/** An export whose worker has gone silent is shown as waiting for the next one. */
const COLUMNS = `id, created_by as "createdBy", format, filter, columns, masked, holds_pii as "holdsPii",
  case when state = 'running' and lease_until < now() then 'waiting' else state end as state, attempt, parts,
  rows::float8 as rows, rows_total::float8 as "rowsTotal", bytes::float8 as bytes, attempts, error_code as "errorCode",
  created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt", expires_at as "expiresAt"`;
/** SQL: the parts of `gone` (attempt, parts) belong to no export any more. */
export const LEAVE = `insert into export_leftovers (attempt, parts) select attempt, parts from gone where parts > 0
  on conflict (attempt) do update set parts = greatest(export_leftovers.parts, excluded.parts)`;
const expiry = (days: string) => `now() + make_interval(days => ${days}::int)`;

/** Requests with the same key wait until the transaction ends, so that two never take the last place. */
export async function countWaiting(tx: Tx, createdBy: string): Promise<number> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('exports of ' || $1, 0))`, [createdBy]);
  // `exports_unfinished`
  const rows = await tx.query<{ n: number }[]>(
    `select count(*)::int as n from exports where state = 'waiting' and created_by = $1`,
    [createdBy],
  );
  return rows[0]?.n ?? 0;
}

export async function insertExport(
  tx: Tx,
  createdBy: string,
  { format, filter, columns, masked, holdsPii }: ExportContent,
): Promise<Export> {
  const rows = await tx.query<Export[]>(
    `insert into exports (created_by, format, filter, columns, masked, holds_pii) values ($1, $2, $3, $4, $5, $6)
     returning ${COLUMNS}`,
    [createdBy, format, JSON.stringify(filter), columns, masked, holdsPii],
  );
  return rows[0]!;
}

/** Primary key. */
export async function findExport(tx: Tx, id: string): Promise<Export | undefined> {
  const rows = await tx.query<Export[]>(`select ${COLUMNS} from exports where id = $1`, [id]);
  return rows[0];
}

/** Newest first. `exports_created`. */
export async function listExports(tx: Tx, after: ExportPosition | null, limit: number): Promise<Export[]> {
  return tx.query<Export[]>(
    `select ${COLUMNS} from exports
     where (created_at, id) < (coalesce($1::timestamptz, 'infinity'), coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
     order by created_at desc, id desc limit $3`,
    [after?.createdAt ?? null, after?.id ?? null, limit],
  );
}

/**
 * Claims the export that has waited longest. The parts of an earlier try are left behind: this one begins from the start.
 * `exports_unfinished` names the few there are.
 * @param attempt id of this try; only this try may go on and finish
 */
export async function claimExport(tx: Tx, attempt: string): Promise<Export | undefined> {
  const rows = await tx.query<Export[]>(
    `with gone as (
       select id, attempt, parts from exports
       where (state = 'waiting' and next_attempt_at <= now()) or (state = 'running' and lease_until < now())
       order by created_at limit 1 for update skip locked
     ), claimed as (
       update exports e set state = 'running', attempt = $1, parts = 0, rows = 0, rows_total = null, bytes = 0,
         lease_until = ${LEASE_END}, attempts = e.attempts + 1, started_at = coalesce(e.started_at, now())
       from gone g where e.id = g.id returning e.*
     ), left_behind as (${LEAVE})
     select ${COLUMNS} from claimed`,
    [attempt],
  );
  return rows[0];
}

/** Saves how far a try is, and renews its lease. Primary key. @returns false if the export is another's by now */
export async function saveProgress(
  tx: Tx,
  id: string,
  attempt: string,
  { rowsTotal, rows, bytes, parts }: Written & { rowsTotal: number | null },
): Promise<boolean> {
  const [, saved] = await tx.query<[unknown, number]>(
    `update exports set rows_total = $3, rows = $4, bytes = $5, parts = greatest(parts, $6), lease_until = ${LEASE_END}
     where id = $1 and attempt = $2 and state = 'running'`,
    [id, attempt, rowsTotal, rows, bytes, parts],
  );
  return saved > 0;
}

/** The file is complete and can be downloaded. Primary key. @returns false if the export is another's by now */
export async function completeExport(
  tx: Tx,
  id: string,
  attempt: string,
  { rows, bytes, parts, keepDays }: Written & { keepDays: number },
): Promise<boolean> {
  const [, completed] = await tx.query<[unknown, number]>(
    `update exports set state = 'ready', rows = $3, rows_total = $3, bytes = $4, parts = $5, lease_until = null,
       error_code = null, finished_at = now(), expires_at = ${expiry('$6')}
     where id = $1 and attempt = $2 and state = 'running'`,
    [id, attempt, rows, bytes, parts, keepDays],
  );
  return completed > 0;
}

/** What becomes of an export after an unsuccessful try. */
export interface Release {
  state: 'failed' | 'waiting';
  /** Null: the process stopped, and the try does not count. */
  errorCode: string | null;
  /** Until the next try. */
  delaySeconds?: number;
}

/** Lets go of an export and leaves the parts of the try behind. Primary key. */
export async function releaseExport(
  tx: Tx,
  { id, attempt }: { id: string; attempt: string },
  { state, errorCode, delaySeconds = 0 }: Release,
  keepDays: number,
): Promise<void> {
  await tx.query(
    `with gone as (
       select id, attempt, parts from exports where id = $1 and attempt = $2 and state = 'running' for update
     ), released as (
       update exports e set state = $3, error_code = $4, attempt = null, parts = 0, lease_until = null,
         attempts = e.attempts - case when $4::text is null then 1 else 0 end,
         next_attempt_at = now() + make_interval(secs => $5::float8),
         finished_at = case when $3 = 'failed' then now() end,
         expires_at = case when $3 = 'failed' then ${expiry('$6')} end
       from gone g where e.id = g.id
     )
     ${LEAVE}`,
    [id, attempt, state, errorCode, delaySeconds, keepDays],
  );
}

/** @returns false if it was finished before. Primary key. */
export async function cancelExport(tx: Tx, id: string, keepDays: number): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `with gone as (
       select id, attempt, parts from exports where id = $1 and state in ('waiting', 'running') for update
     ), cancelled as (
       update exports e set state = 'cancelled', attempt = null, parts = 0, lease_until = null, finished_at = now(),
         expires_at = ${expiry('$2')}
       from gone g where e.id = g.id returning e.id
     ), left_behind as (${LEAVE})
     select from cancelled`,
    [id, keepDays],
  );
  return rows.length > 0;
}

const deletion = (which: string) =>
  `with gone as (delete from exports where ${which} returning id, attempt, parts), left_behind as (${LEAVE})
   select id from gone`;

/** Deletes an export in any state. Primary key. @returns false if there is none */
export async function deleteExport(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>(deletion('id = $1'), [id]);
  return rows.length > 0;
}

/** Deletes what has expired. `exports_expires`. @returns the ids */
export async function deleteExpired(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ id: string }[]>(deletion('expires_at <= now()'));
  return rows.map(({ id }) => id);
}

/** Seconds until an export is due, 0 or less if one is; undefined if none will be. `exports_unfinished`. */
export async function secondsUntilExportDue(tx: Tx): Promise<number | undefined> {
  const rows = await tx.query<{ seconds: number | null }[]>(
    `select extract(epoch from min(case when state = 'running' then lease_until else next_attempt_at end) - now())::float8 as seconds
     from exports where state in ('waiting', 'running')`,
  );
  return rows[0]?.seconds ?? undefined;
}

/** Reports parts as left behind once more, by a worker that has stored one since the first report. Primary key. */
export async function insertLeftover(tx: Tx, { attempt, parts }: Leftover): Promise<void> {
  await tx.query(`with gone as (select $1::uuid as attempt, $2::int as parts) ${LEAVE}`, [attempt, parts]);
}

/** Reports parts as left behind, unless the export has them still. Primary keys. */
export async function leaveUnlessKept(tx: Tx, id: string, { attempt, parts }: Leftover): Promise<void> {
  await tx.query(
    `with gone as (
       select $1::uuid as attempt, $2::int as parts where not exists (select from exports where id = $3 and attempt = $1)
     ) ${LEAVE}`,
    [attempt, parts, id],
  );
}

/** A few files whose parts belong to no export any more. */
export async function listLeftovers(tx: Tx, limit: number): Promise<Leftover[]> {
  return tx.query<Leftover[]>('select attempt, parts from export_leftovers limit $1', [limit]);
}

/** Its parts have been removed. Primary key. */
export async function deleteLeftover(tx: Tx, { attempt, parts }: Leftover): Promise<void> {
  await tx.query('delete from export_leftovers where attempt = $1 and parts = $2', [attempt, parts]);
}

/** SQL: whether the worker of an export was killed. `exports_unfinished`. */
export const HAS_LAPSED_EXPORTS = `exists (select from exports where state = 'running' and lease_until < now())`;
