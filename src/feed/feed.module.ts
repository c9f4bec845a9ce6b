import { Module, type OnModuleInit } from '@nestjs/common';
import { ApplicantsModule } from '../applicants/applicants.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { Metrics } from '../observability/metrics.js';
import { ConsumersController } from './consumers.controller.js';
import { Consumers } from './consumers.service.js';
import { EventFields } from './event-fields.service.js';
import { FeedController } from './feed.controller.js';
import { FeedFollowers } from './feed-followers.service.js';
import { FeedWatch } from './feed-watch.service.js';
import { Feed } from './feed.service.js';

@Module({
  imports: [ApplicantsModule, AuthModule],
  controllers: [FeedController, ConsumersController],
  providers: [Consumers, EventFields, Feed, FeedFollowers, FeedWatch],
  exports: [Consumers, EventFields, Feed, FeedFollowers],
})
export class FeedModule implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly consumers: Consumers,
  ) {}

  onModuleInit(): void {
    this.metrics.collect(
      'rollcall_consumer_lag_seconds',
      'Age of the oldest event that any consumer of the feed has not acknowledged.',
      async () => Math.max(0, ...(await this.consumers.lags()).map(({ oldestSeconds }) => oldestSeconds)),
    );
  }
}
