import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-256. Text is hashed as UTF-8, including U+0000. */
export function sha256(value: string | Uint8Array): Buffer {
  return createHash('sha256').update(value).digest();
}

/**
 * Compares in a time that reveals neither where two values differ nor their lengths, because it compares their hashes.
 */
export function equals(a: string | Uint8Array, b: string | Uint8Array): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}
