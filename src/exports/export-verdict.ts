import { CryptoError } from '../crypto/crypto.errors.js';
import { isRetryable, isUnavailable } from '../db/errors.js';
import { storeFaultOf } from '../images/sealed-image-store.service.js';
import { backoffSeconds } from '../jobs/lease.js';

/** Tries, the first among them; those that were broken off because the process stopped do not count. */
export const MAX_ATTEMPTS = 6;
const FIRST_DELAY_SECONDS = 5;
const MAX_DELAY_SECONDS = 80;

export type ExportVerdict =
  { state: 'waiting'; errorCode: string; delaySeconds: number } | { state: 'failed'; errorCode: string };

/**
 * What a failure means for an export: time heals an outage; a store that is full or read-only, and a sealed state that does not
 * open, are for an operator.
 * @param attempts tries so far, the failed one among them
 */
export function exportVerdict(error: unknown, attempts: number): ExportVerdict {
  const { code, lasts } = causeOf(error);
  if (lasts || attempts >= MAX_ATTEMPTS) return { state: 'failed', errorCode: code };
  const delaySeconds = backoffSeconds(attempts - 1, FIRST_DELAY_SECONDS, MAX_DELAY_SECONDS);
  return { state: 'waiting', errorCode: code, delaySeconds };
}

function causeOf(error: unknown): { code: string; lasts: boolean } {
  if (error instanceof CryptoError) return { code: error.code, lasts: true };
  const isAway = isUnavailable(error) || isRetryable(error);
  return storeFaultOf(error) ?? { code: isAway ? 'DATABASE_UNAVAILABLE' : 'INTERNAL', lasts: false };
}
