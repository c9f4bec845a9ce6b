import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-256; text is hashed as UTF-8, U+0000 included. */
export function sha256(value: string | Uint8Array): Buffer {
  return createHash('sha256').update(value).digest();
}

/**
 * Compares in a time that tells nothing of where two values differ, nor of their lengths: what is compared are the
 * hashes.
 */
export function equals(a: string | Uint8Array, b: string | Uint8Array): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}
