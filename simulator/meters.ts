import type { CallName } from './misbehaviour.js';

export interface CallCount {
  requests: number;
  /** Answers by HTTP status; `0` where no answer went out whole (cut, hanging, given up by the caller). */
  byStatus: Record<number, number>;
  inFlight: number;
  /** The most requests that were open at once. */
  peakInFlight: number;
}

/** Counts what the organization asks, so that a test can hold it to its promises (concurrency, single flight, chunks). */
export class Meters {
  private readonly counts = new Map<CallName | 'any', CallCount>();

  /** Counts a request; call the result once with its status when the answer is out. */
  begin(call: CallName): (status: number) => void {
    const open = [this.countOf(call), this.countOf('any')];
    for (const count of open) {
      count.requests += 1;
      count.inFlight += 1;
      count.peakInFlight = Math.max(count.peakInFlight, count.inFlight);
    }
    return (status) => {
      for (const count of open) {
        count.inFlight -= 1;
        count.byStatus[status] = (count.byStatus[status] ?? 0) + 1;
      }
    };
  }

  shown(): Partial<Record<CallName | 'any', CallCount>> {
    return Object.fromEntries(
      [...this.counts].map(([call, count]) => [call, { ...count, byStatus: { ...count.byStatus } }]),
    );
  }

  /** Forgets all but what is in flight. */
  reset(): void {
    for (const count of this.counts.values()) {
      Object.assign(count, { requests: count.inFlight, byStatus: {}, peakInFlight: count.inFlight });
    }
  }

  private countOf(call: CallName | 'any'): CallCount {
    let count = this.counts.get(call);
    if (count === undefined) {
      count = { requests: 0, byStatus: {}, inFlight: 0, peakInFlight: 0 };
      this.counts.set(call, count);
    }
    return count;
  }
}
