import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { aFewASecond } from './a-few-a-second.js';
import { within } from './within.js';

const CHECK_WITHIN_MS = 2_000;

/** @returns null when all is well, else a public reason without PII or secrets */
export type ReadinessCheck = () => Promise<string | null>;

/** Whether this process should get requests. Load balancers ask; others register the checks. */
@Injectable()
export class Readiness implements OnModuleDestroy {
  private readonly checks = new Map<string, ReadinessCheck>();
  private readonly running = new Map<string, Promise<string | null>>();
  /** True until it is ready for the first time. */
  starting = true;
  draining = false;
  /** Whether new requests are refused. */
  refuses = false;

  /** From now on `/health/ready` refuses, so that load balancers send no more. Requests in flight go on. */
  drain(): void {
    this.draining = true;
  }

  /** From now on new requests are refused. Requests in flight go on. */
  refuse(): void {
    this.draining = true;
    this.refuses = true;
  }

  /** Usually the application has already stopped taking requests, unless it is stopped before it listens. */
  onModuleDestroy(): void {
    this.refuse();
  }

  /** Adds a check, which has two seconds to answer. Anybody can trigger it, so it runs only a few times a second. */
  require(name: string, check: ReadinessCheck): void {
    this.checks.set(name, aFewASecond(check));
  }

  /** Why this process is not ready, one text per obstacle; empty when it is. */
  async obstacles(): Promise<string[]> {
    if (this.draining) return ['the server is stopping'];
    const reasons = await Promise.all([...this.checks].map(([name, check]) => this.ask(name, check)));
    const obstacles = reasons.filter((reason) => reason !== null);
    if (obstacles.length === 0) this.starting = false;
    return obstacles;
  }

  private async ask(name: string, check: ReadinessCheck): Promise<string | null> {
    try {
      return await within(CHECK_WITHIN_MS, this.once(name, check));
    } catch {
      return `${name}: no answer within ${CHECK_WITHIN_MS / 1000} s`;
    }
  }

  /** A check that hangs is not started again: with a silent database it would use up the whole pool. */
  private once(name: string, check: ReadinessCheck): Promise<string | null> {
    const running = this.running.get(name);
    if (running !== undefined) return running;
    const started = check()
      .catch(() => `${name}: failed`)
      .finally(() => this.running.delete(name));
    this.running.set(name, started);
    return started;
  }
}
