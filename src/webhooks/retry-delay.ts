const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** Before each try; the first is made immediately. */
const DELAYS_SECONDS = [0, 5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR];
/** So that deliveries that failed together are not all tried again together. */
const JITTER_SHARE = 0.2;

/**
 * Seconds from a failed try to the next; undefined after the last.
 * @param tries made so far, this one included
 * @param random 0 to 1
 */
export function retryDelaySeconds(tries: number, random = Math.random()): number | undefined {
  const delay = DELAYS_SECONDS[tries];
  return delay === undefined ? undefined : delay * (1 + JITTER_SHARE * random);
}
