import type { Tx } from '../db/tx.js';

/** A change behind the cursor, with its place in the feed. */
export interface UnseenChange {
  tx: string;
  seq: string;
  applicantId: string;
  version: number;
  changedFields: string[];
  sealed: Buffer;
}

/** How far changes were searched for image paths; locked for this transaction, undefined where another has it. */
export async function lockWantsCursor(tx: Tx): Promise<{ tx: string; seq: string } | undefined> {
  const rows = await tx.query<{ tx: string; seq: string }[]>(
    'select tx::text, seq::text from image_wants for update skip locked',
  );
  return rows[0];
}

/** Whether there is anything behind the cursor. `changes_feed` of each month. */
export async function hasUnseenChanges(tx: Tx): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `select from image_wants w cross join lateral (
       select from changes c
       where (c.tx, c.seq) > (w.tx, w.seq) and c.tx < pg_snapshot_xmin(pg_current_snapshot()) limit 1
     ) unseen`,
  );
  return rows.length > 0;
}

/** The feed behind a place, bounded as the feed itself: nothing that commits late is skipped. `changes_feed`. */
export async function readUnseenChanges(
  tx: Tx,
  after: { tx: string; seq: string },
  limit: number,
): Promise<UnseenChange[]> {
  return tx.query<UnseenChange[]>(
    // `c.` matters: a bare `order by tx` would mean the text of that name, and "9" comes behind "10"
    `select c.tx::text, c.seq::text, c.applicant_id as "applicantId", c.version, c.changed_fields as "changedFields", c.sealed
     from changes c
     where (c.tx, c.seq) > ($1::xid8, $2::bigint) and c.tx < pg_snapshot_xmin(pg_current_snapshot())
     order by c.tx, c.seq limit $3`,
    [after.tx, after.seq, limit],
  );
}

/** The row that `lockWantsCursor` locked. */
export async function moveWantsCursor(tx: Tx, to: { tx: string; seq: string }): Promise<void> {
  await tx.query('update image_wants set tx = $1::xid8, seq = $2::bigint', [to.tx, to.seq]);
}
