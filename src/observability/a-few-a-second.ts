const FRESH_A_SECOND = 10;
const SECOND_MS = 1_000;

/** For what strangers may ask: done afresh ten times a second at the most, beyond that answered as the last time. */
export function aFewASecond<T>(work: () => Promise<T>): () => Promise<T> {
  let last: Promise<T> | undefined;
  let beganAt = -Infinity;
  let fresh = 0;
  return () => {
    if (performance.now() - beganAt >= SECOND_MS) {
      beganAt = performance.now();
      fresh = 0;
    }
    if (last === undefined || fresh < FRESH_A_SECOND) {
      fresh += 1;
      last = work();
    }
    return last;
  };
}
