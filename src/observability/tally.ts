/** Counts how often something occurred, until somebody takes the counts. */
export class Tally<What> {
  private counts = new Map<What, number>();

  add(what: What): void {
    this.count(what, 1);
  }

  /** The counts since the last call. */
  take(): ReadonlyMap<What, number> {
    const taken = this.counts;
    this.counts = new Map();
    return taken;
  }

  /** Adds back counts that the taker could not use. */
  putBack(counts: ReadonlyMap<What, number>): void {
    for (const [what, n] of counts) this.count(what, n);
  }

  private count(what: What, n: number): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + n);
  }
}
