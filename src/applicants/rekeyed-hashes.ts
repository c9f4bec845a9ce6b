import { canonicalJson, hashOfCanonical } from '../enroll-contract/canonical.js';
import type { Element, FieldName, Outcome } from '../enroll-contract/types.js';
import type { Opened } from './content.js';
import { type HashKeyer, keyKept, KnownHashes, type VersionHashes } from './known-hashes.js';

interface Entry extends VersionHashes {
  isContentNew: boolean;
  isDeliveredNew: boolean;
}

/**
 * The known hashes of one applicant on their way to the first key of the ring. A keyed hash does not tell what it is of, so each
 * is made anew from what it was of: the content of its version, and the element as it was received. One of a delivery is replaced
 * only where what was received fits it.
 */
export class RekeyedHashes {
  private readonly entries: Entry[];
  /** The oldest version that is known. */
  readonly first: number;

  /** @param kept as `KnownHashes.read` takes it */
  constructor(
    kept: string,
    version: number,
    private readonly keyer: HashKeyer,
    private readonly nullsClear: ReadonlySet<FieldName>,
  ) {
    this.entries = KnownHashes.entriesOf(keyKept(kept, version, keyer)).map((entry) => ({
      ...entry,
      isContentNew: false,
      isDeliveredNew: false,
    }));
    this.first = version - this.entries.length + 1;
  }

  /** Whether all of them are of the first key. */
  get isDone(): boolean {
    return this.entries.every(({ isContentNew, isDeliveredNew }) => isContentNew && isDeliveredNew);
  }

  /** Hashes of deliveries or contents that cannot be made anew. */
  get forgotten(): number {
    return this.entries.filter(({ isContentNew, isDeliveredNew }) => !isContentNew || !isDeliveredNew).length;
  }

  /** Hex. */
  get newest(): string {
    return this.entries.at(-1)?.content ?? '';
  }

  isDelivered(version: number): boolean {
    return this.entries[version - this.first]?.isDeliveredNew ?? true;
  }

  /** @param said the outcome of the row, for versions that were sealed without it @returns whether the hash was of this content */
  content(version: number, { canonical, bound }: Opened, said: Outcome): boolean {
    const entry = this.entries[version - this.first];
    if (entry === undefined) return true;
    const hashes = this.keyer(hashOfCanonical(canonical, bound?.outcome ?? said));
    if (!entry.isContentNew && !hashes.includes(entry.content)) return false;
    Object.assign(entry, { content: hashes[0], isContentNew: true });
    // a first version, and an update that brings everything, were delivered as they are kept
    if (hashes.includes(entry.delivered))
      Object.assign(entry, { delivered: hashes[0], isDeliveredNew: true });
    return true;
  }

  delivered(version: number, element: Element, outcome: Outcome): void {
    const entry = this.entries[version - this.first];
    if (entry === undefined) return;
    const canonical = canonicalJson(element);
    // which nulls cleared a field then, a setting said
    const cleared = [[], element.nulls.filter((name) => this.nullsClear.has(name)), element.nulls];
    for (const names of cleared) {
      const said = names.length > 0 ? `${outcome}|${names.join()}` : outcome;
      const hashes = this.keyer(hashOfCanonical(canonical, said));
      if (!hashes.includes(entry.delivered)) continue;
      Object.assign(entry, { delivered: hashes[0], isDeliveredNew: true });
      return;
    }
  }

  /** Hex of the kept form. What cannot be made anew leaves nothing of the older key behind. */
  toString(): string {
    const text = this.entries.map((entry, at) => {
      const content = entry.isContentNew ? entry.content : this.keyer(`gone|${this.first + at}`)[0];
      return content + (entry.isDeliveredNew ? entry.delivered : content);
    });
    return KnownHashes.keptForm(text.join(''));
  }
}
