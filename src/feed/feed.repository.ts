import type { Tx } from '../db/tx.js';
import type { Outcome } from '../enroll-contract/types.js';
import type { EventType } from './feed.types.js';
import {
  behind,
  END,
  IS_OF_THE_PAST,
  type FeedPosition,
  NEWEST_FIRST,
  PLACE,
  PLACE_NAMES,
  placeAt,
  placeColumns,
  placeOf,
  placeValues,
  unseenPlaceAt,
} from './order.types.js';

export interface FeedRow extends FeedPosition {
  applicantId: string;
  version: number;
  event: EventType;
  outcome: Outcome;
  previousOutcome: Outcome | null;
  status: number | null;
  changedFields: string[];
  flags: string[];
  changedAt: Date;
  receiptId: string | null;
  /** Written before the last restore or failover of the database: readers may have seen it before that. */
  isOfThePast: boolean;
}

/** Which events pass; an empty list admits all. */
export interface FeedFilter {
  events: readonly EventType[];
  outcomes: readonly Outcome[];
}

const VERSIONS = `${PLACE}, c.applicant_id, c.version, c.event, c.outcome, c.previous_outcome, c.status, c.changed_fields,
  c.flags, c.changed_at, c.receipt_id`;
const NOTICES = `${PLACE}, c.applicant_id, c.version, c.event, c.outcome, null, c.status, '{}'::text[], c.flags,
  c.noticed_at, c.receipt_id`;
/** Lists as JSON: node-postgres parses arrays letter by letter, which was half the cost of an event. */
const ROW = `${placeColumns('c')}, c.applicant_id as "applicantId", c.version, c.event, c.outcome,
  c.previous_outcome as "previousOutcome", c.status, to_json(c.changed_fields) as "changedFields",
  to_json(c.flags) as flags, c.changed_at as "changedAt", c.receipt_id as "receiptId", ${IS_OF_THE_PAST} as "isOfThePast"`;

/** Rows `c` of the feed after a place, changes and notices merged. The arguments are SQL. */
export function feedBehind(place: string, limit: string): string {
  const next = `where ${behind(place)} order by ${PLACE} limit ${limit}`;
  return `(select ${VERSIONS} from changes c ${next}) union all (select ${NOTICES} from notices c ${next})`;
}

/** Whether a row `c` passes a filter; the arguments are SQL. */
export function passes(events: string, outcomes: string): string {
  return `(cardinality(${events}) = 0 or c.event = any(${events}))
    and (cardinality(${outcomes}) = 0 or c.outcome = any(${outcomes}))`;
}

/** Most bytes of field names and flags in one page; a full page of real events has about 40 KB. */
const MAX_PAGE_NAME_BYTES = 1024 * 1024;
/** Short lists need no exact count; long ones may be compressed. */
const nameBytes = (list: string) =>
  `case when pg_column_size(${list}) < 1000 then pg_column_size(${list}) else octet_length(${list}::text) end`;
/** Rows `c`, in their order, each with whether the page still holds it: an event with many keys fills a page alone. */
const counted = (rows: string) =>
  `select c.*, row_number() over w = 1 or sum(${nameBytes('c.changed_fields')} + ${nameBytes('c.flags')}) over w <= ${MAX_PAGE_NAME_BYTES}
     as fits
   from (${rows}) c window w as (rows unbounded preceding)`;

/** Events after a position, in the order of the feed: at least one, and as many as a page may hold. See `feedBehind`. */
export async function readEvents(tx: Tx, after: FeedPosition, limit: number): Promise<FeedRow[]> {
  return tx.query<FeedRow[]>(
    `select ${ROW} from (${counted(`select * from (${feedBehind(unseenPlaceAt(2), '$1')}) c order by ${PLACE} limit $1`)}) c where fits`,
    [limit, ...placeValues(after)],
  );
}

/** Result of a search among the next rows of the feed. */
export interface Examined {
  rows: FeedRow[];
  /** How many rows were examined. */
  examined: number;
  /** The last place that was examined. */
  reached: FeedPosition;
}

/**
 * The first `limit` events that pass a filter, among the next `examine` rows after a position. However rare they are, a
 * statement reads no more rows than that (twice, if it finds fewer events). See `feedBehind`.
 */
export async function readPassing(
  tx: Tx,
  after: FeedPosition,
  filter: FeedFilter,
  limit: number,
  examine: number,
): Promise<Examined> {
  const window = `select * from (${feedBehind(unseenPlaceAt(5), '$2')}) c order by ${PLACE} limit $2`;
  const found = await tx.query<(FeedRow & { window: (FeedPosition & { rows: number }) | null })[]>(
    `with passing as materialized (
       ${counted(`select * from (${window}) c where ${passes('$3::text[]', '$4::text[]')} order by ${PLACE} limit $1`)}
     ), window_end as (
       select ${placeColumns('c')}, count(*) over ()::int as rows from (${window}) c
       where (select count(*) from passing) < $1 and not exists (select from passing where not fits)
       order by ${NEWEST_FIRST} limit 1
     )
     select ${ROW}, to_json(w) as window
     from (values (true)) one left join window_end w on true left join passing c on c.fits order by ${PLACE}`,
    [limit, examine, filter.events, filter.outcomes, ...placeValues(after)],
  );
  const rows = found.filter((row) => row.tx !== null).map(({ window: _, ...row }) => row);
  const end = found[0]?.window ?? undefined;
  return { rows, examined: end?.rows ?? 0, reached: end ?? rows.at(-1) ?? after };
}

