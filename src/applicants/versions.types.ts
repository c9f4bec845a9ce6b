import type { ApplicantFields, CallbackKind, Element, Facts, Outcome } from '../enroll-contract/types.js';
import type { ChangeEvent } from './decide.js';

/** An applicant to be read before it is decided on. */
export interface Wanted {
  applicantId: string;
  /** Blind index of the element's idNumber, to find other applicants of the same person (A22). */
  idNumberIndex: bigint | null;
}

/** What is stored of an applicant, as far as a decision needs it. */
export interface StoredApplicant {
  /** As it was first received: of a GUID it may be another spelling than the one asked for (A34). */
  applicantId: string;
  version: number;
  outcome: Outcome;
  flags: string[];
  knownHashes: string;
  lastReceivedAt: Date;
  sealed: Buffer;
}

export interface CurrentRow {
  /** As it was wanted: hashing it once more would cost as much as deciding. */
  idNumberIndex: bigint | null;
  stored: StoredApplicant | null;
  samePerson: boolean;
}

/** One element on its way to a version, with where it came from. */
export interface Submission {
  element: Element;
  receiptId: string;
  receivedAt: Date;
  asOf: Date | null;
  source: string;
  kind: CallbackKind;
}

/** One version, ready to be written to `applicants` and `changes`. */
export interface VersionRow {
  applicantId: string;
  version: number;
  event: ChangeEvent;
  outcome: Outcome;
  previousOutcome: Outcome | null;
  status: number | null;
  fields: ApplicantFields;
  facts: Facts;
  nameKey: string;
  flags: string[];
  /** Those of `flags` that the version before did not have. */
  raisedFlags: string[];
  changedFields: string[];
  revertsTo: number | null;
  idNumberIndex: bigint | null;
  documentNumberIndex: bigint | null;
  contactIndex: bigint[];
  /** 16 hex digits. */
  contentHash: string;
  /** 32 hex digits per version. */
  knownHashes: string;
  sealed: Buffer;
  receiptId: string;
  receivedAt: Date;
  source: string;
  kind: CallbackKind;
  elementIndex: number;
}
