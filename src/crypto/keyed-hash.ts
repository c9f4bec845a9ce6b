import { Injectable } from '@nestjs/common';
import { createHmac, hash } from 'node:crypto';
import { KeyRing, type RingKey } from './key-ring.js';

const HASH_DIGITS = 32;

/** One hash under each key of the ring, that of the first key first: it is what is written. */
export type KeyedHashes = readonly [string, ...string[]];

/**
 * Keyed hashes of what is sealed, to tell whether something equal was seen before: 128 bits as 32 hex digits. Whoever
 * reads a row without a key must not be able to try values until the hash fits.
 */
@Injectable()
export class KeyedHash {
  private readonly first: string;
  private readonly others: readonly string[];

  constructor(ring: KeyRing) {
    this.first = blockOf(ring.current);
    this.others = ring.keys.filter((key) => key !== ring.current).map(blockOf);
  }

  /** What is written. `text` must say what it is a hash of, so that equal values in two places do not show as equal. */
  of(text: string): string {
    return keyedHash(this.first, text);
  }

  /** What may have been written, also before the last rotations. */
  candidates(text: string): KeyedHashes {
    return this.others.length === 0
      ? [this.of(text)]
      : [this.of(text), ...this.others.map((block) => keyedHash(block, text))];
  }
}

/** 64 hex digits: one whole block of SHA-256. */
function blockOf({ subKeys }: RingKey): string {
  return createHmac('sha256', subKeys.hash).update('block').digest('hex');
}

/**
 * One hash over key and text costs a third of node's HMAC object. Cut to half of SHA-256 it cannot be continued with
 * more text, which is what HMAC's second pass is for.
 */
function keyedHash(block: string, text: string): string {
  return hash('sha256', block + text, 'hex').slice(0, HASH_DIGITS);
}
