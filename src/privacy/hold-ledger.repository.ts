import type { Tx } from '../db/tx.js';

/** What became of a hold. */
export type HoldDeed = 'placed' | 'lifted';

const UNENTERED = `select h.id as "holdId", d.deed from holds h cross join (values ('placed'), ('lifted')) d(deed)
  where (d.deed = 'placed' or h.lifted_at is not null) and not exists (select from hold_ledger l where l.hold_id = h.id and l.deed = d.deed)`;

/** SQL: whether the ledger lacks a deed. Two tables of few rows. */
export const HAS_UNENTERED_HOLDS = `exists (${UNENTERED})`;

/** The oldest deed that the ledger lacks. Two tables of few rows. */
export async function findUnentered(tx: Tx): Promise<{ holdId: string; deed: HoldDeed } | undefined> {
  const rows = await tx.query<{ holdId: string; deed: HoldDeed }[]>(
    `${UNENTERED} order by coalesce(case d.deed when 'lifted' then h.lifted_at end, h.placed_at), d.deed desc limit 1`,
  );
  return rows[0];
}

/** The last entry that the database knows. Primary key. */
export async function lastHoldPlace(tx: Tx): Promise<number> {
  const rows = await tx.query<{ place: number }[]>(
    'select coalesce(max(place), 0) as place from hold_ledger',
  );
  return rows[0]?.place ?? 0;
}

/** A table of few rows. */
export async function findHoldPlace(tx: Tx, holdId: string, deed: HoldDeed): Promise<number | undefined> {
  const rows = await tx.query<{ place: number }[]>(
    'select place from hold_ledger where hold_id = $1 and deed = $2',
    [holdId, deed],
  );
  return rows[0]?.place;
}

/** Another process may have read the same entry. Primary key. */
export async function noteHoldEntry(tx: Tx, place: number, holdId: string, deed: HoldDeed): Promise<void> {
  await tx.query(
    'insert into hold_ledger (place, hold_id, deed) values ($1, $2, $3) on conflict do nothing',
    [place, holdId, deed],
  );
}
