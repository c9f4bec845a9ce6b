import { Module, type OnModuleInit } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { AuthModule } from '../auth/auth.module.js';
import { FeedModule } from '../feed/feed.module.js';
import { Metrics } from '../observability/metrics.js';
import { readProgress } from './feed-rollup.repository.js';
import { FeedRollup } from './feed-rollup.service.js';
import { Latencies } from './latencies.service.js';
import { LAG_SECONDS, ReceiptRollup } from './receipt-rollup.service.js';
import { Recounts } from './recount.service.js';
import { Silence } from './silence.service.js';
import { StatsController } from './stats.controller.js';
import { Statistics } from './stats.service.js';

@Module({
  imports: [AuthModule, FeedModule],
  controllers: [StatsController],
  providers: [FeedRollup, Latencies, ReceiptRollup, Recounts, Silence, Statistics],
  exports: [Recounts, Silence, Statistics],
})
export class StatsModule implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly connection: EntityManager,
  ) {}

  onModuleInit(): void {
    this.metrics.collect(
      'rollcall_stats_behind_seconds',
      'How far statistics are behind what was committed, and behind what was received more than two minutes ago.',
      async () => {
        const now = Date.now();
        const { asOf, callbacksAsOf } = await readProgress(this.connection);
        const receipts = now - LAG_SECONDS * 1000 - (callbacksAsOf?.getTime() ?? now);
        return Math.max(0, now - asOf.getTime(), receipts) / 1000;
      },
    );
  }
}
