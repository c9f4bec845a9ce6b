import { isRetryable, isUnavailable } from '../db/errors.js';
import { backoffSeconds } from '../jobs/lease.js';
import { Problem } from '../problem/problem.js';

/** Failures that pass with time, so they never end a run: eNROLL or the database is away. */
const PASSING: ReadonlySet<string> = new Set([
  'ENROLL_AUTH',
  'ENROLL_FORBIDDEN',
  'ENROLL_UNAVAILABLE',
  'ENROLL_TIMEOUT',
  'ENROLL_BUSY',
  'ENROLL_NOT_CONFIGURED',
  'OVERLOADED',
  'DATABASE_UNAVAILABLE',
]);
/** Any other failure ends it after this many consecutive attempts without progress, unless it says when to retry. */
const MOST_ATTEMPTS = 5;
const FIRST_DELAY_SECONDS = 5;
const LONGEST_DELAY_SECONDS = 300;

export type RunVerdict =
  { state: 'waiting'; errorCode: string; delaySeconds: number } | { state: 'failed'; errorCode: string };

/**
 * What a failure means for a run.
 * @param attempts earlier consecutive attempts without progress
 */
export function runVerdict(error: unknown, attempts: number): RunVerdict {
  const errorCode = codeOf(error);
  const asked = error instanceof Problem ? error.options.retryAfterSeconds : undefined;
  const passes = asked !== undefined || PASSING.has(errorCode);
  if (!passes && attempts + 1 >= MOST_ATTEMPTS) return { state: 'failed', errorCode };
  const doubling = backoffSeconds(attempts, FIRST_DELAY_SECONDS, LONGEST_DELAY_SECONDS);
  return { state: 'waiting', errorCode, delaySeconds: Math.max(asked ?? 0, doubling) };
}

function codeOf(error: unknown): string {
  if (error instanceof Problem) return error.code;
  return isUnavailable(error) || isRetryable(error) ? 'DATABASE_UNAVAILABLE' : 'INTERNAL';
}
