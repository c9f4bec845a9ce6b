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

/** Makes the cursor of a follower, at the beginning of the feed; leaves one that is there. Primary key. */
export async function ensureCursor(tx: Tx, follower: string): Promise<void> {
  await tx.query('insert into feed_cursors (follower) values ($1) on conflict do nothing', [follower]);
}

/** Whether there is anything behind the cursor. `changes_place` of each month, `notices_place`. */
export async function hasUnseen(tx: Tx, follower: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `select from feed_cursors f where f.follower = $1 and ${anyBehind(placeOf('f'))}`,
    [follower],
  );
  return rows.length > 0;
}

/** The cursor, locked for this transaction; undefined where another process has it. Primary key. */
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
