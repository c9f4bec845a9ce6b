import { Injectable } from '@nestjs/common';
import { KeyRing, type RingKey } from './key-ring.js';
import { nestedHash, type NestedKey, nestedKey } from './nested-hash.js';

const HASH_DIGITS = 32;

/** One hash per key of the ring. The first one, of the first key, is the one to write. */
export type KeyedHashes = readonly [string, ...string[]];

/**
 * Keyed hashes of sealed content, to recognize equal content: 128 bits as 32 hex digits. Without the key, a reader of a row
 * must not be able to try values until the hash fits.
 */
@Injectable()
export class KeyedHash {
  private readonly first: NestedKey;
  private readonly others: readonly NestedKey[];

  constructor(ring: KeyRing) {
    this.first = keyOf(ring.current);
    this.others = ring.keys.filter((key) => key !== ring.current).map(keyOf);
  }

  /** The hash to write. `text` must name its kind of content, so that equal values in two places have different hashes. */
  of(text: string): string {
    return keyedHash(this.first, text);
  }

  /** All hashes that may have been written, including those before the last rotations. */
  candidates(text: string): KeyedHashes {
    return [this.of(text), ...this.others.map((key) => keyedHash(key, text))];
  }
}

function keyOf({ subKeys }: RingKey): NestedKey {
  return nestedKey(subKeys.hash);
}

function keyedHash(key: NestedKey, text: string): string {
  return nestedHash(key, text).slice(0, HASH_DIGITS);
}
