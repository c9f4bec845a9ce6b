/** Finer ones would be more rows than they tell: every hour keeps a count for each bucket that was hit. */
const BUCKETS_PER_DOUBLING = 2;
/** Half a minute. */
const LAST_BUCKET = 30;

/** The longest time that a bucket holds; bucket 0 is all up to 1 ms. */
export function millisecondsOf(bucket: number): number {
  return 2 ** (bucket / BUCKETS_PER_DOUBLING);
}

function bucketOf(milliseconds: number): number {
  const bucket = Math.ceil(BUCKETS_PER_DOUBLING * Math.log2(milliseconds));
  return Math.min(LAST_BUCKET, Math.max(0, bucket));
}

/** How long things took, counted until somebody takes the counts away. */
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

  /** For who could not use them after all. */
  putBack(counts: ReadonlyMap<number, number>): void {
    for (const [bucket, n] of counts) this.count(bucket, n);
  }

  private count(bucket: number, n: number): void {
    this.counts.set(bucket, (this.counts.get(bucket) ?? 0) + n);
  }
}
