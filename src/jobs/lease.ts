/**
 * How long a process keeps what it has claimed without renewing the claim. Each beat of the polls asks for lapsed leases, so
 * what a killed process held goes on in another within ten seconds.
 */
export const LEASE_SECONDS = 7;
/** Two renewals may be missed. */
const RENEW_EVERY_MS = 2_000;
const MAX_DOUBLINGS = 20;

/** SQL: the end of a lease taken or renewed now. */
export const LEASE_END = leaseEnd(LEASE_SECONDS);

/** SQL: the end of a lease of another length. */
export function leaseEnd(seconds: number): string {
  return `now() + make_interval(secs => ${seconds})`;
}

/** Delay in seconds after a failure: `first`, doubled by each earlier failure, at most `most`. @param failures earlier ones */
export function backoffSeconds(failures: number, first: number, most: number): number {
  return Math.min(most, first * 2 ** Math.min(failures, MAX_DOUBLINGS));
}

/** The lease of a row that this process has claimed, renewed while the process works on it. */
export class Lease {
  private readonly end = new AbortController();
  private renewedMs: number;

  /**
   * @param renew renews the row; false: another process has it by now. It throws while the database is away: the lease may
   * lapse then, and the next write shows who has the row.
   * @param takenMs when the row was asked for, on the clock of `performance.now()`
   */
  constructor(
    private readonly renew: () => Promise<unknown>,
    takenMs = performance.now(),
  ) {
    this.renewedMs = takenMs;
  }

  /** Aborts once another process is known to have the row. */
  get lost(): AbortSignal {
    return this.end.signal;
  }

  /** Whether no other process can have claimed the row yet. */
  isHeld(): boolean {
    return !this.lost.aborted && performance.now() < this.renewedMs + LEASE_SECONDS * 1000;
  }

  /** Notes that a statement sent at `askedMs` has renewed the row along with its work. */
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