/** The end of what is shown: every event that is shown from now on comes after it. Reads no table. */
export async function readEnd(tx: Tx): Promise<FeedPosition> {
  const rows = await tx.query<FeedPosition[]>(
    `select ${placeColumns('c')} from (select ${END}) c(${PLACE_NAMES})`,
  );
  return rows[0]!;
}

/** Whether a position lies within what is shown; the cursor of another cluster may not. Reads no table. */
export async function isShown(tx: Tx, place: FeedPosition): Promise<boolean> {
  const rows = await tx.query<{ shown: boolean }[]>(
    `select (${placeAt(1)}) <= (${END}) as shown`,
    placeValues(place),
  );
  return rows[0]?.shown === true;
}

/** Where the feed begins: what was written before this place is retired. A table of two rows. */
export async function readStart(tx: Tx, place: FeedPosition): Promise<FeedPosition & { isAfter: boolean }> {
  const rows = await tx.query<(FeedPosition & { isAfter: boolean })[]>(
    `select ${placeColumns('m')}, (${placeOf('m')}) > (${placeAt(1)}) as "isAfter"
     from retired_months m where m.table_name = 'changes'`,
    placeValues(place),
  );
  return rows[0]!;
}

/** SQL: whether any event is shown after a place. */
export const anyBehind = (place: string): string => {
  const next = (table: string) =>
    `(select true from ${table} c where ${behind(place)} order by ${PLACE} limit 1)`;
  return `coalesce(${next('changes')}, ${next('notices')}, false)`;
};

/** How far the feed is shown, and whether there are new events. */
export interface HighWatermark extends FeedPosition {
  rose: boolean;
}

/** Whether any event has been shown since the feed ended at a place. Reads only what came in between. */
export async function readHighWatermark(tx: Tx, before: FeedPosition): Promise<HighWatermark> {
  const rows = await tx.query<HighWatermark[]>(
    `select ${placeColumns('c')}, ${anyBehind(unseenPlaceAt(1))} as rose from (select ${END}) c(${PLACE_NAMES})`,
    placeValues(before),
  );
  return rows[0]!;
}

/** A known event: its place, and its time to the millisecond, which finds the month. */
export interface FeedPlace extends FeedPosition {
  changedAt: Date;
}

const AT = `(${PLACE}) = (${placeOf('p')})`;

/** The events at these places, in any order, without those that are no longer kept. */
export async function readEventsAt(tx: Tx, places: readonly FeedPlace[]): Promise<FeedRow[]> {
  return tx.query<FeedRow[]>(
    `with p as materialized (
       select * from unnest($1::bigint[], $2::xid8[], $3::bigint[], $4::timestamptz[]) as p(history, tx, seq, at)
     )
     select ${ROW} from (
       select c.* from p, lateral (select ${VERSIONS} from changes c
         where ${AT} and c.changed_at >= p.at and c.changed_at < p.at + interval '1 millisecond' limit 1) c
       union all
       select c.* from p, lateral (select ${NOTICES} from notices c where ${AT} limit 1) c
     ) c`,
    [
      places.map((place) => place.history),
      places.map((place) => place.tx),
      places.map((place) => place.seq),
      places.map((place) => place.changedAt),
    ],
  );
}

/** First and last transaction of one history that wrote versions. */
export interface HistoryEnds {
  history: string;
  first: string;
  last: string;
}

/** Histories that wrote versions, newest first. `changes_place` of each month, a few probes for each history. */
export async function readHistories(tx: Tx): Promise<HistoryEnds[]> {
  return tx.query<HistoryEnds[]>(
    `with recursive h(history) as (
       (select c.history from changes c order by c.history desc limit 1)
       union all
       select (select c.history from changes c where c.history < h.history order by c.history desc limit 1)
       from h where h.history is not null
     )
     select h.history::text,
       (select c.tx::text from changes c where c.history = h.history order by c.tx limit 1) as first,
       (select c.tx::text from changes c where c.history = h.history order by c.tx desc limit 1) as last
     from h where h.history is not null order by h.history desc`,
  );
}

/** When a history wrote its first version in this transaction or a later one. `changes_place` of each month. */
export async function readTimeAt(tx: Tx, history: string, at: string): Promise<Date | undefined> {
  const rows = await tx.query<{ changedAt: Date }[]>(
    `select changed_at as "changedAt" from changes c where c.history = $1::bigint and c.tx >= $2::xid8
     order by c.history, c.tx limit 1`,
    [history, at],
  );
  return rows[0]?.changedAt;
}
