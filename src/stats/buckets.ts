import type { Cells } from './series.repository.js';

/**
 * Puts cells into the buckets that they lie in.
 * @param starts when the buckets begin, in their order
 * @returns what does so, giving one number per bucket
 */
export function bucketing(starts: readonly Date[]): (cells: Cells) => number[] {
  const ends = [...starts.slice(1).map((start) => start.getTime() / 1000), Infinity];
  return (cells) => {
    const counts = new Array<number>(starts.length).fill(0);
    let bucket = 0;
    // whole numbers are the first keys of an object, in their order
    for (const second of Object.keys(cells)) {
      while (Number(second) >= (ends[bucket] ?? Infinity)) bucket += 1;
      counts[bucket] = (counts[bucket] ?? 0) + (cells[second] ?? 0);
    }
    return counts;
  };
}
