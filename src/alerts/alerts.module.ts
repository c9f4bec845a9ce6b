import { Module, type OnModuleInit } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { AuthModule } from '../auth/auth.module.js';
import { Metrics } from '../observability/metrics.js';
import { WebhooksModule } from '../webhooks/webhooks.module.js';
import { AlertsController } from './alerts.controller.js';
import { countOpenAlerts, secondsSinceEvaluation } from './alerts.repository.js';
import { Alerts } from './alerts.service.js';
import { Channels } from './channels.js';
import { Evaluation } from './evaluation.service.js';
import { countDue } from './notifications.repository.js';
import { Notifier } from './notifier.service.js';
import { Readings } from './readings.js';

@Module({
  imports: [AuthModule, WebhooksModule],
  controllers: [AlertsController],
  providers: [Alerts, Channels, Evaluation, Notifier, Readings],
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
      'Seconds since alerts were last evaluated.',
      async () => (await secondsSinceEvaluation(this.connection)) ?? NaN,
    );
  }
}
