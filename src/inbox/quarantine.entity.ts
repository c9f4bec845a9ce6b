import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Source } from '../applicants/changes.entity.js';
import type { CallbackKind } from '../enroll-contract/types.js';

export const QUARANTINE_STATES = ['open', 'replayed', 'discarded'] as const;

/** open -> replayed (taken after a fix or a replay) | discarded (with a reason); both are final. */
export type QuarantineState = (typeof QUARANTINE_STATES)[number];

/** One element that could not be taken, kept as received. */
@Entity('quarantine')
export class Quarantined {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'receipt_id' }) receiptId: string;
  /** Position in the receipt's list, from 0. */
  @Column('integer', { name: 'element_index' }) elementIndex: number;
  @Column('timestamptz', { name: 'received_at' }) receivedAt: Date;
  @Column('text') source: Source;
  @Column('text') kind: CallbackKind;
  @Column('text', { name: 'applicant_id', nullable: true }) applicantId: string | null;
  @Column('text') code: string;
  /** Public text without values. */
  @Column('text') reason: string;
  @Column('text') state: QuarantineState;
  @Column('timestamptz', { name: 'resolved_at', nullable: true }) resolvedAt: Date | null;
  @Column('text', { name: 'resolved_by', nullable: true }) resolvedBy: string | null;
  @Column('text', { nullable: true }) resolution: string | null;
  @Column('uuid', { name: 'replay_receipt_id', nullable: true }) replayReceiptId: string | null;
  @Column('integer', { name: 'element_bytes' }) elementBytes: number;
  /** Sealed; AAD `quarantine|<id>`, plain text: the element's bytes as received. */
  @Column('bytea', { select: false }) element: Buffer;
}
