import type { Tx } from '../db/tx.js';
import type { GapDto, ListGapsQuery, StatementDto } from './reconciliation.dto.js';
import type { GapKind } from './reconciliation.types.js';
import type { RowOf } from './rows.js';
import type { RunCounts } from './runs.repository.js';

export type Gap = RowOf<GapDto, 'enrolledAt' | 'foundAt' | 'healedAt'>;
export type NewGap = Pick<Gap, 'applicantId' | 'kind' | 'enrolledAt'>;
export type GapPosition = Pick<Gap, 'foundAt' | 'id'>;

const COLUMNS = `g.id, g.run_id as "runId", g.applicant_id as "applicantId", g.kind, g.state, g.enrolled_at as "enrolledAt",
  g.found_at as "foundAt", g.healed_at as "healedAt", g.late_seconds::float8 as "lateSeconds", g.resolution`;

/** Gaps by kind. */
export type GapCounts = Pick<RunCounts, 'missing' | 'different' | 'missingThere'>;

/**
 * Records the gaps that a run has found, before they are healed, and counts them in the run by the same statement: after
 * a crash between the two, healed gaps would no longer be found and never be counted.
 * An open gap moves to this run. A `missing_there` gap that somebody ignored is not opened again.
 * `reconciliation_gaps_open`, `reconciliation_gaps_ignored`.
 * @param runId null: nothing is recorded
 * @returns how many of each kind are new to this run
 */
export async function noteGaps(tx: Tx, runId: string | null, gaps: readonly NewGap[]): Promise<GapCounts> {
  if (runId === null || gaps.length === 0) return { missing: 0, different: 0, missingThere: 0 };
  const [counts] = await tx.query<[GapCounts]>(
    `with noted as (
       insert into reconciliation_gaps as g (run_id, applicant_id, kind, enrolled_at)
       -- in one order, so that two runs never wait for each other
       select $1, * from (
         select distinct on (applicant_id) * from unnest($2::text[], $3::text[], $4::timestamptz[]) as t(applicant_id, kind, enrolled_at)
         order by applicant_id) t
       where t.kind <> 'missing_there' or not exists (
         select from reconciliation_gaps i where i.applicant_id = t.applicant_id and i.state = 'ignored' and i.kind = t.kind)
       on conflict (applicant_id) where state = 'open' do update set run_id = excluded.run_id, kind = excluded.kind
       where g.run_id <> excluded.run_id
       returning kind),
     counts as (select ${countOf('missing_here')} as missing, ${countOf('different_here')} as different,
       ${countOf('missing_there')} as "missingThere" from noted),
     counted as (
       update reconciliation_runs r set missing = r.missing + c.missing, different = r.different + c.different,
         missing_there = r.missing_there + c."missingThere"
       from counts c where r.id = $1 and exists (select from noted))
     select * from counts`,
    [
      runId,
      gaps.map(({ applicantId }) => applicantId),
      gaps.map(({ kind }) => kind),
      gaps.map(({ enrolledAt }) => enrolledAt),
    ],
  );
  return counts;
}

const countOf = (kind: GapKind) => `count(*) filter (where kind = '${kind}')::int`;

/**
 * Closes the open gaps of applicants that are now as eNROLL has them. `reconciliation_gaps_open`.
 * @returns how many it closed; for a run, only its own gaps count
 */
export async function closeGaps(
  tx: Tx,
  runId: string | null,
  applicantIds: readonly string[],
): Promise<number> {
  const [{ healed }] = await tx.query<[{ healed: number }]>(
    `with healed as (
       update reconciliation_gaps g set state = 'healed', healed_at = now(),
         late_seconds = case when kind = 'missing_here' then greatest(0, extract(epoch from now() - enrolled_at))::bigint end
       from (select distinct applicant_id from unnest($2::text[]) as t(applicant_id) order by applicant_id) t
       where g.applicant_id = t.applicant_id and g.state = 'open'
       returning g.run_id)
     select count(*)::int as healed from healed where $1::uuid is null or run_id = $1`,
    [runId, applicantIds],
  );
  return healed;
}

/** Newest first. `reconciliation_gaps_state`, `reconciliation_gaps_run` or `reconciliation_gaps_found`, depending on the filter. */
export async function listGaps(
  tx: Tx,
  { state, kind, runId, applicantId }: Omit<ListGapsQuery, 'limit' | 'cursor'>,
  after: GapPosition | null,
  limit: number,
): Promise<Gap[]> {
  const asked = Object.entries({ state, kind, run_id: runId, applicant_id: applicantId }).filter(
    ([, value]) => value !== undefined,
  );
  return tx.query<Gap[]>(
    `select ${COLUMNS} from reconciliation_gaps g
     where (g.found_at, g.id) < (coalesce($1::timestamptz, 'infinity'), coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
       ${asked.map(([column], at) => `and g.${column} = $${at + 4}`).join(' ')}
     order by g.found_at desc, g.id desc limit $3`,
    [after?.foundAt ?? null, after?.id ?? null, limit, ...asked.map(([, value]) => value)],
  );
}

/** Oldest first, after a position. `reconciliation_gaps_state`. */
export async function listOpenGaps(tx: Tx, after: GapPosition | null, limit: number): Promise<Gap[]> {
  return tx.query<Gap[]>(
    `select ${COLUMNS} from reconciliation_gaps g
     where g.state = 'open'
       and (g.found_at, g.id) > (coalesce($1::timestamptz, '-infinity'), coalesce($2::uuid, '00000000-0000-0000-0000-000000000000'))
     order by g.found_at, g.id limit $3`,
    [after?.foundAt ?? null, after?.id ?? null, limit],
  );
}

/** Primary key. */
export async function findGap(tx: Tx, id: string): Promise<Gap | undefined> {
  const rows = await tx.query<Gap[]>(`select ${COLUMNS} from reconciliation_gaps g where g.id = $1`, [id]);
  return rows[0];
}

/** Ignores an open gap. Primary key. @returns false where it is no longer open */
export async function ignoreGap(tx: Tx, id: string, resolution: string): Promise<boolean> {
  const [, ignored] = await tx.query<[unknown, number]>(
    `update reconciliation_gaps set state = 'ignored', resolution = $2 where id = $1 and state = 'open'`,
    [id, resolution],
  );
  return ignored > 0;
}

export type GapTotals = Pick<StatementDto, 'healed' | 'ignored' | 'open' | 'longestLateSeconds'>;

/** The gaps of applicants enrolled in a period. `reconciliation_gaps_enrolled`. */
export async function countGaps(tx: Tx, from: Date, to: Date): Promise<GapTotals> {
  const [totals] = await tx.query<[GapTotals]>(
    `select count(*) filter (where state = 'healed')::int as healed,
       count(*) filter (where state = 'ignored')::int as ignored, count(*) filter (where state = 'open')::int as open,
       max(late_seconds)::float8 as "longestLateSeconds"
     from reconciliation_gaps where enrolled_at >= $1 and enrolled_at < $2`,
    [from, to],
  );
  return totals;
}

export interface OpenGaps {
  open: number;
  /** Since the oldest was found. */
  oldestSeconds: number;
}

/** Open gaps of any time, with the age of the oldest. `reconciliation_gaps_state`. */
export async function summarizeOpenGaps(tx: Tx): Promise<OpenGaps> {
  const [summary] = await tx.query<[OpenGaps]>(
    `select count(*)::int as open, coalesce(extract(epoch from now() - min(found_at)), 0)::float8 as "oldestSeconds"
     from reconciliation_gaps where state = 'open'`,
  );
  return summary;
}
