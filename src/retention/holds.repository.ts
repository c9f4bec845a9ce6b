import type { Tx } from '../db/tx.js';

export interface HoldRow {
  id: string;
  /** Null where a national id is held, and nobody in particular. */
  applicantId: string | null;
  /** Sealed; null where an applicantId is held, and once the hold is lifted. */
  idNumber: Buffer | null;
  reason: string;
  placedBy: string;
  placedAt: Date;
  liftedBy: string | null;
  liftedAt: Date | null;
}

export type NewHold = Pick<HoldRow, 'id' | 'applicantId' | 'idNumber' | 'reason' | 'placedBy'>;
export type HoldPosition = Pick<HoldRow, 'placedAt' | 'id'>;

const COLUMNS = `id, applicant_id as "applicantId", id_number as "idNumber", reason, placed_by as "placedBy",
  placed_at as "placedAt", lifted_by as "liftedBy", lifted_at as "liftedAt"`;
const LOCK = `hashtext('rollcall.holds')`;

/** Waits for whoever removes something, and keeps the next one out until the end of the transaction. */
export async function lockToPlace(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(${LOCK})`);
}

/** No hold is placed from here to the end of the transaction. */
export async function lockToRemove(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock_shared(${LOCK})`);
}

/** `holds_live`. */
export async function liveHolds(tx: Tx): Promise<HoldRow[]> {
  return tx.query(`select ${COLUMNS} from holds where lifted_at is null`);
}

export async function insertHold(tx: Tx, hold: NewHold): Promise<HoldRow> {
  const rows = await tx.query<HoldRow[]>(
    `insert into holds (id, applicant_id, id_number, reason, placed_by) values ($1, $2, $3, $4, $5) returning ${COLUMNS}`,
    [hold.id, hold.applicantId, hold.idNumber, hold.reason, hold.placedBy],
  );
  return rows[0]!;
}

/** One that another place remembers. Primary key. @returns whether it is new */
export async function insertToldHold(tx: Tx, hold: NewHold & { placedAt: Date }): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `insert into holds (id, applicant_id, id_number, reason, placed_by, placed_at) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning id`,
    [hold.id, hold.applicantId, hold.idNumber, hold.reason, hold.placedBy, hold.placedAt],
  );
  return rows.length > 0;
}

/** Primary key. */
export async function findHold(tx: Tx, id: string): Promise<HoldRow | undefined> {
  const rows = await tx.query<HoldRow[]>(`select ${COLUMNS} from holds where id = $1`, [id]);
  return rows[0];
}

export interface HoldFilter {
  /** Null for all. */
  live: boolean | null;
  /** Holds on this applicant, or of these ids; null for all. */
  of: { applicantId: string; ids: readonly string[] } | null;
}

/** Newest first. `holds_placed`; a table of few rows. */
export async function listHolds(
  tx: Tx,
  { live, of }: HoldFilter,
  after: HoldPosition | null,
  limit: number,
): Promise<HoldRow[]> {
  return tx.query(
    `select ${COLUMNS} from holds
      where (placed_at, id) < (coalesce($1::timestamptz, 'infinity'), coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        and ($3::boolean is null or (lifted_at is null) = $3)
        and ($4::text is null or applicant_id = $4 or id = any($5::uuid[]))
      order by placed_at desc, id desc limit $6`,
    [after?.placedAt ?? null, after?.id ?? null, live, of?.applicantId ?? null, of?.ids ?? null, limit],
  );
}

/** Primary key. The national id goes. @param at now, where it is null @returns undefined where it is lifted already */
export async function liftHold(
  tx: Tx,
  id: string,
  by: string,
  at: Date | null = null,
): Promise<HoldRow | undefined> {
  const [rows] = await tx.query<[HoldRow[], number]>(
    `update holds set lifted_by = $2, lifted_at = coalesce($3, now()), id_number = null
      where id = $1 and lifted_at is null returning ${COLUMNS}`,
    [id, by, at],
  );
  return rows[0];
}

/** When those were placed and lifted that are over and were on one of these applicants. A table of few rows. */
export async function liftedHoldsOf(tx: Tx, applicantIds: readonly string[]): Promise<HoldRow[]> {
  return tx.query(
    `select ${COLUMNS} from holds where lifted_at is not null and applicant_id = any($1) order by placed_at`,
    [applicantIds],
  );
}

/** Who has one of these national ids, with the blind index that it was found by. `applicants_id_number`. */
export async function applicantsOfIdNumbers(
  tx: Tx,
  candidates: readonly bigint[],
): Promise<{ applicantId: string; index: string }[]> {
  if (candidates.length === 0) return [];
  return tx.query(
    `select applicant_id as "applicantId", id_number_index::text as index from applicants
      where id_number_index = any($1::bigint[]) order by applicant_id`,
    [candidates.map(String)],
  );
}
