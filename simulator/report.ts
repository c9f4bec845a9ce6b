import type { Answer } from './http.js';
import type { Post, Scenario } from './posts.js';

/** A callback whose last answer was not the one the contract asks for. */
export interface Surprise {
  scenario: Scenario;
  expected: number;
  status: number;
  /** Why there was no answer, where `status` is 0. */
  failure?: string;
}

/** What came of a run. */
export interface DeliveryReport {
  /** Callbacks that got their last answer. */
  callbacks: number;
  /** Elements in them. */
  elements: number;
  byScenario: Partial<Record<Scenario, number>>;
  /** Last answers by HTTP status; `0` where none came. */
  byStatus: Record<number, number>;
  /** Sums of the organization's own reports (M7), as far as it gives them. */
  answered: { applied: number; duplicates: number; quarantined: number };
  /** Elements that a 200 acknowledged. */
  acknowledgedElements: number;
  retries: number;
  tokenRequests: number;
  durationMs: number;
  callbacksPerSecond: number;
  elementsPerSecond: number;
  /** From when a callback was due to its last answer's last byte, retries not counted. */
  latencyMs: { p50: number; p99: number; max: number };
  surprises: number;
  /** The first twenty of them. */
  firstSurprises: Surprise[];
}

const SHOWN_SURPRISES = 20;

/** Collects a run's figures. */
export class Tally {
  retries = 0;
  private readonly startedMs = performance.now();
  private readonly latencies: number[] = [];
  private readonly byScenario: Partial<Record<Scenario, number>> = {};
  private readonly byStatus: Record<number, number> = {};
  private readonly answered = { applied: 0, duplicates: 0, quarantined: 0 };
  private readonly firstSurprises: Surprise[] = [];
  private surprises = 0;
  private elements = 0;
  private acknowledgedElements = 0;

  attempt(latencyMs: number): void {
    this.latencies.push(latencyMs);
  }

  settle(post: Post, { status, failure, body }: Answer): void {
    const { scenario, elements, expects } = post;
    this.byScenario[scenario] = (this.byScenario[scenario] ?? 0) + 1;
    this.byStatus[status] = (this.byStatus[status] ?? 0) + 1;
    this.elements += elements.length;
    if (status === 200) {
      this.acknowledgedElements += elements.length;
      this.read(body);
    }
    if (isExpected(post, status)) return;
    this.surprises += 1;
    if (this.firstSurprises.length < SHOWN_SURPRISES) {
      this.firstSurprises.push({
        scenario,
        expected: expects,
        status,
        ...(failure !== undefined && { failure }),
      });
    }
  }

  report(tokenRequests: number): DeliveryReport {
    const durationMs = performance.now() - this.startedMs;
    const callbacks = Object.values(this.byStatus).reduce((sum, count) => sum + count, 0);
    return {
      callbacks,
      elements: this.elements,
      byScenario: this.byScenario,
      byStatus: this.byStatus,
      answered: this.answered,
      acknowledgedElements: this.acknowledgedElements,
      retries: this.retries,
      tokenRequests,
      durationMs: Math.round(durationMs),
      callbacksPerSecond: Math.round((callbacks * 1000) / durationMs),
      elementsPerSecond: Math.round((this.elements * 1000) / durationMs),
      latencyMs: percentiles(this.latencies),
      surprises: this.surprises,
      firstSurprises: this.firstSurprises,
    };
  }

  private read(body: string): void {
    try {
      const report = JSON.parse(body) as Record<string, unknown>;
      for (const key of ['applied', 'duplicates', 'quarantined'] as const) {
        if (typeof report[key] === 'number') this.answered[key] += report[key];
      }
    } catch {
      // another organization may answer 200 with anything: the contract with eNROLL asks for no body
    }
  }
}

/** Closing the connection on a body that is too large is allowed too (RFC 9110, 15.5.14), and the 413 may get lost with it. */
function isExpected({ scenario, expects }: Post, status: number): boolean {
  return status === expects || (scenario === 'oversized' && status === 0);
}

/** By nearest rank, in tenths of a millisecond. */
function percentiles(latenciesMs: readonly number[]): { p50: number; p99: number; max: number } {
  const sorted = Float64Array.from(latenciesMs).sort();
  const at = (share: number): number =>
    Math.round((sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0) * 10) / 10;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
