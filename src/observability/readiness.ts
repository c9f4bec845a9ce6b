import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { aFewASecond } from './a-few-a-second.js';
import { within } from './within.js';

const CHECK_WITHIN_MS = 2_000;

/** @returns null when all is well, else a public reason without PII or secrets */
export type ReadinessCheck = () => Promise<string | null>;

/** Whether this process should be sent requests: asked by load balancers, told by whoever knows of an obstacle. */
@Injectable()
export class Readiness implements OnModuleDestroy {
  private readonly checks = new Map<string, ReadinessCheck>();
  private readonly running = new Map<string, Promise<string | null>>();
  private stopping = false;
  private turnsAway = false;
  private wasReady = false;

  /** Whether it has yet to be ready for the first time. */
  get starting(): boolean {
    return !this.wasReady;
  }

  get draining(): boolean {
    return this.stopping;
  }

  /** Whether requests that come now are refused. */
  get refuses(): boolean {
    return this.turnsAway;
  }

  /** From now on `/health/ready` refuses, so that load balancers send no more; what is in flight goes on. */
  drain(): void {
    this.stopping = true;
  }

  /** From now on nothing that comes in is begun; what is in flight goes on. */
  refuse(): void {
    this.stopping = true;
    this.turnsAway = true;
  }

  /** Nobody closes the application before it has stopped taking requests, but for a stop that came ahead of listening. */
  onModuleDestroy(): void {
    this.refuse();
  }

  /** Adds a check; it has two seconds to answer. Anyone may have it run, so that is done a few times a second at the most. */
  require(name: string, check: ReadinessCheck): void {
    this.checks.set(name, aFewASecond(check));
  }

  /** Why this process is not ready, one text per obstacle; empty when it is. */
  async obstacles(): Promise<string[]> {
    if (this.stopping) return ['the server is stopping'];
    const reasons = await Promise.all([...this.checks].map(([name, check]) => this.ask(name, check)));
    const obstacles = reasons.filter((reason) => reason !== null);
    this.wasReady ||= obstacles.length === 0;
    return obstacles;
  }

  private async ask(name: string, check: ReadinessCheck): Promise<string | null> {
    try {
      return await within(CHECK_WITHIN_MS, this.once(name, check));
    } catch {
      return `${name}: no answer within ${CHECK_WITHIN_MS / 1000} s`;
    }
  }

  /** A check that hangs is not started again: a silent database would be asked until its pool is empty. */
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
