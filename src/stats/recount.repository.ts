import type { PoolClient, QueryConfig } from 'pg';
import type { Tx } from '../db/tx.js';
import { cairoDay, cairoDayOf, cairoMonths } from './cairo-hours.js';
import {
  allBehind,
  type FeedPosition,
  PLACE,
  placeAt,
  placeColumns,
  placeValues,
} from '../feed/order.types.js';
import {
  addRows,
  countEvents,
  countReceipts,
  countVersions,
  versionColumns,
  withDays,
} from './counted.repository.js';
import { MEASURED_TOPICS, type Range } from './stats.types.js';

/** Any number will do, as long as every version of Rollcall uses the same one. */
const LOCK = 7_655_322_080;
const PATIENCE_MS = 3_600_000;

/** A row of `stats` that differs from the recount. */
export interface Difference {
  topic: string;
  grain: 'hour' | 'day';
  start: string;
  value: string;
  /** In the recount. */
  counted: number;
  /** In `stats`. */
  kept: number;
}

export interface Recounted {
  applicants: number;
  events: number;
  receipts: number;
  differences: Difference[];
}

/** @returns false if another transaction is recounting: a difference must not be corrected twice */
export async function lockRecount(tx: Tx): Promise<boolean> {
  await beLong(tx);
  const rows = await tx.query<{ isOurs: boolean }[]>('select pg_try_advisory_xact_lock($1) as "isOurs"', [
    LOCK,
  ]);
  return rows[0]?.isOurs === true;
}

/** A recount may take long. The usual time-outs protect callers that wait for an answer. */
async function beLong(tx: Tx): Promise<void> {
  await tx.query(
    `select set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)`,
  );
}

/** As `tx.query`, without time-outs. */
async function askPatiently<Row extends object>(tx: Tx, text: string, values: unknown[]): Promise<Row[]> {
  if (tx.queryRunner === undefined) throw new Error('a recount wants the EntityManager of a transaction');
  await beLong(tx);
  const client = (await tx.queryRunner.connect()) as PoolClient;
  const statement: QueryConfig & { query_timeout: number } = { text, values, query_timeout: PATIENCE_MS };
  return (await client.query<Row>(statement)).rows;
}

/** The months of Cairo with something to count or with rows of `stats`, which it scans. */
export async function readMonths(tx: Tx): Promise<Range[]> {
  const days = await askPatiently<{ day: Date }>(
    tx,
    `with ends(at) as (
       select min(first_received_at) from applicants union all select max(first_received_at) from applicants
       union all select min(received_at) from receipts union all select max(received_at) from receipts
       union all (select changed_at from changes c order by ${PLACE} limit 1) union all select now()
     )
     select generate_series(min(at), max(at), interval '1 day') as day from ends union select max(at) from ends
     union select distinct start from stats where grain = 'day'
     union select distinct ${cairoDayOf('start')} from stats where grain = 'hour'`,
    [],
  );
  return cairoMonths(days.map(({ day }) => day));
}

/**
 * Fills columns of `changes` that an older release, running side by side, left empty because it did not know them; only for
 * current versions. `applicants_first_received`, then the primary key of `changes`.
 *
 * Again until nothing differs: where it waited for an erasure of somebody, Postgres takes the version as the erasure left it and the
 * applicant as it was before, and would bring back what was erased.
 */
export async function completeVersions(tx: Tx, { from, to }: Range): Promise<void> {
  for (let completed = 1; completed > 0;) {
    const [done] = await askPatiently<{ completed: number }>(tx, COMPLETE, [from, to]);
    completed = done!.completed;
  }
}

const COMPLETE = `
with completed as (
  update changes c
  set nationality = a.nationality, document_type_code = a.document_type_code, birth_governorate = a.birth_governorate
  from applicants a
  where a.first_received_at >= $1 and a.first_received_at < $2 and c.applicant_id = a.applicant_id and c.version = a.version
    and (c.nationality, c.document_type_code, c.birth_governorate)
      is distinct from (a.nationality, a.document_type_code, a.birth_governorate)
  returning true
)
select count(*)::int as completed from completed`;

/** How far the rollups have counted, and the oldest hours whose events and receipts are still kept. */
interface Place extends FeedPosition {
  countedTo: Date | null;
  eventsSince: Date | null;
  receiptsSince: Date | null;
}

/** SQL: before this time there are only rows of held people, whose neighbours are gone. */
const RETIRED = (table: 'changes' | 'receipts') =>
  `(select before from retired_months where table_name = '${table}')`;

/** Tables of one row, `changes_place`, primary key of `receipts`. */
async function readPlace(tx: Tx): Promise<Place> {
  const [place] = await tx.query<Place[]>(
    `select ${placeColumns('f')}, r.counted_to as "countedTo",
       greatest((select date_trunc('hour', changed_at, 'UTC') from changes c order by ${PLACE} limit 1), ${RETIRED('changes')})
         as "eventsSince",
       greatest((select date_trunc('hour', min(received_at), 'UTC') from receipts), ${RETIRED('receipts')}) as "receiptsSince"
     from feed_cursors f, stats_receipts r where f.follower = 'stats'`,
  );
  if (place === undefined) throw new Error('a cursor of the statistics is gone');
  return place;
}

