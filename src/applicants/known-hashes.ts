/** Hashes of one version. Text, since a Buffer per hash costs more than the hash. */
export interface VersionHashes {
  /** Of the content. */
  content: string;
  /** Of what was delivered. */
  delivered: string;
}

const HASH_DIGITS = 16;
const ENTRY_DIGITS = 2 * HASH_DIGITS;
/** Bounds the row: 4 KiB of hashes. An older delivery than that counts as new content. */
export const MAX_KNOWN_VERSIONS = 256;

/** The hashes of one applicant's versions, the newest `MAX_KNOWN_VERSIONS` of them. Grows with what is decided. */
export class KnownHashes {
  /** 32 hex digits per version, oldest first. */
  private text: string;
  private last: VersionHashes;
  /** Newest version of each hash; made when it is first asked for: most applicants have one version. */
  private byHash?: { content: Map<string, number>; delivered: Map<string, number> };

  /** @param text as `toString` gave it, of the versions up to `version` */
  constructor(
    text: string,
    private version: number,
  ) {
    this.text = text;
    this.last = entryAt(text, text.length - ENTRY_DIGITS);
  }

  /** Those of a first version. */
  static of({ content, delivered }: VersionHashes): KnownHashes {
    return new KnownHashes(content + delivered, 1);
  }

  get newest(): VersionHashes {
    return this.last;
  }

  /** The newest version before the current one with this content or this delivery. */
  earlier({ content, delivered }: VersionHashes): number | null {
    if (this.version === 1) return null;
    this.byHash ??= this.index();
    const newest = Math.max(this.byHash.content.get(content) ?? 0, this.byHash.delivered.get(delivered) ?? 0);
    return newest > Math.max(0, this.version - MAX_KNOWN_VERSIONS) ? newest : null;
  }

  /** Adds the next version. */
  add(hashes: VersionHashes): void {
    this.version++;
    this.text += hashes.content + hashes.delivered;
    this.last = hashes;
    this.byHash?.content.set(hashes.content, this.version);
    this.byHash?.delivered.set(hashes.delivered, this.version);
  }

  toString(): string {
    return this.text.slice(-MAX_KNOWN_VERSIONS * ENTRY_DIGITS);
  }

  private index(): { content: Map<string, number>; delivered: Map<string, number> } {
    const byHash = { content: new Map<string, number>(), delivered: new Map<string, number>() };
    const first = this.version - this.text.length / ENTRY_DIGITS + 1;
    for (let at = 0, version = first; at < this.text.length; at += ENTRY_DIGITS, version++) {
      const { content, delivered } = entryAt(this.text, at);
      byHash.content.set(content, version);
      byHash.delivered.set(delivered, version);
    }
    return byHash;
  }
}

function entryAt(text: string, at: number): VersionHashes {
  return {
    content: text.slice(at, at + HASH_DIGITS),
    delivered: text.slice(at + HASH_DIGITS, at + ENTRY_DIGITS),
  };
}
