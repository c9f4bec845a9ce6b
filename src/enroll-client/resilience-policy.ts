import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  DelegateBackoff,
  handleWhen,
  type IBackoffFactory,
  type IRetryBackoffContext,
  retry,
  TaskCancelledError,
  timeout,
  TimeoutStrategy,
} from 'cockatiel';
import { UpstreamFault } from './upstream-fault.js';

/** How hard we press eNROLL (M9). */
export interface ResilienceOptions {
  /** For one try, up to the last byte of its answer. */
  timeoutMs: number;
  /** Tries of one request, with the first. */
  tries: number;
  /** Wait before the second try. It doubles for each further try, with jitter. */
  delayMs: number;
  /** We do not wait for a longer Retry-After but pass it on to the caller. */
  longestWaitMs: number;
  /** Most requests at one time, and most further ones that may wait. */
  concurrency: number;
  queueLength: number;
  /** Failures in a row that open the breaker, and the time before one request may try again. */
  breakAfter: number;
  pauseMs: number;
}

export const DEFAULT_RESILIENCE: Omit<ResilienceOptions, 'timeoutMs' | 'concurrency'> = {
  tries: 4,
  delayMs: 250,
  longestWaitMs: 30_000,
  queueLength: 1000,
  breakAfter: 10,
  pauseMs: 10_000,
};

/** Retry, breaker, time-out and bulkhead for one host. */
export class ResiliencePolicy {
  private readonly slots;
  private readonly retries;
  private readonly breaker: CircuitBreakerPolicy;
  private readonly time;

  constructor(
    private readonly options: ResilienceOptions,
    onBreakerChange: (state: 'open' | 'half-open' | 'closed') => void,
  ) {
    this.slots = bulkhead(options.concurrency, options.queueLength);
    this.retries = retry(
      handleWhen((error) => this.worthAnotherTry(error)),
      { maxAttempts: options.tries - 1, backoff: this.backoff() },
    );
    this.breaker = circuitBreaker(
      handleWhen((error) => error instanceof UpstreamFault && error.outage),
      { halfOpenAfter: options.pauseMs, breaker: new ConsecutiveBreaker(options.breakAfter) },
    );
    this.breaker.onStateChange((state) => {
      onBreakerChange(
        state === CircuitState.Closed ? 'closed' : state === CircuitState.Open ? 'open' : 'half-open',
      );
    });
    this.time = timeout(options.timeoutMs, TimeoutStrategy.Aggressive);
  }

  /** Runs `work` when fewer than `concurrency` others run. @throws UpstreamFault `queue`, `cancelled` */
  async inSlot<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await this.slots.execute(() => work(), signal);
    } catch (error) {
      if (error instanceof BulkheadRejectedError) throw new UpstreamFault('queue');
      if (error instanceof TaskCancelledError) throw new UpstreamFault('cancelled');
      throw error;
    }
  }

  /** Tries until it works or another try is useless. @throws UpstreamFault and the other errors of `attempt` */
  async execute<T>(attempt: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const trying = this.retries.execute(() => this.once(attempt, signal), signal);
    return signal === undefined ? trying : await Promise.race([trying, cancelled(signal, trying)]);
  }

  private async once<T>(attempt: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await this.breaker.execute(() => this.inTime(attempt, signal), signal);
    } catch (error) {
      if (error instanceof BrokenCircuitError) {
        throw new UpstreamFault('paused', { retryAfterMs: this.options.pauseMs });
      }
      throw error;
    }
  }

  private async inTime<T>(attempt: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await this.time.execute(({ signal: both }) => attempt(both), signal);
    } catch (error) {
      if (signal?.aborted === true) throw new UpstreamFault('cancelled');
      if (error instanceof TaskCancelledError) throw new UpstreamFault('timeout');
      throw error;
    }
  }

  private worthAnotherTry(error: Error): boolean {
    if (!(error instanceof UpstreamFault) || !error.passing) return false;
    return (error.facts.retryAfterMs ?? 0) <= this.options.longestWaitMs;
  }

  /** The wait that eNROLL asks for, plus a doubling wait with jitter, so that many waiters do not return at once. */
  private backoff(): IBackoffFactory<IRetryBackoffContext<unknown>> {
    return new DelegateBackoff(({ attempt, result }: IRetryBackoffContext<unknown>) => {
      const asked =
        'error' in result && result.error instanceof UpstreamFault
          ? result.error.facts.retryAfterMs
          : undefined;
      return (asked ?? 0) + this.options.delayMs * 2 ** (attempt - 1) * (0.5 + Math.random());
    });
  }
}

/** Rejects when the caller leaves, even during a wait between two tries. */
function cancelled(signal: AbortSignal, trying: Promise<unknown>): Promise<never> {
  return new Promise((_resolve, reject) => {
    const leave = () => reject(new UpstreamFault('cancelled'));
    const stop = () => signal.removeEventListener('abort', leave);
    signal.addEventListener('abort', leave, { once: true });
    trying.then(stop, stop);
  });
}
