import { MAX_PAGE_BYTES } from '../db/page-bytes.repository.js';
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
 * delivery that changed nothing, those that are not applied yet, those that could not be read, and those whose versions are gone
 * already. `changes_pkey`, `quarantine_applicant`, `receipts_duplicates`, `receipts_pending`, `receipts_rejected`.
 *
 * What was taken for theirs came before, whatever the clock of the process said that took it. What came after is in quarantine.
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
    `with theirs as materialized (
       select receipt_id, replay_receipt_id, received_at < $5 as is_before from quarantine where applicant_id = any($2)
     )
     select receipt_id as id from changes where applicant_id = any($1)
     union (select id from receipts where duplicates > 0 and received_at >= $3
       union select r.id from receipts r where r.received_at >= $3
         and r.received_at < (select m.before from retired_months m where m.table_name = 'changes')
       except select receipt_id from theirs where not is_before)
     union select receipt_id from theirs where is_before
     union select replay_receipt_id from theirs where is_before and replay_receipt_id is not null
     union select id from (
       select receipt_id as id from quarantine where applicant_id is null
       union select id from receipts where state = 'pending'
       union select id from receipts where state = 'rejected') nobodys where id < $4`,
    [applicantIds, applicantIds.flatMap(spellingsOf), since, firstIdAt(before), before],
  );
  return rows.map(({ id }) => id);
}

/** The smallest UUIDv7 of a time: ids are in the order of time. */
function firstIdAt(time: Date): string {
  const millis = time.getTime().toString(16).padStart(12, '0');
  return `${millis.slice(0, 8)}-${millis.slice(8)}-7000-8000-000000000000`;
}

/** The sealed body, and how far the receipt is. */
export interface SealedBody {
  receiptId: string;
  body: Buffer;
  state: ReceiptState;
}

const BODIES_AT_ONCE = 50;

/** The sealed bodies of these receipts, in their order, without those that are gone. Primary key, one probe each. */
export async function* sealedBodies(tx: Tx, receiptIds: readonly string[]): AsyncGenerator<SealedBody> {
  for (let at = 0; at < receiptIds.length;) {
    const ids = receiptIds.slice(at, at + BODIES_AT_ONCE);
    const rows = await tx.query<{ ord: number; id: string; body: Buffer | null; state: ReceiptState }[]>(
      `select k.ord::int, r.id, r.state,
         case when coalesce(sum(octet_length(r.body)) over (order by k.ord rows between unbounded preceding and 1 preceding), 0)
           < ${MAX_PAGE_BYTES} then r.body end as body
       from unnest($1::timestamptz[], $2::uuid[]) with ordinality as k(received_at, id, ord) cross join lateral (
         select * from receipts r where r.received_at = k.received_at and r.id = k.id limit 1) r order by k.ord`,
      [ids.map(timeOf), ids],
    );
    const cut = rows.find(({ body }) => body === null);
    for (const { id: receiptId, body, state } of rows) if (body !== null) yield { receiptId, body, state };
    at += cut === undefined ? ids.length : cut.ord - 1;
  }
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
