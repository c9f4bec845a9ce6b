import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { FeedModule } from '../feed/feed.module.js';
import { FeedRollup } from './feed-rollup.service.js';
import { Latencies } from './latencies.service.js';
import { ReceiptRollup } from './receipt-rollup.service.js';
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
export class StatsModule {}
