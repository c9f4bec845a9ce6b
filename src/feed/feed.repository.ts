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

const VERSIONS = `c.tx, c.seq, c.applicant_id, c.version, c.event, c.outcome, c.previous_outcome, c.status, c.changed_fields,
  c.flags, c.changed_at, c.receipt_id`;
const NOTICES = `c.tx, c.seq, c.applicant_id, c.version, c.event, c.outcome, null, c.status, '{}'::text[], c.flags,
  c.noticed_at, c.receipt_id`;
const ROW = `tx::text, seq::text, applicant_id as "applicantId", version, event, outcome, previous_outcome as "previousOutcome",
  status, changed_fields as "changedFields", flags, changed_at as "changedAt", receipt_id as "receiptId"`;
/** `c.` matters: a bare `order by tx` would mean the text of that name, and "9" comes behind "10". */
const NEXT = `where (c.tx, c.seq) > ($1::xid8, $2::bigint) and c.tx < pg_snapshot_xmin(pg_current_snapshot())
  order by c.tx, c.seq limit $3`;

/**
 * Events behind a position, in the feed's order: `changes_feed` (tx, seq) of each month and the primary key of
 * `notices`, merged.
 *
 * A row is shown once every transaction that began before its own has ended: until then one with a smaller number could
 * still commit, and a reader who had passed it would never see it. So a transaction that is left open holds up the
 * feed; it never makes it skip.
 */
export async function readEvents(tx: Tx, after: FeedPosition, limit: number): Promise<FeedRow[]> {
  return tx.query<FeedRow[]>(
    `select ${ROW} from (
       (select ${VERSIONS} from changes c ${NEXT}) union all (select ${NOTICES} from notices c ${NEXT})
     ) c order by c.tx, c.seq limit $3`,
    [after.tx, after.seq, limit],
  );
}
