import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CallbackKind, Outcome } from '../enroll-contract/types.js';

/** Who put a list of applicants into the inbox (column `source` of receipts, changes and quarantine). */
export type Source = 'callback' | 'replay' | 'reconciliation';

/** One version of one applicant: history and feed entry at once, written once and never changed. */
@Entity('changes')
export class Change {
  @PrimaryColumn('text', { name: 'applicant_id' }) applicantId: string;
  @PrimaryColumn('integer') version: number;
  @PrimaryColumn('timestamptz', { name: 'changed_at' }) changedAt: Date;
  /** Of the database, see `src/db/histories.ts`; with `tx` and `seq` the order of the feed. */
  @Column('bigint') history: string;
  /** Writing transaction. An xid8, which TypeORM does not know by name. */
  @Column('text') tx: string;
  @Column('bigint') seq: string;
  @Column('text') event: string;
  @Column('uuid', { name: 'receipt_id' }) receiptId: string;
  /** Position in the receipt's list, from 0. */
  @Column('integer', { name: 'element_index' }) elementIndex: number;
  @Column('timestamptz', { name: 'received_at' }) receivedAt: Date;
  @Column('text') source: Source;
  @Column('text') kind: CallbackKind;
  @Column('text') outcome: Outcome;
  @Column('text', { name: 'previous_outcome', nullable: true }) previousOutcome: Outcome | null;
  @Column('integer', { nullable: true }) status: number | null;
  @Column('text', { name: 'changed_fields', array: true }) changedFields: string[];
  @Column('text', { array: true }) flags: string[];
  @Column('text', { nullable: true }) nationality: string | null;
  @Column('text', { name: 'document_type_code', nullable: true }) documentTypeCode: string | null;
  @Column('text', { name: 'birth_governorate', nullable: true }) birthGovernorate: string | null;
  /** The earlier version with the same content (A11). */
  @Column('integer', { name: 'reverts_to', nullable: true }) revertsTo: number | null;
  @Column('bytea', { name: 'content_hash', select: false }) contentHash: Buffer;
  @Column('bytea', { select: false }) sealed: Buffer;
}
