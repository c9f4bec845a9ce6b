import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DatePrecision, Outcome } from '../enroll-contract/types.js';

/**
 * The current state of one applicant. What is sensitive lives in `sealed` alone and is loaded only on request;
 * written by `ApplicantsRepository.upsert`.
 */
@Entity('applicants')
export class Applicant {
  @PrimaryColumn('text', { name: 'applicant_id' }) applicantId: string;
  @Column('integer') version: number;
  @Column('text') outcome: Outcome;
  @Column('integer', { nullable: true }) status: number | null;
  /** M or F, from any of its spellings (A20); as received it is in the content. */
  @Column('text', { nullable: true }) gender: string | null;
  @Column('text', { name: 'first_name', nullable: true }) firstName: string | null;
  @Column('text', { name: 'family_name', nullable: true }) familyName: string | null;
  /** Normalised search key of both names, '' without a name. */
  @Column('text', { name: 'name_key', select: false }) nameKey: string;
  @Column('text', { nullable: true }) nationality: string | null;
  @Column('text', { name: 'document_type_code', nullable: true }) documentTypeCode: string | null;
  @Column('text', { name: 'issuing_authority', nullable: true }) issuingAuthority: string | null;
  /** ISO date; the first day of the month or year where `issueDatePrecision` is coarser. */
  @Column('date', { name: 'issue_date', nullable: true }) issueDate: string | null;
  @Column('text', { name: 'issue_date_precision', nullable: true }) issueDatePrecision: DatePrecision | null;
  @Column('text', { name: 'birth_governorate', nullable: true }) birthGovernorate: string | null;
  @Column('text', { name: 'live_photo_path', nullable: true }) livePhotoPath: string | null;
  @Column('text', { name: 'id_front_scan_path', nullable: true }) idFrontScanPath: string | null;
  @Column('text', { name: 'id_back_scan_path', nullable: true }) idBackScanPath: string | null;
  @Column('text', { nullable: true }) photo: string | null;
  @Column('text', { name: 'passport_scan_path', nullable: true }) passportScanPath: string | null;
  @Column('text', { array: true }) flags: string[];
  /** Blind index, a signed 64-bit number as text. */
  @Column('bigint', { name: 'id_number_index', nullable: true, select: false }) idNumberIndex: string | null;
  @Column('bigint', { name: 'document_number_index', nullable: true, select: false })
  documentNumberIndex: string | null;
  @Column('bigint', { name: 'contact_index', array: true, select: false }) contactIndex: string[];
  @Column('bytea', { name: 'content_hash', select: false }) contentHash: Buffer;
  @Column('bytea', { name: 'known_hashes', select: false }) knownHashes: Buffer;
  @Column('bytea', { select: false }) sealed: Buffer;
  @Column('timestamptz', { name: 'first_received_at' }) firstReceivedAt: Date;
  @Column('timestamptz', { name: 'last_received_at' }) lastReceivedAt: Date;
  /** The erasure that the applicant is under, or was erased by. */
  @Column('uuid', { name: 'erasure_id', nullable: true }) erasureId: string | null;
}
