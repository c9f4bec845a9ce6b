import { createHmac, hash, type KeyObject } from 'node:crypto';

/** Two independent keys, each as 64 hex digits: one whole block of SHA-256. */
export interface NestedKey {
  inner: string;
  outer: string;
}

export function nestedKey(key: KeyObject): NestedKey {
  const derive = (part: string): string => createHmac('sha256', key).update(part).digest('hex');
  return { inner: derive('inner'), outer: derive('outer') };
}

/**
 * H(outer || H(inner || message)) as hex: HMAC-SHA-256 (RFC 2104) with two independent keys, one block each, in place of the
 * padded ones. Two one-shot hashes cost 0.7 us, node's HMAC object 2 us, and one applicant needs up to seven.
 */
export function nestedHash(key: NestedKey, message: string): string {
  return hash('sha256', key.outer + hash('sha256', key.inner + message, 'hex'), 'hex');
}
