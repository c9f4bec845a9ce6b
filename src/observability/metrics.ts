import { Injectable, Logger } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { LatencyTally } from './latency-tally.js';
import { linesLost } from './output.js';
import { Tally } from './tally.js';
import { within } from './within.js';

const READING_LIVES_MS = 10_000;
const COLLECT_WITHIN_MS = 2_000;

/**
 * A counter that keeps one number per label set until Prometheus asks. prom-client's own `inc` hashes the labels every
 * time, which costs more than counting.
 */
class LabelledCounter {
  private readonly tallies = new Map<string, { labels: Record<string, string>; total: number }>();

  constructor(
    registry: Registry,
    name: string,
    help: string,
    private readonly labelNames: readonly string[],
  ) {
    const { tallies } = this;
    new Counter({
      name,
      help,
      labelNames: [...labelNames],
      registers: [registry],
      collect() {
        this.reset();
        for (const { labels, total } of tallies.values()) this.inc(labels, total);
      },
    });
  }

  /** @param key the label values joined by `|`, in the order of the label names */
  add(key: string, n = 1): void {
    const tally = this.tallies.get(key);
    if (tally !== undefined) {
      tally.total += n;
      return;
    }
    const values = key.split('|');
    const labels = Object.fromEntries(this.labelNames.map((name, index) => [name, values[index] ?? '']));
    this.tallies.set(key, { labels, total: n });
  }
}

/**
 * The counts of this process, for Prometheus at `GET /metrics`. Label values are closed sets of our own words: never an
 * id, a path or a header as sent.
 */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  /** From the head of each kept callback to its answer; the statistics take it from here. */
  readonly callbackLatency = new LatencyTally();
  /** By code, what the token URL refused, and what the callback URLs did; the statistics take both from here. */
  readonly refusedTokens = new Tally<string>();
  readonly refusedCallbacks = new Tally<string>();
  /** All of them, whatever the answer. */
  answeredCallbacks = 0;
  private readonly log = new Logger(Metrics.name);
  private lastCallbackMs = -Infinity;

  private readonly callbacks = this.counter('rollcall_callbacks_total', 'Callbacks answered.', [
    'kind',
    'status',
  ]);
  private readonly elementsByResult = this.counter(
    'rollcall_elements_total',
    'Elements of callbacks, by what became of them.',
    ['result'],
  );
  /** By `issued`, or the RFC 6749 error code. */
  readonly tokenRequests = this.counter('rollcall_token_requests_total', 'Requests for a token.', ['result']);
  /** By code of the catalogue, e.g. `TOKEN_INVALID`, `BODY_TOO_LARGE`, `OVERLOADED`. */
  readonly refusals = this.counter(
    'rollcall_refusals_total',
    'Requests refused before their body counted, by problem code.',
    ['reason'],
  );
  /** Callback-Tests (M3). */
  readonly probes = this.counter('rollcall_probes_total', 'Callback-Test requests.', ['kind']);
  /** By `ready`, `failed` or `cancelled`. */
  readonly exports = this.counter('rollcall_exports_total', 'Exports that are over.', ['result']);
  private readonly commitSeconds = new Histogram({
    name: 'rollcall_commit_seconds',
    help: 'From sending the write statement to its commit.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });
  private readonly commitApplicants = new Histogram({
    name: 'rollcall_commit_applicants',
    help: 'Elements written by one commit.',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000],
    registers: [this.registry],
  });
  private readonly apiSeconds = new Histogram({
    name: 'rollcall_http_request_seconds',
    help: 'Requests by route pattern and status class.',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });
  /** `call`: name in the dialect, e.g. `calls.image`. `outcome`: `ok`, `http_429`, `network`, `timeout`, `bad_answer` … */
  readonly enrollSeconds = new Histogram({
    name: 'rollcall_enroll_request_seconds',
    help: "Requests to eNROLL's query API by call of the dialect and outcome; each try counts.",
    labelNames: ['call', 'outcome'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });
  private readonly attempts = this.counter(
    'rollcall_delivery_attempts_total',
    'Attempts to hand events on, by kind of endpoint and what became of them.',
    ['kind', 'outcome'],
  );
  readonly firstAttemptSeconds = new Histogram({
    name: 'rollcall_delivery_first_attempt_seconds',
    help: 'From the commit of an event to the start of its first attempt at an endpoint.',
    buckets: [0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 60, 600],
    registers: [this.registry],
  });
  readonly queueDepth = new Gauge({
    name: 'rollcall_queue_depth',
    help: 'Callbacks waiting for a writing connection.',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    new Counter({
      name: 'rollcall_log_lines_dropped_total',
      help: 'Lines of the log that its destination did not take.',
      registers: [this.registry],
      collect() {
        this.reset();
        this.inc(linesLost());
      },
    });
  }

  /**
   * A callback was answered.
   * @param kind `success`, `fail` or `any`
   * @param status HTTP status
   */
  callback(kind: string, status: number): void {
    this.callbacks.add(`${kind}|${status}`);
    this.answeredCallbacks += 1;
    this.lastCallbackMs = performance.now();
  }

  /** Whether this process answered a callback within that time. If so, work that can wait gives way. */
  hasCallbacks(withinMs: number): boolean {
    return performance.now() - this.lastCallbackMs < withinMs;
  }

  /** @param result `created`, `updated`, `duplicate`, `stale` or `quarantined` */
  elements(result: string, n: number): void {
    if (n > 0) this.elementsByResult.add(result, n);
  }

  /** One commit of the write path: how long it took and how many elements it held. */
  commit(seconds: number, applicants: number): void {
    this.commitSeconds.observe(seconds);
    this.commitApplicants.observe(applicants);
  }

  /** @param route the pattern, e.g. `/api/v1/applicants/:applicantId` */
  request(route: string, status: number, seconds: number): void {
    this.apiSeconds.observe({ route, status: `${Math.floor(status / 100)}xx` }, seconds);
  }

  /**
   * One attempt to hand on an event.
   * @param kind of the endpoint
   * @param outcome `ok`, or the code of the fault
   */
  attempt(kind: string, outcome: string): void {
    this.attempts.add(`${kind}|${outcome}`);
  }

  /**
   * A gauge that is read when Prometheus asks, e.g. the number of pending receipts. A reading is used for ten seconds, so
   * that several scrapers cost one query. If reading takes more than two seconds, the gauge is left out of the answer: a
   * stale number would hide the outage.
   */
  collect(name: string, help: string, read: () => Promise<number>): void {
    let readAt = -Infinity;
    const { log } = this;
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        if (performance.now() - readAt < READING_LIVES_MS) return;
        try {
          this.set(await within(COLLECT_WITHIN_MS, read()));
          readAt = performance.now();
        } catch {
          this.remove();
          log.warn(`The gauge ${name} could not be read`);
        }
      },
    });
  }

  /** Content type and text of one scrape. */
  async scrape(): Promise<{ contentType: string; text: string }> {
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }

  private counter(name: string, help: string, labelNames: string[]): LabelledCounter {
    return new LabelledCounter(this.registry, name, help, labelNames);
  }
}
