/**
 * How long what a process has claimed is its own without being renewed. With a look for lapsed leases each second, what
 * was in the hands of a process that was killed goes on in another within ten.
 */
export const LEASE_SECONDS = 8;
export const LOOK_FOR_LAPSED_EVERY_MS = 1_000;
/** Three renewals may be missed. */
const RENEW_EVERY_MS = 2_000;
const MAX_DOUBLINGS = 20;

/** SQL: the end of a lease that is taken or renewed now. */
export const LEASE_END = leaseEnd(LEASE_SECONDS);

/** SQL: the end of a lease of another length. */
export function leaseEnd(seconds: number): string {
  return `now() + make_interval(secs => ${seconds})`;
}

/** Delay after a failed try, in seconds: `first`, doubled at each further one, at most `most`. @param failures before this one */
export function backoffSeconds(failures: number, first: number, most: number): number {
  return Math.min(most, first * 2 ** Math.min(failures, MAX_DOUBLINGS));
}

/** A row that this process has claimed, and renews while it works on it. */
export class Lease {
  private readonly end = new AbortController();
  private renewedMs: number;

  /**
   * @param renew renews the row; false: it is somebody else's by now. While the database is away it throws: the lease may
   * lapse, and the next write says whose the row is.
   * @param takenMs when the row was asked for, on the clock of `performance.now()`
   */
  constructor(
    private readonly renew: () => Promise<unknown>,
    takenMs = performance.now(),
  ) {
    this.renewedMs = takenMs;
  }

  /** Aborts once the row is known to be somebody else's. */
  get lost(): AbortSignal {
    return this.end.signal;
  }

  /** Whether nobody else can have claimed the row yet. */
  isHeld(): boolean {
    return !this.lost.aborted && performance.now() < this.renewedMs + LEASE_SECONDS * 1000;
  }

  /** A statement asked for at `askedMs` has renewed the row along with its work. */
  wasRenewed(askedMs: number): void {
    this.renewedMs = askedMs;
  }

  giveUp(reason?: Error): void {
    this.end.abort(reason);
  }

  /** Renews the row until `work` is over. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    const renewal = setInterval(() => void this.keep(), RENEW_EVERY_MS).unref();
    try {
      return await work();
    } finally {
      clearInterval(renewal);
    }
  }

  private async keep(): Promise<void> {
    const askedMs = performance.now();
    try {
      if ((await this.renew()) === false) this.giveUp();
      else this.wasRenewed(askedMs);
    } catch {
      // the database is away
    }
  }
}
