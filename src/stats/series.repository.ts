import type { Tx } from '../db/tx.js';
import type { Stretch } from './cairo-hours.js';
import type { Topic } from './stats.types.js';

/** There may be any number of values: the rarest are summed up. */
export const MAX_VALUES = 100;

/** Counts by the start of the hour or day, in seconds since 1970, without those that are 0. */
export type Cells = Record<string, number>;

/** Counts of one value of a topic. */
export interface ValueRow {
  topic: Topic;
  value: string;
  total: number;
  /** Null if they were not asked for. */
  cells: Cells | null;
}

/** Rows of some topics; `offset 0` keeps it at one index scan of the primary key for each topic and stretch. */
const ROWS = `unnest($2::text[], $3::timestamptz[], $4::timestamptz[]) as p(grain, "from", "to") cross join lateral (
  select topic, value, start, n from stats
  where topic = any($1) and grain = p.grain and start >= p."from" and start < p."to" and n > 0 offset 0
) s`;
const SECONDS = `date_part('epoch', start)::bigint`;

/** The most frequent values of some topics; one more than `MAX_VALUES` if there are more. Primary key. */
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

/** The sum of all values of a topic but these. Primary key. */
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
