import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { FeedModule } from '../feed/feed.module.js';
import { FeedRollup } from './feed-rollup.service.js';
import { ReceiptRollup } from './receipt-rollup.service.js';
import { Recounts } from './recount.service.js';
import { Silence } from './silence.service.js';
import { StatsController } from './stats.controller.js';
import { Statistics } from './stats.service.js';
import { Tallies } from './tallies.service.js';

@Module({
  imports: [AuthModule, FeedModule],
  controllers: [StatsController],
  providers: [FeedRollup, ReceiptRollup, Recounts, Silence, Statistics, Tallies],
  exports: [Recounts, Silence, Statistics],
})
export class StatsModule {}
