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

/** Primary key. */
export async function findHold(tx: Tx, id: string): Promise<HoldRow | undefined> {
  const rows = await tx.query<HoldRow[]>(`select ${COLUMNS} from holds where id = $1`, [id]);
  return rows[0];
}

/** Newest first. `holds_placed`. @param live null for all */
export async function listHolds(
  tx: Tx,
  live: boolean | null,
  after: HoldPosition | null,
  limit: number,
): Promise<HoldRow[]> {
  return tx.query(
    `select ${COLUMNS} from holds
      where (placed_at, id) < (coalesce($1::timestamptz, 'infinity'), coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        and ($3::boolean is null or (lifted_at is null) = $3)
      order by placed_at desc, id desc limit $4`,
    [after?.placedAt ?? null, after?.id ?? null, live, limit],
  );
}

/** Primary key. The national id goes. @returns undefined where it is lifted already */
export async function liftHold(tx: Tx, id: string, by: string): Promise<HoldRow | undefined> {
  const [rows] = await tx.query<[HoldRow[], number]>(
    `update holds set lifted_by = $2, lifted_at = now(), id_number = null
      where id = $1 and lifted_at is null returning ${COLUMNS}`,
    [id, by],
  );
  return rows[0];
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
