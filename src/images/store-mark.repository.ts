import { createHash } from 'node:crypto';
import type { Tx } from '../db/tx.js';

export interface MarkRow {
  storeId: string;
  /** Null: no store is marked yet. */
  markedAt: Date | null;
}

/** The key under which a store keeps its mark. */
export function markOf(storeId: string): string {
  return createHash('sha256').update(`mark|${storeId}`).digest('hex');
}

/** One row. */
export async function readMark(tx: Tx): Promise<MarkRow> {
  const [row] = await tx.query<MarkRow[]>(
    `select store_id as "storeId", store_marked_at as "markedAt" from image_mirror`,
  );
  if (row === undefined) throw new Error('the row of image_mirror is gone');
  return row;
}

/** Makes the store with this mark ours if no store was before. @returns whether it is ours now */
export async function setFirstMark(tx: Tx, storeId: string): Promise<boolean> {
  const [, changed] = await tx.query<[unknown, number]>(
    'update image_mirror set store_id = $1, store_marked_at = now() where store_marked_at is null',
    [storeId],
  );
  return changed === 1;
}

/** Makes the store with this mark ours. */
export async function setMark(tx: Tx, storeId: string): Promise<void> {
  await tx.query('update image_mirror set store_id = $1, store_marked_at = now()', [storeId]);
}
