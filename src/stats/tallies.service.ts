import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Metrics } from '../observability/metrics.js';
import type { Tally } from '../observability/tally.js';
import { addCounts } from './counted.repository.js';
import { LATENCY, REFUSED_CALLBACKS, REFUSED_TOKENS, type Topic } from './stats.types.js';

const WRITE_EVERY_MS = 10_000;
const HOUR_MS = 3_600_000;

/**
 * Stores what only this process saw: how long its callbacks took, and what it refused. Both are counted in memory, so that
 * an answer pays nothing for it. A crash loses the counts of the last ten seconds, and nothing else.
 */
@Injectable()
export class Tallies implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(Tallies.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: EntityManager,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.write(), WRITE_EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.write();
  }

  /** Sends no statement if there is nothing to write. Never throws: counts that were not written are kept. */
  async write(): Promise<void> {
    const { callbackLatency, refusedTokens, refusedCallbacks } = this.metrics;
    await this.writeOne(LATENCY, callbackLatency);
    await this.writeOne(REFUSED_TOKENS, refusedTokens);
    await this.writeOne(REFUSED_CALLBACKS, refusedCallbacks);
  }

  private async writeOne<What>(topic: Topic, tally: Tally<What>): Promise<void> {
    const counts = tally.take();
    if (counts.size === 0) return;
    const hour = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS);
    const byValue = new Map([...counts].map(([what, n]) => [String(what), n]));
    try {
      await addCounts(this.connection, topic, hour, byValue);
    } catch (error) {
      tally.putBack(counts);
      this.log.warn({ code: 'TALLIES_NOT_WRITTEN', error });
    }
  }
}
