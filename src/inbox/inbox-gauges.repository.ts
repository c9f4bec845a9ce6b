import { type Tx } from '../db/tx.js';

/** A gauge need not be exact beyond this, and counting must not become the load that it measures. */
const COUNT_UP_TO = 100_000;

/** Index: receipts_pending of every partition, which holds nothing but these rows. */
export async function countPendingReceipts(tx: Tx): Promise<number> {
  return countOf(tx, `select 1 from receipts where state = 'pending' limit ${COUNT_UP_TO}`);
}

/** Index: quarantine_state. */
export async function countOpenQuarantine(tx: Tx): Promise<number> {
  return countOf(tx, `select 1 from quarantine where state = 'open' limit ${COUNT_UP_TO}`);
}

async function countOf(tx: Tx, rows: string): Promise<number> {
  const found = await tx.query<{ n: number }[]>(`select count(*)::int as n from (${rows}) as waiting`);
  return found[0]?.n ?? 0;
}
