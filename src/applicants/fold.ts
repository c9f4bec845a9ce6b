import type { KeyedHash } from '../crypto/keyed-hash.js';
import type { Sealer } from '../crypto/sealer.js';
import { type Opened, openVersion } from './content.js';
import type { Current } from './decide.js';
import { keyerOf, KnownHashes } from './known-hashes.js';
import { differingFrom, differingOutcome } from './tampering.js';
import type { CurrentRow, StoredApplicant, VersionRow } from './versions.types.js';

/** One applicant: as it is stored, then as each decision leaves it. */
export interface FoldedApplicant {
  /** False if its content was too large to be read together with the applicants before it. */
  isRead: boolean;
  /** Under erasure, or erased: what comes of it is parked. */
  isErased: boolean;
  current: StoredCurrent | Current | null;
  /** The version in the database, 0 for none. */
  storedVersion: number;
  /** The version that is to be written last. */
  latest: VersionRow | null;
  /** Blind index of the idNumber that it holds at present. */
  idNumberIndex: bigint | null;
}

/** Opens and compares what is stored. */
export interface Secrets {
  sealer: Sealer;
  keyedHash: KeyedHash;
}

/** Blind indexes of the idNumbers in a fold: hashing one again would cost as much as deciding. */
export type IdNumberIndexes = Map<string, bigint | null>;

/**
 * The applicants of one batch while it is decided on. What one element makes of its applicant is what the next element
 * meets, though nothing is written yet: a list has the same effect as its elements in one callback each.
 */
export class Fold {
  private readonly applicants = new Map<string, FoldedApplicant>();
  /** How many applicants of this fold hold an idNumber at present (A22). */
  private readonly holders = new Map<bigint, number>();
  /** IdNumbers that applicants outside of this fold hold, by the database. */
  private readonly heldOutside = new Set<bigint>();

  constructor(
    rows: CurrentRow[],
    readonly idNumbers: IdNumberIndexes,
    private readonly secrets: Secrets,
  ) {
    for (const row of rows) this.add(row);
  }

  /** Whether all that is stored of the applicant was read; if not, the next batch decides on it. */
  isRead(applicantId: string): boolean {
    return this.applicant(applicantId).isRead;
  }

  isErased(applicantId: string): boolean {
    return this.applicant(applicantId).isErased;
  }

  applicant(applicantId: string): FoldedApplicant {
    const applicant = this.applicants.get(applicantId);
    if (applicant === undefined) throw new Error('an applicant is decided on that was not read');
    return applicant;
  }

  /** Whether another applicant holds the same idNumber. */
  samePerson(applicant: FoldedApplicant, idNumberIndex: bigint | null): boolean {
    if (idNumberIndex === null) return false;
    const itself = applicant.idNumberIndex === idNumberIndex ? 1 : 0;
    return (this.holders.get(idNumberIndex) ?? 0) > itself || this.heldOutside.has(idNumberIndex);
  }

  /** Moves the applicant on to this row. */
  advance(applicant: FoldedApplicant, row: VersionRow, current: Current): void {
    if (applicant.latest !== null) applicant.latest.latest = false;
    applicant.latest = row;
    applicant.current = current;
    this.hold(applicant, row.idNumberIndex);
  }

  private add({ applicantId, stored, heldOutside, idNumberIndex }: CurrentRow): void {
    if (!this.applicants.has(applicantId)) {
      const isErased = stored?.isErased === true;
      const current = stored && !isErased ? currentOf(applicantId, stored, this.secrets) : null;
      const storedVersion = stored?.version ?? 0;
      const applicant = {
        isRead: isErased || isRead(stored),
        isErased,
        current,
        storedVersion,
        latest: null,
        idNumberIndex: null,
      };
      this.applicants.set(applicantId, applicant);
      this.hold(applicant, stored?.idNumberIndex ?? null);
    }
    if (heldOutside && idNumberIndex !== null) this.heldOutside.add(idNumberIndex);
  }

  /** An applicant holds one idNumber: it gives up the one before. */
  private hold(applicant: FoldedApplicant, idNumberIndex: bigint | null): void {
    const before = applicant.idNumberIndex;
    if (before === idNumberIndex) return;
    if (before !== null) this.holders.set(before, (this.holders.get(before) ?? 1) - 1);
    if (idNumberIndex !== null) this.holders.set(idNumberIndex, (this.holders.get(idNumberIndex) ?? 0) + 1);
    applicant.idNumberIndex = idNumberIndex;
  }
}

/** Whether nothing is stored of an applicant, or all of it was read. */
export function isRead(stored: StoredApplicant | null): boolean {
  return stored === null || stored.sealed !== null;
}

/** An applicant as its row says, which may differ from what was sealed with it. */
export interface StoredCurrent extends Current {
  /** What was sealed, with the names of the columns that say something else; null where none does, or it was not opened. */
  asSealed(): { current: Current; tampered: string[] } | null;
}

/** What is stored of an applicant, as a decision needs it. */
export function currentOf(applicantId: string, stored: StoredApplicant, secrets: Secrets): StoredCurrent {
  const { version, outcome, flags, firstReceivedAt, lastReceivedAt, sealed } = stored;
  const keyer = keyerOf(secrets.keyedHash, applicantId);
  const said = { outcome, flags, firstReceivedAt, lastReceivedAt };
  let opened: Opened | undefined;
  const current: StoredCurrent = {
    version,
    ...said,
    known: KnownHashes.read(stored.knownHashes, version, keyer),
    open: () => {
      if (sealed === null) throw new Error('an applicant is decided on that was not read');
      opened = openVersion(secrets.sealer, applicantId, version, sealed);
      return opened.content;
    },
    asSealed: () => {
      if (opened === undefined) return null;
      const { content: hash } = current.known.newest;
      const differing = { ...differingFrom(opened, said), ...differingOutcome(opened, outcome, hash, keyer) };
      const tampered = Object.keys(differing);
      return tampered.length === 0 ? null : { current: { ...current, ...differing }, tampered };
    },
  };
  return current;
}

/** @returns what `decide` says of the applicant as it was sealed, should a changed row have been decided on first */
export function onWhatWasSealed<T>(
  applicant: { current: StoredCurrent | Current | null },
  judge: () => T,
  onTampered: (version: number, columns: string[]) => void,
): T {
  const judged = judge();
  const { current } = applicant;
  const sealed = current !== null && 'asSealed' in current ? current.asSealed() : null;
  if (sealed === null) return judged;
  onTampered(sealed.current.version, sealed.tampered);
  applicant.current = sealed.current;
  return judge();
}
