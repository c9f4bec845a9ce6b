import { cairoDayOf } from './cairo-hours.js';
import type { Tx } from '../db/tx.js';
import type { Topic } from './stats.types.js';

/** `nationality` and others may be any text: longer ones would not fit an index page. */
const MAX_VALUE_CHARACTERS = 64;

/*
 * The one definition of the counts, for the rollup and for the recount that proves it. Each of these texts is a `select` of
 * hour, topic, value and n.
 */

/** Columns of a version by which applicants are counted; `changes` and `applicants` both have them. */
export const VERSION_COLUMNS = [
  'outcome',
  'status',
  'birth_governorate',
  'nationality',
  'document_type_code',
  'flags',
] as const;

export const versionColumns = (row: string): string =>
  VERSION_COLUMNS.map((column) => `${row}.${column}`).join(', ');

/** @param versions rows of `at` (first receipt of the applicant), `sign` and `VERSION_COLUMNS` */
export const countVersions = (versions: string): string => `
  select date_trunc('hour', v.at, 'UTC') as hour, a.topic, coalesce(left(a.value, ${MAX_VALUE_CHARACTERS}), '') as value,
    sum(v.sign) as n
  from ${versions} v cross join lateral (
    values ('applicant.outcome', v.outcome), ('applicant.status', v.status::text), ('applicant.governorate', v.birth_governorate),
      ('applicant.nationality', v.nationality), ('applicant.documentType', v.document_type_code)
    union all select 'applicant.flag', flag from unnest(case v.flags when '{}' then '{""}' else v.flags end) as flag
  ) a(topic, value) group by 1, 2, 3 having sum(v.sign) <> 0`;

/** @param changes rows of `changed_at`, `event`, `source` and `outcome` @param notices rows of `noticed_at` and `event` */
export const countEvents = (changes: string, notices: string): string => `
  select date_trunc('hour', c.changed_at, 'UTC'), e.topic, e.value, count(*)
  from ${changes} c cross join lateral (
    values ('event.type', c.event), ('event.source', c.source), ('event.outcome', c.outcome)
  ) e(topic, value) group by 1, 2, 3
  union all
  select date_trunc('hour', n.noticed_at, 'UTC'), 'event.type', n.event, count(*) from ${notices} n group by 1, 3`;

/** @param receipts rows of the table */
export const countReceipts = (receipts: string): string => `
  select date_trunc('hour', r.received_at, 'UTC') as hour, r.source || '.' || m.measure as topic, m.value, sum(m.n) as n
  from ${receipts} r cross join lateral (
    values ('count', r.kind, 1), ('rejected', '', (r.state = 'rejected')::int), ('received', '', r.received),
      ('applied', '', r.applied), ('duplicates', '', r.duplicates), ('quarantined', '', r.quarantined)
  ) m(measure, value, n) group by 1, 2, 3 having sum(m.n) > 0`;

/** Rows of `stats` for counted hours: the hours and their days. */
export const withDays = (counted: string): string => `
  select topic, 'hour' as grain, hour as start, value, sum(n)::bigint as n from ${counted} group by 1, 2, 3, 4
  union all
  select topic, 'day', ${cairoDayOf('hour')}, value, sum(n)::bigint from ${counted} group by 1, 2, 3, 4`;

/**
 * Adds rows to `stats`. Always in the same order, or two writers could wait for each other. Primary key.
 * @param rows a `select` of topic, grain, start, value and n
 */
export const addRows = (rows: string): string => `
  insert into stats (topic, grain, start, value, n)
  select topic, grain, start, value, n from (${rows}) added where n <> 0 order by topic, grain, start, value
  on conflict (topic, grain, start, value) do update set n = stats.n + excluded.n`;

/** Adds the counts of one hour. */
export async function addCounts(
  tx: Tx,
  topic: Topic,
  hour: Date,
  counts: ReadonlyMap<string, number>,
): Promise<void> {
  await tx.query(
    `with counted as (
       select $1 as topic, $2::timestamptz as hour, value, n from unnest($3::text[], $4::bigint[]) as t(value, n)
     ) ${addRows(withDays('counted'))}`,
    [topic, hour, [...counts.keys()], [...counts.values()]],
  );
}
