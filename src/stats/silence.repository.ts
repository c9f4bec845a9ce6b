import type { Tx } from '../db/tx.js';

/** Time of the last callback; null: there was none. Primary key of each month, from the newest back to the counted ones. */
export async function readLastCallback(tx: Tx): Promise<Date | null> {
  const rows = await tx.query<{ at: Date | null }[]>(
    `select greatest(last_callback_at, (
       select received_at from receipts
       where source = 'callback' and received_at >= coalesce((select counted_to from stats_receipts), '-infinity')
       order by received_at desc limit 1
     )) as at from stats_receipts`,
  );
  return rows[0]?.at ?? null;
}

/** The longest silence of each of these hours: the length that a `share` of them do not exceed. Primary key. */
export async function readUsualSilence(
  tx: Tx,
  hours: readonly Date[],
  share: number,
): Promise<{ seconds: number | null; hours: number }> {
  const rows = await tx.query<{ seconds: number | null; hours: number }[]>(
    `select percentile_disc($2) within group (order by longest_seconds) as seconds, count(*)::int as hours
     from stats_silences where hour = any($1::timestamptz[])`,
    [hours, share],
  );
  return rows[0]!;
}
