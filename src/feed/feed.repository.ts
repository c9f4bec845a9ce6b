import type { Tx } from '../db/tx.js';
import type { Outcome } from '../enroll-contract/types.js';
import type { EventType } from './feed.types.js';

/** Place in the feed: the writing transaction (xid8) and the number within it, both as decimal text. */
export interface FeedPosition {
  tx: string;
  seq: string;
}

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
}

/** Which events; an empty list admits all. */
export interface FeedFilter {
  events: readonly EventType[];
  outcomes: readonly Outcome[];
}

const VERSIONS = `c.tx, c.seq, c.applicant_id, c.version, c.event, c.outcome, c.previous_outcome, c.status, c.changed_fields,
  c.flags, c.changed_at, c.receipt_id`;
const NOTICES = `c.tx, c.seq, c.applicant_id, c.version, c.event, c.outcome, null, c.status, '{}'::text[], c.flags,
  c.noticed_at, c.receipt_id`;
/** Lists as JSON: node-postgres reads an array letter by letter, which was half of what an event cost the server. */
const ROW = `c.tx::text, c.seq::text, c.applicant_id as "applicantId", c.version, c.event, c.outcome,
  c.previous_outcome as "previousOutcome", c.status, to_json(c.changed_fields) as "changedFields",
  to_json(c.flags) as flags, c.changed_at as "changedAt", c.receipt_id as "receiptId"`;

/**
 * Rows `c` of the feed behind a place, in its order: `changes_feed` (tx, seq) of each month and the primary key of
 * `notices`, merged. The arguments are SQL.
 *
 * A row is shown once every transaction that began before its own has ended: until then one with a smaller number could
 * still commit, and a reader who had passed it would never see it. So a transaction that is left open holds up the
 * feed; it never makes it skip.
 *
 * `c.` matters: a bare `order by tx` would mean the text of that name, and "9" comes behind "10".
 */
export function feedBehind(tx: string, seq: string, limit: string): string {
  const next = `where (c.tx, c.seq) > (${tx}, ${seq}) and c.tx < pg_snapshot_xmin(pg_current_snapshot())
    order by c.tx, c.seq limit ${limit}`;
  return `(select ${VERSIONS} from changes c ${next}) union all (select ${NOTICES} from notices c ${next})`;
}

/** Whether a row `c` passes a filter; the arguments are SQL. */
export function passes(events: string, outcomes: string): string {
  return `(cardinality(${events}) = 0 or c.event = any(${events}))
    and (cardinality(${outcomes}) = 0 or c.outcome = any(${outcomes}))`;
}

/** Events behind a position, in the feed's order; see `feedBehind`. */
export async function readEvents(tx: Tx, after: FeedPosition, limit: number): Promise<FeedRow[]> {
  return tx.query<FeedRow[]>(
    `select ${ROW} from (${feedBehind('$1::xid8', '$2::bigint', '$3')}) c order by c.tx, c.seq limit $3`,
    [after.tx, after.seq, limit],
  );
}

/** What was found among the next rows of the feed. */
export interface Examined {
  rows: FeedRow[];
  /** How many rows were looked at. */
  examined: number;
  /** Behind it is what was not looked at. */
  reached: FeedPosition;
}

/**
 * The first `limit` events that pass a filter, among the next `examine` rows behind a position: however rare they are, a
 * statement reads no more than that (twice, where there are fewer). See `feedBehind`.
 */
export async function readPassing(
  tx: Tx,
  after: FeedPosition,
  filter: FeedFilter,
  limit: number,
  examine: number,
): Promise<Examined> {
  const window = `select * from (${feedBehind('$1::xid8', '$2::bigint', '$4')}) c order by c.tx, c.seq limit $4`;
  const found = await tx.query<(FeedRow & { window: (FeedPosition & { rows: number }) | null })[]>(
    `with passing as materialized (
       select * from (${window}) c where ${passes('$5::text[]', '$6::text[]')} order by c.tx, c.seq limit $3
     ), window_end as (
       select c.tx::text, c.seq::text, count(*) over ()::int as rows from (${window}) c
       where (select count(*) from passing) < $3 order by c.tx desc, c.seq desc limit 1
     )
     select ${ROW}, to_json(w) as window
     from (values (true)) one left join window_end w on true left join passing c on true order by c.tx, c.seq`,
    [after.tx, after.seq, limit, examine, filter.events, filter.outcomes],
  );
  const rows = found.filter((row) => row.tx !== null).map(({ window: _, ...row }) => row);
  const end = found[0]?.window ?? undefined;
  return { rows, examined: end?.rows ?? 0, reached: end ?? rows.at(-1) ?? after };
}

