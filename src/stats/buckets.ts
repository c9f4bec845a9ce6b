import type { Cells } from './series.repository.js';

/**
 * Makes a function that sums up cells by bucket.
 * @param starts starts of the buckets, in order
 * @returns a function that gives one number per bucket
 */
export function bucketing(starts: readonly Date[]): (cells: Cells) => number[] {
  const ends = [...starts.slice(1).map((start) => start.getTime() / 1000), Infinity];
  return (cells) => {
    const counts = new Array<number>(starts.length).fill(0);
    let bucket = 0;
    // an object lists whole numbers first, in ascending order
    for (const second of Object.keys(cells)) {
      while (Number(second) >= (ends[bucket] ?? Infinity)) bucket += 1;
      counts[bucket] = (counts[bucket] ?? 0) + (cells[second] ?? 0);
    }
    return counts;
  };
}
