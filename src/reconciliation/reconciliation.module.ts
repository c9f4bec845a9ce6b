import { Module, type OnModuleInit } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { AuthModule } from '../auth/auth.module.js';
import { EnrollClientModule } from '../enroll-client/enroll-client.module.js';
import { FeedModule } from '../feed/feed.module.js';
import { InboxModule } from '../inbox/inbox.module.js';
import { Metrics } from '../observability/metrics.js';
import { Doubts } from './doubts.service.js';
import { EntryDigests } from './entry-digests.service.js';
import { GapsController } from './gaps.controller.js';
import { summarizeOpenGaps } from './gaps.repository.js';
import { Gaps } from './gaps.service.js';
import { Healer } from './healer.service.js';
import { ReconciliationJobs } from './reconciliation-jobs.service.js';
import { Reconciliation } from './reconciliation.service.js';
import { Refreshes } from './refreshes.service.js';
import { Runner } from './runner.service.js';
import { RunsController } from './runs.controller.js';
import { JwksController, StatementController } from './statement.controller.js';
import { Statements } from './statement.service.js';

@Module({
  imports: [AuthModule, EnrollClientModule, FeedModule, InboxModule],
  controllers: [RunsController, GapsController, StatementController, JwksController],
  providers: [
    Doubts,
    EntryDigests,
    Gaps,
    Healer,
    Reconciliation,
    ReconciliationJobs,
    Refreshes,
    Runner,
    Statements,
  ],
  exports: [EntryDigests, Gaps, Reconciliation, Refreshes, Runner, Statements],
})
export class ReconciliationModule implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly connection: EntityManager,
  ) {}

  onModuleInit(): void {
    this.metrics.collect(
      'rollcall_reconciliation_open_gaps',
      'Gaps between eNROLL and us that are open.',
      async () => (await summarizeOpenGaps(this.connection)).open,
    );
  }
}
