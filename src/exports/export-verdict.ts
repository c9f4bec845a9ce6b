import { CryptoError } from '../crypto/crypto.errors.js';
import { isRetryable, isUnavailable } from '../db/errors.js';
import { storeFaultOf } from '../images/sealed-image-store.service.js';
import { backoffSeconds } from '../jobs/lease.js';
import { Problem } from '../problem/problem.js';
import type { Release } from './exports.repository.js';

/** Tries, including the first. Tries that ended because the process stopped do not count. */
export const MAX_ATTEMPTS = 6;
const FIRST_DELAY_SECONDS = 5;
const MAX_DELAY_SECONDS = 80;

/**
 * What a failure means for an export. Outages pass with time; an operator must look after a store that is full or read-only, and
 * after a sealed state that does not open.
 * @param attempts tries so far, including the failed one
 */
export function exportVerdict(error: unknown, attempts: number): Release {
  const { code, lasts } = causeOf(error);
  if (lasts || attempts >= MAX_ATTEMPTS) return { state: 'failed', errorCode: code };
  const delaySeconds = backoffSeconds(attempts - 1, FIRST_DELAY_SECONDS, MAX_DELAY_SECONDS);
  return { state: 'waiting', errorCode: code, delaySeconds };
}

function causeOf(error: unknown): { code: string; lasts: boolean } {
  if (error instanceof CryptoError) return { code: error.code, lasts: true };
  if (error instanceof Problem) return { code: error.code, lasts: false };
  const isAway = isUnavailable(error) || isRetryable(error);
  return storeFaultOf(error) ?? { code: isAway ? 'DATABASE_UNAVAILABLE' : 'INTERNAL', lasts: false };
}
