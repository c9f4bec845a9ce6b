import type { Tx } from '../db/tx.js';
import { addRows, countReceipts, withDays } from './counted.repository.js';

/** The receipts to count next, from `from` to `to`, excluded. */
export interface Slice {
  from: Date;
  to: Date;
  /** The last callback before `from`; null: there was none. */
  lastCallbackAt: Date | null;
}

/**
 * The next slice, with the cursor locked for this transaction; undefined if there is none, or if another process has it. It
 * ends `lagSeconds` ago, before the oldest pending receipt (its numbers are not final), and after about `maxReceipts`.
 * `receipts_pending` and primary key of each month.
 */
export async function lockNextSlice(
  tx: Tx,
  lagSeconds: number,
  maxReceipts: number,
): Promise<Slice | undefined> {
  const rows = await tx.query<Slice[]>(
    `with cursor as materialized (select counted_to, last_callback_at from stats_receipts for update skip locked),
     bounds as (
       select coalesce(counted_to, (select min(received_at) from receipts)) as from_at, last_callback_at, least(
           now() - make_interval(secs => $1), (select min(received_at) from receipts where state = 'pending')
         ) as to_at from cursor
     )
     select from_at as "from", last_callback_at as "lastCallbackAt", coalesce((
         select greatest(received_at, from_at + interval '1 millisecond') from receipts
         where received_at >= from_at and received_at < to_at order by received_at offset $2 limit 1
       ), to_at) as "to"
     from bounds where from_at < to_at`,
    [lagSeconds, maxReceipts],
  );
  return rows[0];
}

/**
 * Callbacks since `from` that are not counted yet, up to `limit`. Primary key of the newest months; without the order the planner hopes
 * to find as many soon in the table, and reads it from the oldest receipt on.
 */
export async function countUncounted(tx: Tx, from: Date, limit: number): Promise<number> {
  const rows = await tx.query<{ n: number }[]>(
    `select count(*)::int as n from (
       select from receipts
       where source = 'callback' and received_at >= greatest($1, (select counted_to from stats_receipts))
       order by received_at desc limit $2
     ) uncounted`,
    [from, limit],
  );
  return rows[0]?.n ?? 0;
}

/** Counts the receipts of a slice and moves the cursor that `lockNextSlice` locked. Primary key of each month. */
export async function rollUpReceipts(tx: Tx, { from, to, lastCallbackAt }: Slice): Promise<number> {
  await tx.query(ADD_SILENCES, [from, to, lastCallbackAt]);
  const rows = await tx.query<{ receipts: number }[]>(
    `with slice as materialized (
       select received_at, source, kind, state, received, applied, duplicates, quarantined from receipts
       where received_at >= $1 and received_at < $2
     ), counted as materialized (${countReceipts('slice')}),
     added as (${addRows(withDays('counted'))}),
     moved as (
       update stats_receipts set counted_to = $2, last_callback_at = greatest(last_callback_at,
         (select max(received_at) from slice where source = 'callback'))
     )
     select count(*)::int as receipts from slice`,
    [from, to],
  );
  return rows[0]?.receipts ?? 0;
}

/**
 * The silences that ended with a callback, in the hour of that callback, and those that lasted to the end of an hour. Primary
 * key of each month.
 */
const ADD_SILENCES = `
with moments as (
  select received_at as at, true as was_heard from receipts
  where received_at >= $1 and received_at < $2 and source = 'callback'
  union all
  select hour, false from generate_series(date_trunc('hour', $1::timestamptz, 'UTC') + interval '1 hour', $2, interval '1 hour') hour
), silences as (
  select date_trunc('hour', case when was_heard then at else at - interval '1 second' end, 'UTC') as hour,
    at - coalesce(max(at) filter (where was_heard)
      over (order by at, was_heard rows between unbounded preceding and 1 preceding), $3::timestamptz) as silence
  from moments
)
insert into stats_silences (hour, longest_seconds)
select hour, extract(epoch from max(silence)) from silences where silence is not null group by hour
on conflict (hour) do update set longest_seconds = greatest(stats_silences.longest_seconds, excluded.longest_seconds)`;
