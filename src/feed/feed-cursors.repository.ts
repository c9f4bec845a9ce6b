import pg from 'pg';
import type { Tx } from '../db/tx.js';
import { anyBehind } from './feed.repository.js';
import {
  type FeedPosition,
  placeAt,
  placeColumns,
  PLACE_NAMES,
  placeOf,
  placeValues,
} from './order.types.js';

/** Makes the cursor of a follower at the beginning of the feed, unless there is one. Primary key. */
export async function ensureCursor(tx: Tx, follower: string): Promise<void> {
  await tx.query('insert into feed_cursors (follower) values ($1) on conflict do nothing', [follower]);
}

/** SQL: whether there are events after the cursor. `changes_place` of each month, `notices_place`. */
export function isBehind(follower: string): string {
  return `exists (select from feed_cursors f where f.follower = ${pg.escapeLiteral(follower)} and ${anyBehind(placeOf('f'))})`;
}

export async function hasUnseen(tx: Tx, follower: string): Promise<boolean> {
  const [row] = await tx.query<{ found: boolean }[]>(`select ${isBehind(follower)} as found`);
  return row?.found === true;
}

/** The cursor, locked for this transaction; undefined if another process has locked it. Primary key. */
export async function lockCursor(tx: Tx, follower: string): Promise<FeedPosition | undefined> {
  const rows = await tx.query<FeedPosition[]>(
    `select ${placeColumns('f')} from feed_cursors f where follower = $1 for update skip locked`,
    [follower],
  );
  return rows[0];
}

/** The row that `lockCursor` locked. */
export async function moveCursor(tx: Tx, follower: string, to: FeedPosition): Promise<void> {
  await tx.query(`update feed_cursors set (${PLACE_NAMES}) = (${placeAt(2)}) where follower = $1`, [
    follower,
    ...placeValues(to),
  ]);
}
