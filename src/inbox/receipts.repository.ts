import type { Tx } from '../db/tx.js';
import { spellingsOf } from '../enroll-contract/applicant-id.js';
import type { Position } from './cursors.js';
import type { ListReceiptsQuery, ReceiptElementDto, ListedReceiptDto } from './receipts.dto.js';

/** A receipt without what it holds of applicants. The id is a UUIDv7 of `receivedAt`, so an id alone finds its month. */
export type ReceiptSummary = Omit<ListedReceiptDto, 'receivedAt'> & { receivedAt: Date };

/** Received from `receivedFrom` on, and before `receivedTo`. */
export type ReceiptFilter = Pick<ListReceiptsQuery, 'state' | 'kind' | 'source'> & {
  receivedFrom?: Date;
  receivedTo?: Date;
};

/** The bytes of a receipt. */
export interface SealedBody {
  /** AAD `receipt|<id>`, plain text: the bytes as received, after decompression; but see `isRead`. */
  body: Buffer;
  contentType: string | null;
  /** False where `body` is as it came over the wire: perhaps compressed, perhaps only its beginning. */
  isRead: boolean;
}

export interface PendingSummary {
  count: number;
  oldestSeconds: number;
}

/** Counting must not become the load that it warns of. */
const COUNT_UP_TO = 100_000;
const COLUMNS = `id as "receiptId", received_at as "receivedAt", source, kind, state, client_id as "clientId",
  remote_address as "remoteAddress", request_id as "requestId", content_type as "contentType", error_code as "errorCode",
  received, applied, duplicates, quarantined, attempts, body_bytes as "bodyBytes",
  sent_bytes::float8 as "sentBytes", content_encoding as "contentEncoding"`;

/** Conditions on a receipt, and on its place in the list; `valuesOf` gives their parameters. */
const MATCHES = `($1::text is null or state = $1) and ($2::text is null or kind = $2) and ($3::text is null or source = $3)`;
const within = (id: string) =>
  `received_at >= coalesce($4::timestamptz, '-infinity') and received_at < coalesce($5::timestamptz, 'infinity')
     and (received_at, ${id}) < (coalesce($6::timestamptz, 'infinity'), coalesce($7::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))`;

function valuesOf(filter: ReceiptFilter, after: Position | null): unknown[] {
  const { state, kind, source, receivedFrom, receivedTo } = filter;
  return [state, kind, source, receivedFrom, receivedTo, after?.at, after?.id].map((value) => value ?? null);
}

/** Newest first, by the primary key (received_at, id) of each month from the newest back. */
export async function listReceipts(
  tx: Tx,
  filter: ReceiptFilter,
  after: Position | null,
  limit: number,
): Promise<ReceiptSummary[]> {
  return tx.query<ReceiptSummary[]>(
    `select ${COLUMNS} from receipts where ${MATCHES} and ${within('id')}
     order by received_at desc, id desc limit $8`,
    [...valuesOf(filter, after), limit],
  );
}

/**
 * The elements about one applicant: each became a version, is in quarantine, or changed nothing. Those that are not applied yet are
 * not among them. `changes_pkey` of each month, `quarantine_applicant`, `repeats_pkey`.
 */
const ELEMENTS_OF = `
  select received_at, receipt_id, element_index, applicant_id, case version when 1 then 'created' else 'updated' end as result,
    version, null::uuid as quarantine_id, null as code from changes where applicant_id = $9
  union all select received_at, receipt_id, element_index, applicant_id, 'quarantined', null, id, code
    from quarantine where applicant_id = any($10)
  union all select received_at, receipt_id, element_index, applicant_id, result, null, null, null
    from repeats where applicant_id = $9`;

/**
 * As `listReceipts`, those with an element about one applicant, and with these elements. Each receipt by its primary key, until the
 * page is full.
 */
export async function listReceiptsOf(
  tx: Tx,
  applicantId: string,
  filter: ReceiptFilter,
  after: Position | null,
  limit: number,
): Promise<ReceiptSummary[]> {
  return tx.query<ReceiptSummary[]>(
    `select r.*, place.elements from (
       select received_at, receipt_id, json_agg(json_build_object('index', element_index, 'applicantId', applicant_id,
         'result', result, 'version', version, 'quarantineId', quarantine_id, 'code', code) order by element_index) as elements
       from (${ELEMENTS_OF}) e where ${within('receipt_id')} group by received_at, receipt_id
       order by received_at desc, receipt_id desc) place
     cross join lateral (
       select ${COLUMNS} from receipts c where c.received_at = place.received_at and c.id = place.receipt_id and ${MATCHES} offset 0) r
     order by place.received_at desc, place.receipt_id desc limit $8`,
    [...valuesOf(filter, after), limit, applicantId, spellingsOf(applicantId)],
  );
}

/** What an element of a receipt became. */
export type Became = Pick<ReceiptElementDto, 'index' | 'version' | 'quarantineId' | 'code'>;

/**
 * What the elements of one receipt about these applicants became, but for repeats. `changes_pkey` of each month since then; the day
 * is for clocks that differ. `quarantine_receipt`.
 */
export async function listBecame(
  tx: Tx,
  receiptId: string,
  applicantIds: readonly string[],
): Promise<Became[]> {
  return tx.query<Became[]>(
    `select element_index as index, version, null::uuid as "quarantineId", null as code from changes
     where applicant_id = any($1) and receipt_id = $2 and changed_at >= $3::timestamptz - interval '1 day'
     union all select element_index, null, id, code from quarantine where receipt_id = $2`,
    [applicantIds, receiptId, timeOf(receiptId)],
  );
}

/** Primary key: the time is in the id, so one month is asked. `results` is long for long lists, so it is read here alone. */
export async function readReceipt(
  tx: Tx,
  receiptId: string,
): Promise<(ReceiptSummary & { results: string }) | undefined> {
  const rows = await tx.query<(ReceiptSummary & { results: string })[]>(
    `select ${COLUMNS}, results from receipts where received_at = $1 and id = $2`,
    [timeOf(receiptId), receiptId],
  );
  return rows[0];
}

/** Primary key, as `readReceipt`. */
export async function readReceiptBody(tx: Tx, receiptId: string): Promise<SealedBody | undefined> {
  const rows = await tx.query<SealedBody[]>(
    `select body, content_type as "contentType", sent_bytes is null as "isRead" from receipts where received_at = $1 and id = $2`,
    [timeOf(receiptId), receiptId],
  );
  return rows[0];
}

/** What waits to be applied, counted up to a bound. `receipts_pending` of every month, which holds nothing else. */
export async function summarizePending(tx: Tx): Promise<PendingSummary> {
  const rows = await tx.query<PendingSummary[]>(
    `select count(*)::int as count, coalesce(extract(epoch from now() - min(received_at)), 0)::float8 as "oldestSeconds"
     from (select received_at from receipts where state = 'pending' order by received_at limit ${COUNT_UP_TO}) waiting`,
  );
  return rows[0] ?? { count: 0, oldestSeconds: 0 };
}

/** The milliseconds of a UUIDv7 (RFC 9562, 5.7). */
export function timeOf(receiptId: string): Date {
  return new Date(Number.parseInt(receiptId.replace('-', '').slice(0, 12), 16));
}
