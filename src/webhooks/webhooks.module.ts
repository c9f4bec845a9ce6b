import { Module, type OnModuleInit } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { AuthModule } from '../auth/auth.module.js';
import { FeedModule } from '../feed/feed.module.js';
import { Metrics } from '../observability/metrics.js';
import { AttemptReports } from './attempt-reports.service.js';
import { Deliverer } from './deliverer.service.js';
import { DeliveriesController } from './deliveries.controller.js';
import { Deliveries } from './deliveries.service.js';
import { Destinations } from './destinations.service.js';
import { EndpointSecrets } from './endpoint-secrets.service.js';
import { EndpointsController } from './endpoints.controller.js';
import { countDue } from './endpoints.repository.js';
import { Endpoints } from './endpoints.service.js';
import { Messages } from './messages.service.js';
import { SettledDeliveries } from './settled-deliveries.service.js';
import { SignedPost } from './signed-post.service.js';
import { TargetGuard } from './target-guard.js';
import { WebhookJobs } from './webhook-jobs.service.js';

@Module({
  imports: [AuthModule, FeedModule],
  controllers: [EndpointsController, DeliveriesController],
  providers: [
    AttemptReports,
    Deliverer,
    Deliveries,
    Destinations,
    Endpoints,
    EndpointSecrets,
    Messages,
    SettledDeliveries,
    SignedPost,
    TargetGuard,
    WebhookJobs,
  ],
  exports: [Deliveries, Endpoints, SettledDeliveries, SignedPost],
})
export class WebhooksModule implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly connection: EntityManager,
  ) {}

  onModuleInit(): void {
    this.metrics.collect(
      'rollcall_deliveries_due',
      'Deliveries that wait, of all endpoints; no more than 100,000 are counted.',
      () => countDue(this.connection),
    );
  }
}
