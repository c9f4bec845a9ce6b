import { Tally } from './tally.js';

/** Finer buckets would cost more rows than they are worth: each hour stores a count for each bucket that was hit. */
const BUCKETS_PER_DOUBLING = 2;
/** About half a minute. */
const LAST_BUCKET = 30;

/** The longest time in a bucket; bucket 0 is everything up to 1 ms. */
export function millisecondsOf(bucket: number): number {
  return 2 ** (bucket / BUCKETS_PER_DOUBLING);
}

function bucketOf(milliseconds: number): number {
  const bucket = Math.ceil(BUCKETS_PER_DOUBLING * Math.log2(milliseconds));
  return Math.min(LAST_BUCKET, Math.max(0, bucket));
}

/** Counts how long things took, by bucket. */
export class LatencyTally extends Tally<number> {
  override add(milliseconds: number): void {
    super.add(bucketOf(milliseconds));
  }
}
