import type { Tx } from '../db/tx.js';

/** When the last callback came; null: none ever. Primary key of each month, from the newest back to what is counted. */
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

/** Of the longest silences of some hours the one that `share` of them do not exceed. Primary key. */
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
  return rows[0] ?? { seconds: null, hours: 0 };
}
