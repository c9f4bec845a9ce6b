import { Injectable } from '@nestjs/common';
import { KeyRing, type RingKey } from './key-ring.js';
import { nestedHash, type NestedKey, nestedKey } from './nested-hash.js';

const HASH_DIGITS = 32;

/** One hash under each key of the ring, that of the first key first: it is what is written. */
export type KeyedHashes = readonly [string, ...string[]];

/**
 * Keyed hashes of what is sealed, to tell whether something equal was seen before: 128 bits as 32 hex digits. Whoever
 * reads a row without a key must not be able to try values until the hash fits.
 */
@Injectable()
export class KeyedHash {
  private readonly first: NestedKey;
  private readonly others: readonly NestedKey[];

  constructor(ring: KeyRing) {
    this.first = keyOf(ring.current);
    this.others = ring.keys.filter((key) => key !== ring.current).map(keyOf);
  }

  /** What is written. `text` must say what it is a hash of, so that equal values in two places do not show as equal. */
  of(text: string): string {
    return keyedHash(this.first, text);
  }

  /** What may have been written, also before the last rotations. */
  candidates(text: string): KeyedHashes {
    return this.others.length === 0
      ? [this.of(text)]
      : [this.of(text), ...this.others.map((key) => keyedHash(key, text))];
  }
}

function keyOf({ subKeys }: RingKey): NestedKey {
  return nestedKey(subKeys.hash);
}

function keyedHash(key: NestedKey, text: string): string {
  return nestedHash(key, text).slice(0, HASH_DIGITS);
}
