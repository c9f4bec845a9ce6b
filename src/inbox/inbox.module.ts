import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApplicantsModule } from '../applicants/applicants.module.js';
import { Batcher } from './batcher.js';
import { Committer } from './committer.js';
import { InboxGauges } from './inbox-gauges.js';
import { Inbox } from './inbox.service.js';
import { PendingReceipts } from './pending.service.js';
import { Probe } from './probes.entity.js';
import { Probes } from './probes.service.js';

@Module({
  imports: [ApplicantsModule, TypeOrmModule.forFeature([Probe])],
  providers: [Batcher, Committer, Inbox, InboxGauges, PendingReceipts, Probes],
  exports: [Inbox, PendingReceipts, Probes],
})
export class InboxModule {}
