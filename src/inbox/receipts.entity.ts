import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Source } from '../applicants/changes.entity.js';
import type { CallbackKind } from '../enroll-contract/types.js';

/** `pending`: committed, not applied yet; `rejected`: kept as received, nothing could be taken from it. */
export type ReceiptState = 'applied' | 'pending' | 'rejected';

/** One callback as received. The key is a UUIDv7 whose milliseconds are `receivedAt`, so an id alone finds its month. */
@Entity('receipts')
export class Receipt {
  @PrimaryColumn('uuid') id: string;
  @PrimaryColumn('timestamptz', { name: 'received_at' }) receivedAt: Date;
  @Column('text') source: Source;
  @Column('text') kind: CallbackKind;
  @Column('text') state: ReceiptState;
  @Column('text', { name: 'client_id', nullable: true }) clientId: string | null;
  @Column('text', { name: 'remote_address', nullable: true }) remoteAddress: string | null;
  @Column('text', { name: 'request_id', nullable: true }) requestId: string | null;
  @Column('text', { name: 'content_type', nullable: true }) contentType: string | null;
  @Column('text', { name: 'error_code', nullable: true }) errorCode: string | null;
  @Column('integer') received: number;
  @Column('integer') applied: number;
  @Column('integer') duplicates: number;
  @Column('integer') quarantined: number;
  /** One letter an element, see the migration; long for long lists, so loaded only where one receipt is shown. */
  @Column('text', { select: false }) results: string;
  @Column('integer') attempts: number;
  /** So long a worker holds a pending receipt that it applies. */
  @Column('timestamptz', { name: 'lease_until', nullable: true }) leaseUntil: Date | null;
  @Column('integer', { name: 'body_bytes' }) bodyBytes: number;
  /** Sealed; AAD `receipt|<id>`, plain text: the bytes as received, after decompression; but see `sentBytes`. */
  @Column('bytea', { select: false }) body: Buffer;
  /** Of a body that was refused unread: its length on the wire. `body` is the beginning of it, not inflated. */
  @Column('bigint', { name: 'sent_bytes', nullable: true }) sentBytes: string | null;
  @Column('text', { name: 'content_encoding', nullable: true }) contentEncoding: string | null;
}
