import { Module, type OnModuleInit } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { AuthModule } from '../auth/auth.module.js';
import { Config } from '../config/config.js';
import { FeedModule } from '../feed/feed.module.js';
import { ImagesModule } from '../images/images.module.js';
import { InboxModule } from '../inbox/inbox.module.js';
import { Metrics } from '../observability/metrics.js';
import { ReconciliationModule } from '../reconciliation/reconciliation.module.js';
import { StatsModule } from '../stats/stats.module.js';
import { SignedPost } from '../webhooks/signed-post.service.js';
import { WebhooksModule } from '../webhooks/webhooks.module.js';
import { AlertsController } from './alerts.controller.js';
import { countOpenAlerts, secondsSinceEvaluation } from './alerts.repository.js';
import { Alerts } from './alerts.service.js';
import { Channels, openChannels } from './channels.js';
import { Evaluation } from './evaluation.service.js';
import { countDue } from './notifications.repository.js';
import { Notifier } from './notifier.service.js';
import { READERS_PROVIDER } from './readings.js';

@Module({
  imports: [
    AuthModule,
    FeedModule,
    ImagesModule,
    InboxModule,
    ReconciliationModule,
    StatsModule,
    WebhooksModule,
  ],
  controllers: [AlertsController],
  providers: [
    Alerts,
    Evaluation,
    Notifier,
    READERS_PROVIDER,
    { provide: Channels, inject: [Config, SignedPost], useFactory: openChannels },
  ],
  exports: [Alerts],
})
export class AlertsModule implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly connection: EntityManager,
  ) {}

  onModuleInit(): void {
    this.metrics.collect('rollcall_alerts_open', 'Alerts that are open.', () =>
      countOpenAlerts(this.connection),
    );
    this.metrics.collect(
      'rollcall_alert_notifications_due',
      'Notifications of alerts that are still to be sent.',
      () => countDue(this.connection),
    );
    this.metrics.collect(
      'rollcall_alerts_evaluation_age_seconds',
      'Since alerts were last evaluated.',
      async () => (await secondsSinceEvaluation(this.connection)) ?? NaN,
    );
  }
}
