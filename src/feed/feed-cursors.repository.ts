import type { Tx } from '../db/tx.js';
import type { FeedPosition } from './feed.repository.js';

/** Makes the cursor of a follower, at the beginning of the feed; leaves one that is there. Primary key. */
export async function ensureCursor(tx: Tx, follower: string): Promise<void> {
  await tx.query('insert into feed_cursors (follower) values ($1) on conflict do nothing', [follower]);
}

/** Whether there is anything behind the cursor. `changes_feed` of each month, primary key of `notices`. */
export async function hasUnseen(tx: Tx, follower: string): Promise<boolean> {
  const next = (table: string) => `exists (select from ${table} c
    where (c.tx, c.seq) > (f.tx, f.seq) and c.tx < pg_snapshot_xmin(pg_current_snapshot()))`;
  const rows = await tx.query<unknown[]>(
    `select from feed_cursors f where f.follower = $1 and (${next('changes')} or ${next('notices')})`,
    [follower],
  );
  return rows.length > 0;
}

/** The cursor, locked for this transaction; undefined where another process has it. Primary key. */
export async function lockCursor(tx: Tx, follower: string): Promise<FeedPosition | undefined> {
  const rows = await tx.query<FeedPosition[]>(
    'select tx::text, seq::text from feed_cursors where follower = $1 for update skip locked',
    [follower],
  );
  return rows[0];
}

/** The row that `lockCursor` locked. */
export async function moveCursor(tx: Tx, follower: string, to: FeedPosition): Promise<void> {
  await tx.query('update feed_cursors set tx = $2::xid8, seq = $3::bigint where follower = $1', [
    follower,
    to.tx,
    to.seq,
  ]);
}
