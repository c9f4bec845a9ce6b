import { createHash } from 'node:crypto';
import type { Tx } from '../db/tx.js';

export interface MarkRow {
  /** Under which the store keeps the mark. */
  sha256: string;
  /** Null: no store has it yet. */
  markedAt: Date | null;
}

/** One row. */
export async function readMark(tx: Tx): Promise<MarkRow> {
  return markOf(await tx.query(`select store_id, store_marked_at from image_mirror`));
}

/** One row, held to the end of the transaction: of replicas that start at once one makes the mark. */
export async function holdMark(tx: Tx): Promise<MarkRow> {
  return markOf(await tx.query(`select store_id, store_marked_at from image_mirror for update`));
}

/** The store has the mark from now on. */
export async function setMarked(tx: Tx): Promise<void> {
  await tx.query('update image_mirror set store_marked_at = now()');
}

function markOf(rows: { store_id: string; store_marked_at: Date | null }[]): MarkRow {
  const [row] = rows;
  if (row === undefined) throw new Error('the row of image_mirror is gone');
  const sha256 = createHash('sha256').update(`mark|${row.store_id}`).digest('hex');
  return { sha256, markedAt: row.store_marked_at };
}
