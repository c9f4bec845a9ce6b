import type { Tx } from '../db/tx.js';
import type { Outcome } from '../enroll-contract/types.js';

/** Place in the feed: the writing transaction (xid8) and the number within it, both as decimal text. */
export interface FeedPosition {
  tx: string;
  seq: string;
}

export interface FeedRow extends FeedPosition {
  applicantId: string;
  version: number;
  event: string;
  outcome: Outcome;
  previousOutcome: Outcome | null;
  status: number | null;
  changedFields: string[];
  flags: string[];
  changedAt: Date;
  receiptId: string;
}

/**
 * Changes behind a position, in the feed's order: `changes_feed` (tx, seq) of each month, merged.
 *
 * A row is shown once every transaction that began before its own has ended: until then one with a smaller number could
 * still commit, and a reader who had passed it would never see it. So a transaction that is left open holds up the
 * feed; it never makes it skip.
 */
export async function readChanges(tx: Tx, after: FeedPosition, limit: number): Promise<FeedRow[]> {
  return tx.query<FeedRow[]>(
    // `c.` matters: a bare `order by tx` would mean the text of that name, and "9" comes behind "10"
    `select c.tx::text, c.seq::text, c.applicant_id as "applicantId", c.version, c.event, c.outcome,
       c.previous_outcome as "previousOutcome", c.status, c.changed_fields as "changedFields", c.flags,
       c.changed_at as "changedAt", c.receipt_id as "receiptId"
     from changes c
     where (c.tx, c.seq) > ($1::xid8, $2::bigint) and c.tx < pg_snapshot_xmin(pg_current_snapshot())
     order by c.tx, c.seq limit $3`,
    [after.tx, after.seq, limit],
  );
}
