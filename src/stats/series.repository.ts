import type { Tx } from '../db/tx.js';
import type { Range, Topic } from './stats.types.js';

/** Values of free text may be any number: the rarest are told together. */
export const MAX_VALUES = 100;

/** Rows of one grain. */
export interface Stretch extends Range {
  grain: 'hour' | 'day';
}

/** By the start of the hour or day, in seconds since 1970; those with nothing are left out. */
export type Cells = Record<string, number>;

/** What one value of a topic came to. */
export interface ValueRow {
  topic: Topic;
  value: string;
  total: number;
  /** Null where they were not wanted. */
  cells: Cells | null;
}

/** A range as its whole days, with the hours before the first and behind the last of them. From no table. */
export async function cutRange(tx: Tx, { from, to }: Range): Promise<Stretch[]> {
  const [days] = await tx.query<{ first: Date; last: Date }[]>(
    `select case when cairo_day($1) = $1 then $1 else cairo_day(cairo_day($1) + interval '25 hours') end as first,
       cairo_day($2) as last`,
    [from, to],
  );
  if (days === undefined || days.first >= days.last) return [{ grain: 'hour', from, to }];
  const stretches: Stretch[] = [
    { grain: 'hour', from, to: days.first },
    { grain: 'day', from: days.first, to: days.last },
    { grain: 'hour', from: days.last, to },
  ];
  return stretches.filter((stretch) => stretch.from < stretch.to);
}

/** When the days begin that a range touches; the first one where the range begins. From no table. */
export async function readDays(tx: Tx, { from, to }: Range): Promise<Date[]> {
  const rows = await tx.query<{ day: Date }[]>(
    `select greatest(cairo_day(noon), $1::timestamptz) as day from generate_series(
       cairo_day($1) + interval '12 hours', $2::timestamptz + interval '12 hours', interval '24 hours'
     ) noon where cairo_day(noon) < $2 order by 1`,
    [from, to],
  );
  return rows.map(({ day }) => day);
}

/** Rows of some topics; `offset 0` keeps it one look into the primary key for each topic and stretch. */
const ROWS = `unnest($2::text[], $3::timestamptz[], $4::timestamptz[]) as p(grain, "from", "to") cross join lateral (
  select topic, value, start, n from stats
  where topic = any($1) and grain = p.grain and start >= p."from" and start < p."to" and n > 0 offset 0
) s`;
const SECONDS = `date_part('epoch', start)::bigint`;

/** The most frequent values of some topics, one more than `MAX_VALUES` where there are more. Primary key. */
export async function readValues(
  tx: Tx,
  topics: readonly Topic[],
  stretches: readonly Stretch[],
  withCells: boolean,
): Promise<ValueRow[]> {
  return tx.query<ValueRow[]>(
    // sums of bigint would be numeric, and slow
    `select topic, value, sum(n::float8) as total, json_object_agg(${SECONDS}, n) filter (where $5) as cells from ${ROWS}
     group by topic, value order by total desc, value limit ${MAX_VALUES + 1}`,
    [topics, ...columnsOf(stretches), withCells],
  );
}

/** All values of a topic but these, together. Primary key. */
export async function readRest(
  tx: Tx,
  topic: Topic,
  stretches: readonly Stretch[],
  but: readonly string[],
): Promise<{ total: number; cells: Cells }> {
  const rows = await tx.query<{ total: number; cells: Cells }[]>(
    `select coalesce(sum(n), 0) as total, coalesce(json_object_agg(${SECONDS}, n), '{}') as cells
     from (select start, sum(n::float8) as n from ${ROWS} where value <> all($5) group by start) rest`,
    [[topic], ...columnsOf(stretches), but],
  );
  return rows[0] ?? { total: 0, cells: {} };
}

function columnsOf(stretches: readonly Stretch[]): [string[], Date[], Date[]] {
  return [
    stretches.map(({ grain }) => grain),
    stretches.map(({ from }) => from),
    stretches.map(({ to }) => to),
  ];
}
