import type { KeyedHash, KeyedHashes } from '../crypto/keyed-hash.js';

/** Hashes of one version, keyed, as hex. Text, since a Buffer per hash costs more than the hash. */
export interface VersionHashes {
  /** Of the content. */
  content: string;
  /** Of what was delivered. */
  delivered: string;
}

/** Hashes that a version with this content and this delivery may have. */
export interface WantedHashes {
  content: KeyedHashes;
  delivered: KeyedHashes;
}

/** Keys a plain hash of one applicant's content. */
export type HashKeyer = (plain: string) => KeyedHashes;

const HASH_DIGITS = 32;
const ENTRY_DIGITS = 2 * HASH_DIGITS;
/** Of the hashes that releases up to 0.1 kept: cut SHA-256, without a key. */
const PLAIN_DIGITS = 16;
/** Limits the row to 8 KiB of hashes. A delivery older than that counts as new content. */
export const MAX_KNOWN_VERSIONS = 256;

/**
 * The kept form, in this order: one byte 1, the number of versions in two bytes, 32 bytes per version, oldest first. The
 * previous form had no head and 16 bytes per version, so the length tells them apart. A replica of the previous release that
 * still runs appends its 16 bytes to either form.
 */
const FORM = '01';
const HEAD_DIGITS = 6;

/**
 * The keyer of one applicant's hashes. It keys the plain hash: rows of the previous release hold nothing else, so they can be
 * keyed without opening anything. The id is in small letters, since a GUID in capitals is the same applicant (A34).
 */
export function keyerOf(keyedHash: KeyedHash, applicantId: string): HashKeyer {
  const place = `applicant|${applicantId.toLowerCase()}|`;
  return (plain) => keyedHash.candidates(place + plain);
}

/** The hashes of one applicant's versions, the newest `MAX_KNOWN_VERSIONS` of them. Grows with what is decided. */
export class KnownHashes {
  /** Newest version of each hash; made when it is first asked for: most applicants have one version. */
  private byHash?: { content: Map<string, number>; delivered: Map<string, number> };

  private constructor(
    /** `ENTRY_DIGITS` per version, oldest first. */
    private text: string,
    private version: number,
    private last: VersionHashes = entryAt(text, text.length - ENTRY_DIGITS),
  ) {}

  /** Those of a first version. */
  static of(hashes: VersionHashes): KnownHashes {
    return new KnownHashes(hashes.content + hashes.delivered, 1, hashes);
  }

  /** @param kept hex of the kept form, of the versions up to `version` */
  static read(kept: string, version: number, keyer: HashKeyer): KnownHashes {
    const { keyed, plain } = split(kept);
    return new KnownHashes(plain === '' ? keyed : keyed + keyedText(plain, keyer), version);
  }

  get newest(): VersionHashes {
    return this.last;
  }

  /** The newest version before the current one with this content or this delivery. */
  earlier({ content, delivered }: WantedHashes): number | null {
    if (this.version === 1) return null;
    const byHash = (this.byHash ??= this.index());
    const found = [
      ...content.map((hash) => byHash.content.get(hash) ?? 0),
      ...delivered.map((hash) => byHash.delivered.get(hash) ?? 0),
    ];
    const newest = Math.max(...found);
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

  /** Hex of the kept form. */
  toString(): string {
    return KnownHashes.keptForm(this.text.slice(-MAX_KNOWN_VERSIONS * ENTRY_DIGITS));
  }

  /** @param text hashes of the versions, oldest first @returns hex of the kept form */
  static keptForm(text: string): string {
    return FORM + (text.length / ENTRY_DIGITS).toString(16).padStart(4, '0') + text;
  }

  /** The hashes of the versions in the kept form of today, oldest first. */
  static entriesOf(kept: string): VersionHashes[] {
    const { keyed } = split(kept);
    return Array.from({ length: keyed.length / ENTRY_DIGITS }, (_, nth) =>
      entryAt(keyed, nth * ENTRY_DIGITS),
    );
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

/** What was kept, in the form of today, its plain hashes keyed. */
export function keyKept(kept: string, version: number, keyer: HashKeyer): string {
  return KnownHashes.read(kept, version, keyer).toString();
}

function split(kept: string): { keyed: string; plain: string } {
  const headed = kept.length % (2 * PLAIN_DIGITS) === HEAD_DIGITS && kept.startsWith(FORM);
  if (!headed) return { keyed: '', plain: kept };
  const end = HEAD_DIGITS + ENTRY_DIGITS * Number.parseInt(kept.slice(FORM.length, HEAD_DIGITS), 16);
  return { keyed: kept.slice(HEAD_DIGITS, end), plain: kept.slice(end) };
}

function keyedText(plain: string, keyer: HashKeyer): string {
  let keyed = '';
  for (let at = 0; at < plain.length; at += PLAIN_DIGITS)
    keyed += keyer(plain.slice(at, at + PLAIN_DIGITS))[0];
  return keyed;
}

function entryAt(text: string, at: number): VersionHashes {
  return {
    content: text.slice(at, at + HASH_DIGITS),
    delivered: text.slice(at + HASH_DIGITS, at + ENTRY_DIGITS),
  };
}
