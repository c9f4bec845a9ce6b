import { type DynamicModule, Module } from '@nestjs/common';
import { AlertsModule } from './alerts/alerts.module.js';
import { ApplicantsModule } from './applicants/applicants.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuditTrailModule } from './audit-trail/audit-trail.module.js';
import { AuthModule } from './auth/auth.module.js';
import { CallbacksModule } from './callbacks/callbacks.module.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { ConsoleModule } from './console/console.module.js';
import { CryptoModule } from './crypto/crypto.module.js';
import { DatabaseModule } from './db/database.module.js';
import { EnrollClientModule } from './enroll-client/enroll-client.module.js';
import { ExportsModule } from './exports/exports.module.js';
import { FeedModule } from './feed/feed.module.js';
import { GoLiveModule } from './go-live/go-live.module.js';
import { ImagesModule } from './images/images.module.js';
import { InboxModule } from './inbox/inbox.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { KeysModule } from './keys/keys.module.js';
import { LiveModule } from './live/live.module.js';
import type { Log } from './observability/logger.js';
import { ObservabilityModule } from './observability/observability.module.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { ReconciliationModule } from './reconciliation/reconciliation.module.js';
import { RefusalsModule } from './refusals/refusals.module.js';
import { RetentionModule } from './retention/retention.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';
import { StatusModule } from './status/status.module.js';
import { StatsModule } from './stats/stats.module.js';
import { TimelineModule } from './timeline/timeline.module.js';

@Module({})
export class AppModule {
  /** @param databaseUrl of a reachable and migrated database */
  static register(given: { config: Config; databaseUrl: string; log: Log }): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.register(given.config),
        ObservabilityModule.register(given.log),
        DatabaseModule.register(given.databaseUrl),
        CryptoModule,
        JobsModule.register(given.databaseUrl),
        AuditModule,
        AuthModule,
        CallbacksModule,
        InboxModule,
        RefusalsModule,
        ApplicantsModule,
        FeedModule,
        ExportsModule,
        EnrollClientModule,
        ImagesModule,
        ReconciliationModule,
        PrivacyModule,
        AlertsModule,
        WebhooksModule,
        StatsModule,
        StatusModule,
        LiveModule,
        AuditTrailModule,
        RetentionModule,
        KeysModule,
        TimelineModule,
        GoLiveModule,
        ConsoleModule,
      ],
    };
  }
}
