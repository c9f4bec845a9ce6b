import type { Tx } from '../db/tx.js';
import { spellingsOf } from '../enroll-contract/applicant-id.js';
import type { ReceiptState } from './inbox.types.js';
import { timeOf } from './receipts.repository.js';

/** What was cut out of a receipt. */
export interface Redaction {
  receiptId: string;
  erasureId: string;
  redactedAt: Date;
  /** Places in the list; null: the whole body. */
  elements: number[] | null;
  /** Hex. */
  keptHash: string;
}

/**
 * Receipts that may hold an element of these applicants: those that a version or a quarantined element names, those with a
 * delivery that changed nothing, those that are not applied yet, and those that could not be read. `changes_pkey`,
 * `quarantine_applicant`, `receipts_duplicates`, `receipts_pending`, `receipts_rejected`.
 * @param since nothing of theirs was applied before
 * @param before what came later is not looked at
 */
export async function listCandidates(
  tx: Tx,
  applicantIds: readonly string[],
  since: Date,
  before: Date,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }[]>(
    `select id from (
     select receipt_id as id from changes where applicant_id = any($1)
     union select receipt_id from quarantine where applicant_id = any($2)
     union select replay_receipt_id from quarantine where applicant_id = any($2) and replay_receipt_id is not null
     union select receipt_id from quarantine where applicant_id is null
     union select id from receipts where duplicates > 0 and received_at >= $3
     union select id from receipts where state = 'pending'
     union select id from receipts where state = 'rejected') found where id < $4`,
    [applicantIds, applicantIds.flatMap(spellingsOf), since, firstIdAt(before)],
  );
  return rows.map(({ id }) => id);
}

/** The smallest UUIDv7 of a time: ids are in the order of time. */
function firstIdAt(time: Date): string {
  const millis = time.getTime().toString(16).padStart(12, '0');
  return `${millis.slice(0, 8)}-${millis.slice(8)}-7000-8000-000000000000`;
}

/** The sealed body, and how far the receipt is. Primary key. */
export async function readSealedBody(
  tx: Tx,
  receiptId: string,
): Promise<{ body: Buffer; state: ReceiptState } | undefined> {
  const rows = await tx.query<{ body: Buffer; state: ReceiptState }[]>(
    'select body, state from receipts where received_at = $1 and id = $2',
    [timeOf(receiptId), receiptId],
  );
  return rows[0];
}

/**
 * Overwrites a body, and writes down what of it. Primary keys.
 * @param before the sealed body that was cut: where it is another one by now, nothing is written
 * @returns whether it was written
 */
export async function redactBody(
  tx: Tx,
  { receiptId, erasureId, elements, keptHash }: Omit<Redaction, 'redactedAt'>,
  before: Buffer,
  body: Buffer,
): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `with cut as (
       update receipts set body = $3 where received_at = $1 and id = $2 and body = $4 and state <> 'pending' returning id
     )
     insert into receipt_redactions (receipt_id, erasure_id, elements, kept_hash)
     select id, $5, $6, decode($7, 'hex') from cut
     on conflict (receipt_id, erasure_id) do update
       set elements = receipt_redactions.elements || excluded.elements, kept_hash = excluded.kept_hash, redacted_at = now()
     returning true`,
    [timeOf(receiptId), receiptId, body, before, erasureId, elements, keptHash],
  );
  return rows.length > 0;
}

const REDACTION = `receipt_id as "receiptId", erasure_id as "erasureId", redacted_at as "redactedAt", elements,
  encode(kept_hash, 'hex') as "keptHash"`;

/** What was cut out of one receipt. Primary key. */
export async function listRedactionsOf(tx: Tx, receiptId: string): Promise<Redaction[]> {
  return tx.query<Redaction[]>(
    `select ${REDACTION} from receipt_redactions where receipt_id = $1 order by redacted_at`,
    [receiptId],
  );
}

/** What one erasure cut out of receipts. A table of few rows. */
export async function listRedactionsBy(tx: Tx, erasureId: string): Promise<Redaction[]> {
  return tx.query<Redaction[]>(
    `select ${REDACTION} from receipt_redactions where erasure_id = $1 order by receipt_id`,
    [erasureId],
  );
}

/** Quarantined elements of these applicants, and those that name nobody. `quarantine_applicant`. */
export async function listQuarantined(
  tx: Tx,
  applicantIds: readonly string[],
  before: Date,
): Promise<{ id: string; applicantId: string | null }[]> {
  return tx.query(
    `select id, applicant_id as "applicantId" from quarantine where (applicant_id = any($1) or applicant_id is null) and received_at < $2`,
    [applicantIds.flatMap(spellingsOf), before],
  );
}

/** Puts a stub in the place of an element, and aside for good. Primary key. */
export async function emptyQuarantined(
  tx: Tx,
  { id, element, bytes }: { id: string; element: Buffer; bytes: number },
): Promise<void> {
  await tx.query(
    `update quarantine set element = $2, element_bytes = $3, reason = 'erased', resolution = 'erased',
       state = case state when 'open' then 'discarded' else state end,
       resolved_at = coalesce(resolved_at, now()), resolved_by = coalesce(resolved_by, 'system')
     where id = $1`,
    [id, element, bytes],
  );
}
