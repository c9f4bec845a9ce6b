/** Place in the feed: the writing transaction (xid8) and the number within it, both as decimal text. */
export interface FeedPosition {
  tx: string;
  seq: string;
}

/*
 * The order of the feed and how far it is shown, as SQL over a row `c` of `changes` or `notices`: here and nowhere else.
 * `changes_feed` of each month and the primary key of `notices` serve both. `c.` matters: a bare `order by tx` would mean
 * the text of that name, and "9" comes behind "10".
 */
export const PLACE = 'c.tx, c.seq';
/** Its columns, without an alias. */
export const PLACE_NAMES = 'tx, seq';
export const NEWEST_FIRST = 'c.tx desc, c.seq desc';

/** Columns of a place, as a `FeedPosition` has them. */
export const placeColumns = (alias: string): string => `${alias}.tx::text, ${alias}.seq::text`;

/** A place, given as parameters of these numbers. */
export const placeAt = (first: number): string => `$${first}::xid8, $${first + 1}::bigint`;

/** The place that a row of another table holds, such as a cursor. */
export const placeOf = (alias: string): string => `${alias}.tx, ${alias}.seq`;

/** A place as the values of `placeAt`. */
export const placeValues = ({ tx, seq }: FeedPosition): [string, string] => [tx, seq];

/**
 * The end of what is shown, as a place that no event has. A row is shown once every transaction that began before its own
 * has ended: until then one with a smaller number could still commit, and a reader who had passed it would never see it.
 * So a transaction that is left open holds up the feed; it never makes it skip.
 */
export const END = 'pg_snapshot_xmin(pg_current_snapshot()), 0::bigint';

const SHOWN = 'c.tx < pg_snapshot_xmin(pg_current_snapshot())';

/** Rows behind a place, shown or not. */
export const allBehind = (place: string): string => `(${PLACE}) > (${place})`;

/** Rows behind a place that are shown. */
export const behind = (place: string): string => `${allBehind(place)} and ${SHOWN}`;

/**
 * Rows from one place to another, both included, given as parameters from this number on. `tx` alone is said for the
 * planner: of a range of pairs it expects a quarter of all rows, and reads them all.
 */
export function between(first: number): string {
  const [from, to] = [placeAt(first), placeAt(first + 2)];
  return `c.tx between $${first}::xid8 and $${first + 2}::xid8 and (${PLACE}) between (${from}) and (${to})`;
}
