import { backoffSeconds } from '../jobs/lease.js';
import type { ProblemCode } from '../problem/catalogue.js';
import type { ImageState } from './images.types.js';

/** Tries with damaged answers: with delays of 15 s that double each time they take half an hour. */
export const MAX_ATTEMPTS = 8;
/**
 * Tries with faults that should pass by themselves: three days at 15 s to 15 min. Without an end the feed would never say
 * that the images are ready.
 */
export const MAX_LATE_ATTEMPTS = 293;
const FIRST_DELAY_SECONDS = 15;
const MAX_DELAY_SECONDS = 900;
/** eNROLL may call back before its files are in place: ask again after ten minutes and after a day. */
const MISSING_DELAYS_SECONDS = [600, 86_400];
const OUTAGE_SECONDS = 15;
const REFUSED_CREDENTIALS_SECONDS = 60;

/** What becomes of an image that was asked for but not fetched. */
export interface Verdict {
  state: Exclude<ImageState, 'fetched'>;
  /** Until the next try; null: none. */
  delaySeconds: number | null;
  /** Whether the try counts. */
  counts: boolean;
  /** eNROLL must not be asked for any image for now. */
  stops: boolean;
}

/** What the errors of the query client mean; any other error is an outage of all of eNROLL. */
const MEANINGS: Partial<Record<ProblemCode, 'missing' | 'refused' | 'damaged' | 'late' | 'locked_out'>> = {
  ENROLL_NOT_FOUND: 'missing',
  ENROLL_IMAGE_PATH: 'refused',
  ENROLL_IMAGE_TOO_LARGE: 'refused',
  ENROLL_IMAGE_HARMFUL: 'refused',
  ENROLL_IMAGE_DAMAGED: 'damaged',
  ENROLL_ANSWER_TOO_LARGE: 'damaged',
  ENROLL_REFUSED: 'damaged',
  ENROLL_UNAVAILABLE: 'late',
  ENROLL_TIMEOUT: 'late',
  ENROLL_FORBIDDEN: 'late',
  // a page for maintenance is HTML with status 200
  ENROLL_BAD_ANSWER: 'late',
  ENROLL_AUTH: 'locked_out',
};

/**
 * What an error of the query client means for one image.
 * @param attempts tries before this one
 * @param retryAfterSeconds the delay that eNROLL or the breaker asked for
 */
export function verdictOf(code: ProblemCode, attempts: number, retryAfterSeconds?: number): Verdict {
  const goesOn = { counts: true, stops: false };
  const stops = { counts: false, stops: true };
  switch (MEANINGS[code]) {
    case 'missing':
      return { ...goesOn, state: 'missing', delaySeconds: MISSING_DELAYS_SECONDS[attempts] ?? null };
    case 'refused':
      return { ...goesOn, state: 'failed', delaySeconds: null };
    case 'damaged':
      return { ...goesOn, ...againUpTo(MAX_ATTEMPTS, attempts) };
    case 'late':
      // either this image or all of eNROLL: the image is tried later, and the breaker notices if it is all
      return { ...goesOn, ...againUpTo(MAX_LATE_ATTEMPTS, attempts) };
    case 'locked_out':
      return { ...stops, state: 'wanted', delaySeconds: REFUSED_CREDENTIALS_SECONDS };
    case undefined:
      return { ...stops, state: 'wanted', delaySeconds: retryAfterSeconds ?? OUTAGE_SECONDS };
  }
}

function againUpTo(most: number, attempts: number): Pick<Verdict, 'state' | 'delaySeconds'> {
  if (attempts + 1 >= most) return { state: 'failed', delaySeconds: null };
  return { state: 'wanted', delaySeconds: backoffSeconds(attempts, FIRST_DELAY_SECONDS, MAX_DELAY_SECONDS) };
}
