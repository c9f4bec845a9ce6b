import { Injectable } from '@nestjs/common';
import { sha256 } from './constant-time.js';
import { KeyRing, type RingKey } from './key-ring.js';
import { nestedHash, type NestedKey, nestedKey } from './nested-hash.js';

/** What a credential opens: the hash of one kind is none of another. A seal binds what a row says to the row. */
export type CredentialKind =
  | 'api-key'
  | 'api-key-seal'
  | 'session'
  | 'session-seal'
  | 'invitation'
  | 'invitation-seal'
  | 'recovery-code'
  | 'user-seal'
  | 'logout-token';

/**
 * How Rollcall stores credentials of 256 random bits: HMAC-SHA-256 under the ring's `credential` sub-key, 64 hex digits. A row
 * that somebody writes without the key opens nothing.
 */
@Injectable()
export class CredentialHash {
  private readonly keys: readonly NestedKey[];

  constructor(ring: KeyRing) {
    const others = ring.keys.filter((key) => key !== ring.current);
    this.keys = [ring.current, ...others].map((key: RingKey) => nestedKey(key.subKeys.credential));
  }

  /** All hashes under which the credential may be stored, by key of the ring. The first is the one to write. */
  candidates(kind: CredentialKind, credential: string): readonly [string, ...string[]] {
    return this.ofDigest(kind, sha256(credential).toString('hex'));
  }

  /** The same for a credential of which only the SHA-256 is known, in hex: what an earlier release stored. */
  ofDigest(kind: CredentialKind, digest: string): readonly [string, ...string[]] {
    const [first = '', ...others] = this.keys.map((key) => nestedHash(key, `${kind}|${digest}`));
    return [first, ...others];
  }
}
