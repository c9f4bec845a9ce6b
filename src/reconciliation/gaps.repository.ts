import type { Tx } from '../db/tx.js';
import type { Gap, GapKind, GapState } from './reconciliation.types.js';

export interface NewGap {
  applicantId: string;
  kind: GapKind;
  enrolledAt: Date;
}

export interface GapFilter {
  state?: GapState | undefined;
  kind?: GapKind | undefined;
  runId?: string | undefined;
  applicantId?: string | undefined;
}

export interface GapPosition {
  foundAt: Date;
  id: string;
}

const COLUMNS = `g.id, g.run_id as "runId", g.applicant_id as "applicantId", g.kind, g.state, g.enrolled_at as "enrolledAt",
  g.found_at as "foundAt", g.healed_at as "healedAt", g.late_seconds::float8 as "lateSeconds", g.resolution`;

/**
 * Notes what a run has found, before anything is done about it, and counts it at the run in the same statement: after a
 * crash in between the rest is found equal, and nobody would count it again.
 * A gap that is open already becomes this run's; one that eNROLL cannot close and somebody put aside is not opened again.
 * `reconciliation_gaps_open`, `reconciliation_gaps_ignored`.
 * @returns how many of each kind this run had not noted before
 */
export async function noteGaps(
  tx: Tx,
  runId: string,
  gaps: readonly NewGap[],
): Promise<Map<GapKind, number>> {
  const rows = await tx.query<{ kind: GapKind; noted: number }[]>(
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
     counts as (select kind, count(*)::int as noted from noted group by kind),
     counted as (
       update reconciliation_runs set missing = missing + ${notedOf('missing_here')},
         different = different + ${notedOf('different_here')}, missing_there = missing_there + ${notedOf('missing_there')}
       where id = $1 and exists (select from counts))
     select kind, noted from counts`,
    [
      runId,
      gaps.map(({ applicantId }) => applicantId),
      gaps.map(({ kind }) => kind),
      gaps.map(({ enrolledAt }) => enrolledAt),
    ],
  );
  return new Map(rows.map(({ kind, noted }) => [kind, noted]));
}

const notedOf = (kind: GapKind) => `coalesce((select noted from counts where kind = '${kind}'), 0)`;

/** How many gaps were closed, in all and of those the run had noted. */
export interface Closed {
  healed: number;
  healedByRun: number;
}

/**
 * Closes the open gaps of applicants that are now as eNROLL has them. `reconciliation_gaps_open`.
 */
export async function closeGaps(
  tx: Tx,
  runId: string | null,
  applicantIds: readonly string[],
): Promise<Closed> {
  const rows = await tx.query<Closed[]>(
    `with healed as (
       update reconciliation_gaps g set state = 'healed', healed_at = now(),
         late_seconds = case when kind = 'missing_here' then greatest(0, extract(epoch from now() - enrolled_at))::bigint end
       from (select distinct applicant_id from unnest($2::text[]) as t(applicant_id) order by applicant_id) t
       where g.applicant_id = t.applicant_id and g.state = 'open'
       returning g.run_id)
     select count(*)::int as healed, count(*) filter (where run_id = $1)::int as "healedByRun" from healed`,
    [runId, applicantIds],
  );
  return rows[0] ?? { healed: 0, healedByRun: 0 };
}

/**
 * Newest first: `reconciliation_gaps_state`, `reconciliation_gaps_run` or `reconciliation_gaps_found`, whichever the
 * filter fits.
 */
export async function listGaps(
  tx: Tx,
  { state, kind, runId, applicantId }: GapFilter,
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

/** Oldest first, behind a position. `reconciliation_gaps_state`. */
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

/** Puts an open gap aside. Primary key. @returns false where it is not open any more */
export async function ignoreGap(tx: Tx, id: string, resolution: string): Promise<boolean> {
  const [, ignored] = await tx.query<[unknown, number]>(
    `update reconciliation_gaps set state = 'ignored', resolution = $2 where id = $1 and state = 'open'`,
    [id, resolution],
  );
  return ignored > 0;
}

export interface OpenGaps {
  open: number;
  /** Since the oldest was found. */
  oldestSeconds: number;
}

export interface GapTotals {
  healed: number;
  open: number;
  ignored: number;
  longestLateSeconds: number | null;
}

/** The gaps of those enrolled in a period. `reconciliation_gaps_enrolled`. */
export async function countGaps(tx: Tx, from: Date, to: Date): Promise<GapTotals> {
  const rows = await tx.query<GapTotals[]>(
    `select count(*) filter (where state = 'healed')::int as healed, count(*) filter (where state = 'open')::int as open,
       count(*) filter (where state = 'ignored')::int as ignored, max(late_seconds)::float8 as "longestLateSeconds"
     from reconciliation_gaps where enrolled_at >= $1 and enrolled_at < $2`,
    [from, to],
  );
  return rows[0] ?? { healed: 0, open: 0, ignored: 0, longestLateSeconds: null };
}

/** Open gaps of any time, with the age of the oldest. `reconciliation_gaps_state`. */
export async function summarizeOpenGaps(tx: Tx): Promise<OpenGaps> {
  const rows = await tx.query<OpenGaps[]>(
    `select count(*)::int as open, coalesce(extract(epoch from now() - min(found_at)), 0)::float8 as "oldestSeconds"
     from reconciliation_gaps where state = 'open'`,
  );
  return rows[0] ?? { open: 0, oldestSeconds: 0 };
}

/** Open gaps of any time. `reconciliation_gaps_open`. */
export async function countOpenGaps(tx: Tx): Promise<number> {
  const rows = await tx.query<{ n: number }[]>(
    `select count(*)::int as n from reconciliation_gaps where state = 'open'`,
  );
  return rows[0]?.n ?? 0;
}
