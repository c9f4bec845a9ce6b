import { LatencyTally } from '../observability/latency-tally.js';
import { quantilesOf } from './quantiles.js';

function quantiles(milliseconds: number[]) {
  const tally = new LatencyTally();
  for (const one of milliseconds) tally.add(one);
  return quantilesOf([...tally.take()]);
}

describe('quantiles', () => {
  it('of nothing are nothing', () => {
    expect(quantilesOf([])).toBeNull();
    expect(quantilesOf([[3, 0]])).toBeNull();
  });

  it('are near the true ones, whatever the buckets', () => {
    // from 2 to 256 ms, evenly on a logarithmic scale
    const spread = Array.from({ length: 10_000 }, (_, n) => 2 ** (1 + (7 * (n + 1)) / 10_000));
    const { p50, p95, p99 } = quantiles(spread)!;
    for (const [share, estimate] of [
      [0.5, p50],
      [0.95, p95],
      [0.99, p99],
    ] as const) {
      const truth = spread[Math.ceil(share * spread.length) - 1]!;
      expect(Math.abs(estimate / truth - 1)).toBeLessThan(0.03);
    }
  });

  it('of one latency are off by no more than its bucket', () => {
    const { p50, p95, p99 } = quantiles(new Array<number>(1000).fill(7))!;
    for (const estimate of [p50, p95, p99]) {
      expect(estimate).toBeGreaterThan(7 / Math.SQRT2);
      expect(estimate).toBeLessThan(7 * Math.SQRT2);
    }
  });

  it('of the shortest and the longest stay within the histogram', () => {
    expect(quantiles([0, 0.01])!.p99).toBeLessThanOrEqual(1);
    expect(quantiles([3_600_000])!.p50).toBeLessThanOrEqual(32_768);
  });
});
