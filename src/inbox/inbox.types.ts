import type { Source } from '../applicants/changes.entity.js';
import type { Standing } from '../applicants/versions.types.js';
import type { CallbackKind } from '../enroll-contract/types.js';

export const RECEIPT_STATES = ['applied', 'pending', 'rejected'] as const;

/** `pending`: committed, but not applied yet; `rejected`: kept as received, nothing could be taken from it. */
export type ReceiptState = (typeof RECEIPT_STATES)[number];

/** A list of applicants as it arrived. */
export interface Arrived {
  source: Source;
  kind: CallbackKind;
  /** The body after decompression; of one that was refused unread, the first bytes as they came over the wire. */
  bytes: Buffer;
  /** Of a body that was refused unread: its declared length, or the bytes that came. Those beyond `bytes` are not kept. */
  sentBytes?: number;
  /** Of a body that was refused unread: the `Content-Encoding` of `bytes`. */
  contentEncoding?: string;
  clientId?: string;
  remoteAddress?: string;
  requestId?: string;
  contentType?: string;
  /** How long it waited for the database before its body was read. */
  waitedMs?: number;
  /** Of eNROLL's answer to a query of ours: when we asked. A callback received since then is newer. */
  asOf?: Date;
}

/** What the inbox would make of an element. */
export type Previewed = ({ applicantId: string } & Standing) | { applicantId: null; result: 'refused' };
