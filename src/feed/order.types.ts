import { z } from 'zod';

/**
 * Place in the feed: the history, the writing transaction (xid8) and the number within it, as decimal text. Transaction
 * ids mean something only within one history (`src/db/histories.ts`); every newer history comes behind every older one.
 */
export interface FeedPosition {
  history: string;
  tx: string;
  seq: string;
}

/*
 * The order of the feed and how far it is shown, as SQL over a row `c` of `changes` or `notices`: here and nowhere else.
 * `changes_place` of each month and `notices_place` serve both. `c.` matters: a bare `order by tx` would mean the text of
 * that name, and "9" comes behind "10".
 */
export const PLACE = 'c.history, c.tx, c.seq';
/** Its columns, without an alias. */
export const PLACE_NAMES = 'history, tx, seq';
export const NEWEST_FIRST = 'c.history desc, c.tx desc, c.seq desc';

/** Columns of a place, as a `FeedPosition` has them. */
export const placeColumns = (alias: string): string =>
  `${alias}.history::text, ${alias}.tx::text, ${alias}.seq::text`;

/** A place, given as parameters from this number on. */
export const placeAt = (first: number): string =>
  `$${first}::bigint, $${first + 1}::xid8, $${first + 2}::bigint`;

/** The place that a row of another table holds, such as a cursor. */
export const placeOf = (alias: string): string => `${alias}.history, ${alias}.tx, ${alias}.seq`;

/** A place as the values of `placeAt`. */
export const placeValues = ({ history, tx, seq }: FeedPosition): [string, string, string] => [
  history,
  tx,
  seq,
];

const HISTORY_NOW = '(select n.history from history_now n)';
const OLDEST_RUNNING = 'pg_snapshot_xmin(pg_current_snapshot())';

/**
 * The end of what is shown, as a place that no event has. A row of an older history is shown, since all its transactions
 * are over; one of the present once every transaction that began before its own has ended: until then one with a smaller
 * number could still commit, and a reader who had passed it would never see it. So a transaction that is left open
 * holds up the feed; it never makes it skip.
 */
export const END = `${HISTORY_NOW}, ${OLDEST_RUNNING}, 0::bigint`;

/** Whether a row was written before the database was restored or failed over last. */
export const IS_OF_THE_PAST = `c.history < ${HISTORY_NOW}`;

/** Rows behind a place, shown or not. */
export const allBehind = (place: string): string => `(${PLACE}) > (${place})`;

/** Rows behind a place that are shown. */
export const behind = (place: string): string =>
  `${allBehind(place)} and (c.history, c.tx) < (${HISTORY_NOW}, ${OLDEST_RUNNING})`;

/**
 * Rows from one place to another of the same history, both included, given as parameters from this number on. Spelled
 * out for the planner: of a range of rows it expects a quarter of the table, and reads it whole.
 */
export function between(first: number): string {
  const [from, to] = [placeAt(first), placeAt(first + 3)];
  return `c.history = $${first}::bigint and c.tx between $${first + 1}::xid8 and $${first + 4}::xid8
  and (${PLACE}) between (${from}) and (${to})`;
}

/** Positive numbers that fit xid8 and bigint. */
const NUMBER = z.string().regex(/^\d{1,18}$/);

/** A place within cursors. History 0 is left out: so cursors from before there were histories are good for ever. */
export const PLACE_KEY = z.union([z.tuple([NUMBER, NUMBER]), z.tuple([NUMBER, NUMBER, NUMBER])]);

export function placeKey({ history, tx, seq }: FeedPosition): string[] {
  return history === '0' ? [tx, seq] : [history, tx, seq];
}

export function placeOfKey(key: z.infer<typeof PLACE_KEY>): FeedPosition {
  const [seq = '', tx = '', history = '0'] = [...key].reverse();
  return { history, tx, seq };
}
