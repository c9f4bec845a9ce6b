import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Metrics } from '../observability/metrics.js';
import { addCounts } from './counted.repository.js';
import { LATENCY } from './stats.types.js';

const WRITE_EVERY_MS = 10_000;
const HOUR_MS = 3_600_000;

/**
 * Stores the latencies of the callbacks that this process answered. They are counted in memory, so that a callback pays
 * nothing for it. A crash loses the latencies of the last ten seconds, and nothing else.
 */
@Injectable()
export class Latencies implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(Latencies.name);
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
    const counts = this.metrics.callbackLatency.take();
    if (counts.size === 0) return;
    const hour = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS);
    const byBucket = new Map([...counts].map(([bucket, n]) => [String(bucket), n]));
    try {
      await addCounts(this.connection, LATENCY, hour, byBucket);
    } catch (error) {
      this.metrics.callbackLatency.putBack(counts);
      this.log.warn({ code: 'LATENCIES_NOT_WRITTEN', error });
    }
  }
}
