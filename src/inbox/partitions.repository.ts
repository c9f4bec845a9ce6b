import type { Tx } from '../db/tx.js';

/** Makes the monthly partitions of the current and the coming months, where they are missing; asks the catalog alone where not. */
export async function makePartitions(tx: Tx, monthsAhead: number): Promise<void> {
  await tx.query('select ensure_month_partitions($1)', [monthsAhead]);
}
