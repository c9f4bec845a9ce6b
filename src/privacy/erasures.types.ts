/**
 * The states of an erasure, and its moves:
 *
 * | from | to | when |
 * |---|---|---|
 * | – | `restricted` | it is asked for: from the commit on nobody reads the person |
 * | `restricted` | `held` | a worker takes it up, and somebody holds the person |
 * | `held` | `restricted` | the hold is over |
 * | `restricted` | `erasing` | a worker takes it up, and nobody holds the person |
 * | `erasing` | `erasing` | the store or the database is away, or the worker died: every step is done again, and finds what is left |
 * | `erasing` | `erased` | nothing is left, and the feed is told, in one commit |
 * | `erased` | `erasing` | the database was restored, or a row set back: the person is here again |
 *
 * A hold that comes once it is `erasing` is refused: part of the person is gone.
 */
export const ERASURE_STATES = ['restricted', 'held', 'erasing', 'erased'] as const;

export type ErasureState = (typeof ERASURE_STATES)[number];

/** What was overwritten: how many of each. */
export interface ErasureCounts {
  versions?: number;
  receipts?: number;
  quarantined?: number;
  images?: number;
  exports?: number;
  /** Rows of other tables. */
  others?: number;
  /** Receipts, and elements that name nobody, that no key opens. They stay, and whose they are nobody can tell. */
  unopened?: number;
}

/** One erasure. It may be of several applicants: of all that have one national id. */
export interface ErasureRow {
  id: string;
  applicantIds: string[];
  /** Sealed. Of somebody whom elements of nobody name, until nothing is left. */
  idNumber: Buffer | null;
  reason: string;
  requestedBy: string;
  requestedAt: Date;
  state: ErasureState;
  beganAt: Date | null;
  erasedAt: Date | null;
  counts: ErasureCounts;
  errorCode: string | null;
  attempts: number;
  ledgerPlace: number | null;
}
