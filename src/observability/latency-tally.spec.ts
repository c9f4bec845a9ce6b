import { LatencyTally, millisecondsOf } from './latency-tally.js';

it('counts in buckets of which each holds what took longer than the one before', () => {
  const tally = new LatencyTally();
  for (let ms = 0.1; ms < 30_000; ms *= 1.1) {
    tally.add(ms);
    const [[bucket]] = [...tally.take()] as [[number, number]];
    expect(ms).toBeLessThanOrEqual(millisecondsOf(bucket));
    if (bucket > 0) expect(ms).toBeGreaterThan(millisecondsOf(bucket - 1));
  }
});

it('gives each count once, and takes back what could not be used', () => {
  const tally = new LatencyTally();
  tally.add(3);
  tally.add(3);
  const taken = tally.take();
  expect([...taken.values()]).toEqual([2]);
  expect(tally.take().size).toBe(0);
  tally.add(3);
  tally.putBack(taken);
  expect([...tally.take().values()]).toEqual([3]);
});
