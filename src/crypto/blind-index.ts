import { Injectable } from '@nestjs/common';
import { KeyRing } from './key-ring.js';
import { nestedHash, type NestedKey, nestedKey } from './nested-hash.js';

/** Sealed fields that can be looked up by exact value. `search`: what somebody searched for, as the audit keeps it. */
export type BlindIndexKind = 'idNumber' | 'documentNumber' | 'phone' | 'email' | 'search';

/**
 * Keyed hashes of sealed fields, so that a btree finds an exact value although the column looks like noise. The key is
 * outside the database: a 14-digit national id has too little entropy for a hash that anybody can compute. They are cut to
 * 64 bits, which fits a `bigint` column, so a hit is checked on the opened row.
 */
@Injectable()
export class BlindIndex {
  private readonly current: NestedKey;
  private readonly all: readonly NestedKey[];

  constructor(ring: KeyRing) {
    this.all = ring.keys.map((key) => nestedKey(key.subKeys.index));
    this.current = nestedKey(ring.current.subKeys.index);
  }

  /** The hash to write: signed 64 bits. The caller must fold `value`. */
  of(kind: BlindIndexKind, value: string): bigint {
    return keyedHash(this.current, kind, value);
  }

  /** The hashes to look up: one per ring key, since rows may be older than the last rotation. */
  candidates(kind: BlindIndexKind, value: string): bigint[] {
    return this.all.map((key) => keyedHash(key, kind, value));
  }
}

/** The kind is part of the message, so that equal phone and id numbers do not show as equal. */
function keyedHash(key: NestedKey, kind: BlindIndexKind, value: string): bigint {
  return BigInt.asIntN(64, BigInt(`0x${nestedHash(key, `${kind}|${value}`).slice(0, 16)}`));
}
