const FRESH_A_SECOND = 10;
const SECOND_MS = 1_000;

/** For requests that anybody may make: the work runs at most ten times a second, further calls get the last result. */
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