/** The end of what is shown: whatever is shown from now on lies behind it. No table is read. */
export async function readEnd(tx: Tx): Promise<FeedPosition> {
  const rows = await tx.query<FeedPosition[]>(
    `select pg_snapshot_xmin(pg_current_snapshot())::text as tx, '0' as seq`,
  );
  return rows[0]!;
}

/** Whether a position lies within what is shown: cursors of another cluster's transactions do not. No table is read. */
export async function isShown(tx: Tx, { tx: of, seq }: FeedPosition): Promise<boolean> {
  const rows = await tx.query<{ shown: boolean }[]>(
    'select ($1::xid8, $2::bigint) <= (pg_snapshot_xmin(pg_current_snapshot()), 0) as shown',
    [of, seq],
  );
  return rows[0]?.shown === true;
}

/** How far the feed is shown, and whether that brought anything. */
export interface Tide {
  /** The transaction below which everything is shown. */
  below: string;
  rose: boolean;
}

/**
 * Whether anything has been shown since everything below `before` was: `changes_feed` of each month and the primary key
 * of `notices`, over no more than the transactions in between.
 */
export async function lookAtTide(tx: Tx, before: string): Promise<Tide> {
  const between = (table: string) =>
    `exists (select from ${table} c where c.tx >= $1::xid8 and c.tx < now.xmin)`;
  const rows = await tx.query<Tide[]>(
    `select now.xmin::text as below, ${between('changes')} or ${between('notices')} as rose
     from (select pg_snapshot_xmin(pg_current_snapshot()) as xmin) now`,
    [before],
  );
  return rows[0]!;
}

/** An event that is known already: its place, and its time to the millisecond, which finds the month. */
export interface FeedPlace extends FeedPosition {
  changedAt: Date;
}

const AT = `c.tx = p.tx and c.seq = p.seq`;

/**
 * The events at these places, in any order; one that is not kept any more is left out. `changes_feed` of the month, primary
 * key of `notices`.
 */
export async function readEventsAt(tx: Tx, places: readonly FeedPlace[]): Promise<FeedRow[]> {
  return tx.query<FeedRow[]>(
    `with p as materialized (select * from unnest($1::xid8[], $2::bigint[], $3::timestamptz[]) as p(tx, seq, at))
     select ${ROW} from (
       select c.* from p, lateral (select ${VERSIONS} from changes c
         where ${AT} and c.changed_at >= p.at and c.changed_at < p.at + interval '1 millisecond' limit 1) c
       union all
       select c.* from p, lateral (select ${NOTICES} from notices c where ${AT} limit 1) c
     ) c`,
    [
      places.map((place) => place.tx),
      places.map((place) => place.seq),
      places.map((place) => place.changedAt),
    ],
  );
}

/** The first and last transaction that wrote a version, null where there is none. `changes_feed` of each month. */
export async function readFeedEnds(tx: Tx): Promise<{ first: string | null; last: string | null }> {
  const [ends] = await tx.query<{ first: string | null; last: string | null }[]>(
    `select (select tx::text from changes c order by c.tx limit 1) as first,
       (select tx::text from changes c order by c.tx desc limit 1) as last`,
  );
  return ends ?? { first: null, last: null };
}

/** When the first version at or behind a transaction was written. `changes_feed` of each month. */
export async function readTimeAt(tx: Tx, at: string): Promise<Date | undefined> {
  const rows = await tx.query<{ changedAt: Date }[]>(
    'select changed_at as "changedAt" from changes c where c.tx >= $1::xid8 order by c.tx limit 1',
    [at],
  );
  return rows[0]?.changedAt;
}
