import { Injectable } from '@nestjs/common';
import { createHmac, type KeyObject } from 'node:crypto';
import { KeyRing } from './key-ring.js';

/** Sealed fields that are looked up by their exact value. */
export type BlindIndexKind = 'idNumber' | 'documentNumber' | 'phone' | 'email';

/**
 * Keyed hashes of sealed fields, so that an exact value is found by a btree though the column reads as noise. The
 * key is outside the database: a 14-digit national id has too little entropy for a hash that anybody can compute.
 * Cut to 64 bits, which fits a `bigint` column: a hit is checked on the opened row.
 */
@Injectable()
export class BlindIndex {
  private readonly current: KeyObject;
  private readonly all: readonly KeyObject[];

  constructor(ring: KeyRing) {
    this.current = ring.current.subKeys.index;
    this.all = ring.keys.map((key) => key.subKeys.index);
  }

  /** What a row is written with: signed 64 bits. `value` must be folded by the caller. */
  of(kind: BlindIndexKind, value: string): bigint {
    return keyedHash(this.current, kind, value);
  }

  /** What a row is looked up with: one per ring key, for rows written before the last rotation. */
  candidates(kind: BlindIndexKind, value: string): bigint[] {
    return this.all.map((key) => keyedHash(key, kind, value));
  }
}

/** The kind is part of the message, so that equal phone and id numbers do not show as equal. */
function keyedHash(key: KeyObject, kind: BlindIndexKind, value: string): bigint {
  return createHmac('sha256', key).update(`${kind}|${value}`).digest().readBigInt64BE(0);
}
