import type { Tx } from '../db/tx.js';
import type { Position } from './cursors.js';
import type { ListReceiptsQuery, ReceiptItemDto } from './receipts.dto.js';

/** A receipt without what it holds of applicants. The id is a UUIDv7 of `receivedAt`, so an id alone finds its month. */
export type ReceiptSummary = Omit<ReceiptItemDto, 'receivedAt'> & { receivedAt: Date };

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

/** Newest first, by the primary key (received_at, id) of each month from the newest back. */
export async function listReceipts(
  tx: Tx,
  filter: ReceiptFilter,
  after: Position | null,
  limit: number,
): Promise<ReceiptSummary[]> {
  return tx.query<ReceiptSummary[]>(
    `select ${COLUMNS} from receipts
     where ($1::text is null or state = $1) and ($2::text is null or kind = $2) and ($3::text is null or source = $3)
       and received_at >= coalesce($4::timestamptz, '-infinity') and received_at < coalesce($5::timestamptz, 'infinity')
       and (received_at, id) < (coalesce($6::timestamptz, 'infinity'), coalesce($7::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
     order by received_at desc, id desc limit $8`,
    [
      filter.state ?? null,
      filter.kind ?? null,
      filter.source ?? null,
      filter.receivedFrom ?? null,
      filter.receivedTo ?? null,
      after?.at ?? null,
      after?.id ?? null,
      limit,
    ],
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
