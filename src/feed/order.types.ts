import { z } from 'zod';

/**
 * Place in the feed: the history, the writing transaction (xid8) and the number within it, as decimal text. Transaction
 * ids are comparable only within one history (`src/db/histories.ts`). A newer history comes after every older one.
 */
export interface FeedPosition {
  history: string;
  tx: string;
  seq: string;
}

/*
 * The order of the feed and how far it is shown, as SQL over a row `c` of `changes` or `notices`: here and nowhere else.
 * `changes_place` of each month and `notices_place` serve both. `c.` matters: a bare `order by tx` would mean the text of
 * that name, and "9" sorts after "10".
 */
export const PLACE = 'c.history, c.tx, c.seq';
/** The same columns without an alias. */
export const PLACE_NAMES = 'history, tx, seq';
export const NEWEST_FIRST = 'c.history desc, c.tx desc, c.seq desc';

/** Select list of a place, with the names of a `FeedPosition`. */
export const placeColumns = (alias: string): string =>
  `${alias}.history::text, ${alias}.tx::text, ${alias}.seq::text`;

/** A place given as three parameters; this is the number of the first. */
export const placeAt = (first: number): string =>
  `$${first}::bigint, $${first + 1}::xid8, $${first + 2}::bigint`;

/**
 * The same for rows behind it or before it, whose number the planner must not guess from the values. Where there is one history, no row
 * has a greater one: it expects none, and sorts the whole backlog for each page.
 */
export const unseenPlaceAt = (first: number): string =>
  `(select $${first}::bigint), (select $${first + 1}::xid8), (select $${first + 2}::bigint)`;

/** The place in a row of another table, such as a cursor. */
export const placeOf = (alias: string): string => `${alias}.history, ${alias}.tx, ${alias}.seq`;

/** Values for the parameters of `placeAt`. */
export const placeValues = ({ history, tx, seq }: FeedPosition): [string, string, string] => [
  history,
  tx,
  seq,
];

export const HISTORY_NOW = '(select n.history from history_now n)';
export const OLDEST_RUNNING = 'pg_snapshot_xmin(pg_current_snapshot())';

/**
 * The end of what is shown, as a place that no event has. Rows of older histories are shown, because all their transactions
 * are over. A row of the present one is shown once every transaction that began before its own has ended. Until then a
 * smaller number could still commit, and a reader that had passed it would never see it. So an open transaction holds up
 * the feed, but never makes it skip.
 */
export const END = `${HISTORY_NOW}, ${OLDEST_RUNNING}, 0::bigint`;

/** Whether a row was written before the last restore or failover of the database. */
export const IS_OF_THE_PAST = `c.history < ${HISTORY_NOW}`;

/** Rows after a place, shown or not. */
export const allBehind = (place: string): string => `(${PLACE}) > (${place})`;

/** Rows after a place that are shown. */
export const behind = (place: string): string =>
  `${allBehind(place)} and (c.history, c.tx) < (${HISTORY_NOW}, ${OLDEST_RUNNING})`;

/**
 * Rows from one place to another of the same history, both included, given as six parameters; `first` is the number of the
 * first. The history and the transactions are spelled out for the planner: for a plain range of rows it expects a quarter of
 * the table, and reads all of it.
 */
export function between(first: number): string {
  const [from, to] = [placeAt(first), placeAt(first + 3)];
  return `c.history = $${first}::bigint and c.tx between $${first + 1}::xid8 and $${first + 4}::xid8
  and (${PLACE}) between (${from}) and (${to})`;
}

/** Positive numbers that fit xid8 and bigint. */
const NUMBER = z.string().regex(/^\d{1,18}$/);

/** A place within a cursor. It leaves out history 0, so cursors from before there were histories stay valid. */
export const PLACE_KEY = z.union([z.tuple([NUMBER, NUMBER]), z.tuple([NUMBER, NUMBER, NUMBER])]);

export function placeKey({ history, tx, seq }: FeedPosition): string[] {
  return history === '0' ? [tx, seq] : [history, tx, seq];
}

export function placeOfKey(key: z.infer<typeof PLACE_KEY>): FeedPosition {
  const [seq = '', tx = '', history = '0'] = [...key].reverse();
  return { history, tx, seq };
}
