import type { Source } from '../applicants/changes.entity.js';
import type { CallbackKind } from '../enroll-contract/types.js';

/** `pending`: committed, not applied yet; `rejected`: kept as received, nothing could be taken from it. */
export type ReceiptState = 'applied' | 'pending' | 'rejected';

/** A list of applicants as it arrived. */
export interface Arrived {
  source: Source;
  kind: CallbackKind;
  /** The body after decompression; of one that was refused unread, the first bytes as they came over the wire. */
  bytes: Buffer;
  /** Of a body that was refused unread: how many bytes were declared, or came; those beyond `bytes` are not kept. */
  sentBytes?: number;
  /** Of a body that was refused unread: the `Content-Encoding` of `bytes`. */
  contentEncoding?: string;
  clientId?: string;
  remoteAddress?: string;
  requestId?: string;
  contentType?: string;
  /** So long it waited for the database before its body was read. */
  waitedMs?: number;
  /** Of eNROLL's answer to a question of ours: when we asked. Whatever came since is newer. */
  asOf?: Date;
}

/** What became of one element. `pending`: kept, and applied by a job. */
export type ItemResult = 'created' | 'updated' | 'duplicate' | 'stale' | 'quarantined' | 'pending';

export interface ReportItem {
  index: number;
  applicantId: string | null;
  result: ItemResult;
  code?: string;
}

/** The answer to a callback (M7). `applied` counts created and updated, `duplicates` counts stale ones too. */
export interface Report {
  receiptId: string;
  received: number;
  applied: number;
  duplicates: number;
  quarantined: number;
  items: ReportItem[];
}
