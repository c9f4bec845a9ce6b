import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApplicantsModule } from '../applicants/applicants.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { Batcher } from './batcher.js';
import { Committer } from './committer.js';
import { InboxGauges } from './inbox-gauges.js';
import { Inbox } from './inbox.service.js';
import { Partitions } from './partitions.service.js';
import { PendingReceipts } from './pending.service.js';
import { ProbesController } from './probes.controller.js';
import { Probes } from './probes.service.js';
import { QuarantineController } from './quarantine.controller.js';
import { Quarantined } from './quarantine.entity.js';
import { Quarantine } from './quarantine.service.js';
import { QuarantinedPeople } from './quarantined-people.service.js';
import { ReceiptRedactions } from './receipt-redactions.service.js';
import { ReceiptsController } from './receipts.controller.js';
import { ReceivedElements } from './received-elements.service.js';
import { Receipts } from './receipts.service.js';
import { SubjectReceipts } from './subject-receipts.service.js';
import { Replays } from './replays.service.js';

@Module({
  imports: [ApplicantsModule, AuthModule, TypeOrmModule.forFeature([Quarantined])],
  controllers: [ReceiptsController, QuarantineController, ProbesController],
  providers: [
    Batcher,
    Committer,
    Inbox,
    InboxGauges,
    Partitions,
    PendingReceipts,
    Probes,
    Quarantine,
    QuarantinedPeople,
    ReceivedElements,
    ReceiptRedactions,
    Receipts,
    Replays,
    SubjectReceipts,
  ],
  exports: [
    Inbox,
    Partitions,
    PendingReceipts,
    Probes,
    Quarantine,
    QuarantinedPeople,
    ReceiptRedactions,
    ReceivedElements,
    Receipts,
    Replays,
    SubjectReceipts,
  ],
})
export class InboxModule {}
