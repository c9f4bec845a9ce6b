import { millisecondsOf } from '../observability/latency-tally.js';

/** Milliseconds that 50, 95 and 99 % of the answers did not exceed. */
export interface Quantiles {
  p50: number;
  p95: number;
  p99: number;
}

/**
 * An estimate: it takes the latencies within a bucket as spread evenly on a logarithmic scale.
 * @param counts how many latencies fell into each bucket @returns null if there are none
 */
export function quantilesOf(counts: readonly (readonly [bucket: number, n: number])[]): Quantiles | null {
  const filled = counts.filter(([, n]) => n > 0).sort(([a], [b]) => a - b);
  const total = filled.reduce((sum, [, n]) => sum + n, 0);
  if (total === 0) return null;
  const reached = (share: number): number => {
    let missing = share * total;
    const found = filled.find(([, n]) => missing <= n || ((missing -= n), false));
    const [bucket, n] = found ?? filled.at(-1) ?? [0, 1];
    return Math.round(millisecondsOf(bucket - 1 + missing / n) * 100) / 100;
  };
  return { p50: reached(0.5), p95: reached(0.95), p99: reached(0.99) };
}
