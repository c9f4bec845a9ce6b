import type { Tx } from '../db/tx.js';

/** Makes the missing monthly partitions of the current and the coming months. If none is missing, it only reads the catalog. */
export async function makePartitions(tx: Tx, monthsAhead: number): Promise<void> {
  await tx.query('select ensure_month_partitions($1)', [monthsAhead]);
}
