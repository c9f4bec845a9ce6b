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

/** Counts how long things took, until somebody takes the counts. */
export class LatencyTally {
  private counts = new Map<number, number>();

  add(milliseconds: number): void {
    this.count(bucketOf(milliseconds), 1);
  }

  /** The counts by bucket since the last call. */
  take(): ReadonlyMap<number, number> {
    const taken = this.counts;
    this.counts = new Map();
    return taken;
  }

  /** Adds back counts that the taker could not use. */
  putBack(counts: ReadonlyMap<number, number>): void {
    for (const [bucket, n] of counts) this.count(bucket, n);
  }

  private count(bucket: number, n: number): void {
    this.counts.set(bucket, (this.counts.get(bucket) ?? 0) + n);
  }
}
