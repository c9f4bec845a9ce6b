import type { KeyedHash } from '../crypto/keyed-hash.js';
import type { Sealer } from '../crypto/sealer.js';
import { openContent } from './content.js';
import type { Current } from './decide.js';
import { keyerOf, KnownHashes } from './known-hashes.js';
import type { CurrentRow, StoredApplicant, VersionRow } from './versions.types.js';

/** One applicant: as it is stored, then as each decision leaves it. */
export interface FoldedApplicant {
  current: Current | null;
  /** The version in the database, 0 for none. */
  storedVersion: number;
  /** The version that is to be written last. */
  latest: VersionRow | null;
  /** Those of the wanted idNumbers that other applicants hold, by the database. */
  twins: bigint[];
}

/** What opens and compares what is stored. */
export interface Secrets {
  sealer: Sealer;
  keyedHash: KeyedHash;
}

/** Blind indexes of the idNumbers in a fold: hashing one again would cost as much as deciding. */
export type IdNumberIndexes = Map<string, bigint | null>;

/** An idNumber that several applicants of one fold brought; no applicantId is blank. */
const SEVERAL = '';

/**
 * The applicants of one batch while it is decided on. What one element makes of its applicant is what the next element
 * meets, though nothing is written yet: a list says the same as its elements in callbacks of their own.
 */
export class Fold {
  private readonly applicants = new Map<string, FoldedApplicant>();
  /** Those who were too much to be read together with the others. */
  private readonly left = new Set<string>();
  /** Who brought an idNumber in this fold (A22). */
  private readonly holders = new Map<bigint, string>();

  constructor(
    rows: CurrentRow[],
    readonly idNumbers: IdNumberIndexes,
    private readonly secrets: Secrets,
  ) {
    for (const row of rows) this.add(row);
  }

  /** Whether an applicant has to wait for another fold. */
  leaves(applicantId: string): boolean {
    return this.left.has(applicantId);
  }

  applicant(applicantId: string): FoldedApplicant {
    const applicant = this.applicants.get(applicantId);
    if (applicant === undefined) throw new Error('an applicant is decided on that was not read');
    return applicant;
  }

  /** Whether another applicant holds the same idNumber. */
  samePerson(applicantId: string, { twins }: FoldedApplicant, idNumberIndex: bigint | null): boolean {
    if (idNumberIndex === null) return false;
    const holder = this.holders.get(idNumberIndex);
    return (holder !== undefined && holder !== applicantId) || twins.includes(idNumberIndex);
  }

  /** From here on the applicant stands as this row has it. */
  advance(applicant: FoldedApplicant, row: VersionRow, current: Current): void {
    if (applicant.latest !== null) applicant.latest.latest = false;
    applicant.latest = row;
    applicant.current = current;
    if (row.idNumberIndex === null) return;
    const holder = this.holders.get(row.idNumberIndex) ?? row.applicantId;
    this.holders.set(row.idNumberIndex, holder === row.applicantId ? holder : SEVERAL);
  }

  private add({ applicantId, stored, left, samePerson, idNumberIndex }: CurrentRow): void {
    if (left) this.left.add(applicantId);
    let applicant = this.applicants.get(applicantId);
    if (applicant === undefined) {
      const current = stored && currentOf(applicantId, stored, this.secrets);
      applicant = { current, storedVersion: stored?.version ?? 0, latest: null, twins: [] };
      this.applicants.set(applicantId, applicant);
    }
    if (samePerson && idNumberIndex !== null) applicant.twins.push(idNumberIndex);
  }
}

/** What is stored of an applicant, as a decision needs it. */
export function currentOf(applicantId: string, stored: StoredApplicant, secrets: Secrets): Current {
  const { version, outcome, flags, lastReceivedAt, sealed } = stored;
  return {
    version,
    outcome,
    flags,
    lastReceivedAt,
    known: KnownHashes.read(stored.knownHashes, version, keyerOf(secrets.keyedHash, applicantId)),
    open: () => openContent(secrets.sealer, applicantId, version, sealed),
  };
}