/**
 * Recounts the days of a range, as far as the rollups have counted, and compares. `tx` must be REPEATABLE READ: in one
 * snapshot rollups and cursors belong together, so nobody is held up. An applicant with changes after the cursor is
 * counted as the version before the first of them; a tombstone without versions never was one. Hours whose events or receipts are no longer kept stay as they are. That
 * a day is the sum of its hours is always checked.
 *
 * `applicants_first_received`, months of `changes` and `receipts`, `changes_place` behind the cursor.
 */
export async function recount(tx: Tx, { from, to }: Range): Promise<Recounted> {
  const place = await readPlace(tx);
  const rows = await askPatiently<Recounted>(tx, RECOUNT, [
    from,
    to,
    place.countedTo,
    place.eventsSince,
    place.receiptsSince,
    ...placeValues(place),
  ]);
  return rows[0]!;
}

const IN_RANGE = (column: string): string => `${column} >= $1::timestamptz and ${column} < $2::timestamptz`;
const CURSOR = placeAt(6);
const SEEN = `(${PLACE}) <= (${CURSOR})`;

const RECOUNT = `
with unseen as materialized (
  select c.applicant_id, min(c.version) as version from changes c where ${allBehind(CURSOR)} group by 1
), versions as (
  select a.first_received_at as at, 1 as sign, ${versionColumns('a')} from applicants a
  where ${IN_RANGE('a.first_received_at')} and a.version > 0
    and not exists (select from unseen u where u.applicant_id = a.applicant_id)
  union all
  select a.first_received_at, 1, ${versionColumns('c')}
  from unseen u join applicants a using (applicant_id)
    join changes c on c.applicant_id = u.applicant_id and c.version = u.version - 1
  where ${IN_RANGE('a.first_received_at')}
), events as (
  select changed_at, event, source, outcome from changes c
  where ${IN_RANGE('changed_at')} and changed_at >= $4::timestamptz and ${SEEN}
), noticed as (
  select noticed_at, event from notices c
  where ${IN_RANGE('noticed_at')} and noticed_at >= $4::timestamptz and ${SEEN}
), taken as (
  select * from receipts where ${IN_RANGE('received_at')} and received_at < $3::timestamptz
), kept as (
  select topic, grain, start, value, n from stats where ${IN_RANGE('start')}
), counted as materialized (
  ${countVersions('versions')}
  union all ${countEvents('events', 'noticed')}
  union all (${countReceipts('taken')})
  union all
  select start, topic, value, n from kept
  where grain = 'hour' and case
    when topic in (${MEASURED_TOPICS.map((topic) => `'${topic}'`).join(', ')}) then true
    when topic like 'applicant.%' then false
    when topic like 'event.%' then start < coalesce($4::timestamptz, 'infinity')
    else start < coalesce($5::timestamptz, 'infinity')
  end
), compared as (
  select topic, grain, start, value, coalesce(c.n, 0) as counted, coalesce(k.n, 0) as kept
  from (${withDays('counted')}) c full join kept k using (topic, grain, start, value)
  where coalesce(c.n, 0) <> coalesce(k.n, 0)
), totals as (
  select coalesce(sum(n) filter (where topic = 'applicant.outcome'), 0)::float8 as applicants,
    coalesce(sum(n) filter (where topic = 'event.type'), 0)::float8 as events,
    coalesce(sum(n) filter (where topic like '%.count'), 0)::float8 as receipts
  from counted
)
select t.*, (select coalesce(json_agg(d order by topic, grain, start, value), '[]') from compared d) as differences
from totals t`;

/** Adds the missing counts and takes away the surplus. What was rolled up meanwhile stays counted. Primary key. */
export async function correct(tx: Tx, differences: readonly Difference[]): Promise<void> {
  await tx.query(
    addRows(`select topic, grain, start, value, n
      from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::bigint[]) as t(topic, grain, start, value, n)`),
    [
      differences.map(({ topic }) => topic),
      differences.map(({ grain }) => grain),
      differences.map(({ start }) => start),
      differences.map(({ value }) => value),
      differences.map(({ counted, kept }) => counted - kept),
    ],
  );
}

/** The stale day that was noted first. */
export async function readStaleDay(tx: Tx): Promise<(Range & { notedAt: string }) | undefined> {
  const rows = await tx.query<{ day: Date; notedAt: string }[]>(
    'select day, noted_at::text as "notedAt" from stats_stale_days order by noted_at limit 1',
  );
  return rows[0] && { ...cairoDay(rows[0].day), notedAt: rows[0].notedAt };
}

/** Drops a stale day unless it was noted again. Primary key. */
export async function dropStaleDay(tx: Tx, { from, notedAt }: Range & { notedAt: string }): Promise<void> {
  await tx.query('delete from stats_stale_days where day = $1 and noted_at = $2', [from, notedAt]);
}
