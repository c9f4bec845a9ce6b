import type { ApplicantFields, CallbackKind, Element, Facts, Outcome } from '../enroll-contract/types.js';
import type { Source } from './changes.entity.js';
import type { ChangeEvent } from './decide.js';
import type { KnownHashes } from './known-hashes.js';

/** Sealed bytes that one statement reads or writes, plus those of one more applicant. A list of 1,000 real applicants has 1 MB. */
export const BYTES_AT_ONCE = 8 * 1024 * 1024;

/** Contacts beyond these are kept but not findable. */
export const MAX_INDEXED_CONTACTS = 32;

/** An applicant to be read before it is decided on. */
export interface Wanted {
  applicantId: string;
  /** False if another entry asks for what is stored, and this one only for who holds the idNumber. */
  whole: boolean;
  /** Blind index of an element's idNumber, to find other applicants of the same person (A22). */
  idNumberIndex: bigint | null;
}

/** What is stored of an applicant, as far as a decision needs it. */
export interface StoredApplicant {
  version: number;
  outcome: Outcome;
  flags: string[];
  knownHashes: string;
  firstReceivedAt: Date;
  lastReceivedAt: Date;
  /** Blind index of its idNumber. */
  idNumberIndex: bigint | null;
  /** Null if the applicants before it were as many bytes as are read at once. */
  sealed: Buffer | null;
  /** Under erasure, or erased: nothing is decided on it any more. */
  isErased: boolean;
}

export interface CurrentRow {
  applicantId: string;
  /** As it was asked for. */
  idNumberIndex: bigint | null;
  /** The spelling under which the GUID is kept, if it differs from the one asked for (A34); then `stored` is null. */
  keptAs: string | null;
  stored: StoredApplicant | null;
  /** An applicant that was not asked for holds that idNumber. */
  heldOutside: boolean;
}

/** One element on its way to a version, with where it came from. */
export interface Submission {
  element: Element;
  receiptId: string;
  receivedAt: Date;
  asOf: Date | null;
  source: Source;
  kind: CallbackKind;
}

/** What a delivery would come to. `stale`: a callback came since, so nobody knows which of the two is newer. */
export interface Standing {
  result: 'created' | 'updated' | 'duplicate' | 'stale';
  /** The kind under which to deliver it. */
  kind: CallbackKind;
}

/** One version, ready to be written to `applicants` and `changes`. */
export interface VersionRow {
  applicantId: string;
  version: number;
  /** The version that the database holds, 0 for none; more than one behind where several versions are written at once. */
  decidedOn: number;
  /** The last of its applicant in this statement: the one that `applicants` shows. */
  latest: boolean;
  event: ChangeEvent;
  outcome: Outcome;
  previousOutcome: Outcome | null;
  status: number | null;
  fields: ApplicantFields;
  facts: Facts;
  nameKey: string;
  flags: string[];
  /** The `flags` that the version before did not have. */
  raisedFlags: string[];
  changedFields: string[];
  revertsTo: number | null;
  idNumberIndex: bigint | null;
  documentNumberIndex: bigint | null;
  contactIndex: bigint[];
  /** 32 hex digits. */
  contentHash: string;
  /** Of this version and those before it; only read for the latest. */
  known: KnownHashes;
  sealed: Buffer;
  receiptId: string;
  receivedAt: Date;
  source: string;
  kind: CallbackKind;
  elementIndex: number;
}
