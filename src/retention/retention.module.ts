import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ImagesModule } from '../images/images.module.js';
import { WebhooksModule } from '../webhooks/webhooks.module.js';
import { DueData } from './due-data.service.js';
import { HoldCopies } from './hold-copies.service.js';
import { HoldsController } from './holds.controller.js';
import { Holds } from './holds.service.js';
import { RetentionController } from './retention.controller.js';
import { RetentionPolicy } from './retention-policy.service.js';
import { RetentionRuns } from './retention-runs.service.js';
import { RetentionWorker } from './retention-worker.service.js';
import { SubjectHolds } from './subject-holds.service.js';

@Module({
  imports: [AuthModule, ImagesModule, WebhooksModule],
  controllers: [HoldsController, RetentionController],
  providers: [DueData, HoldCopies, Holds, RetentionPolicy, RetentionRuns, RetentionWorker, SubjectHolds],
  exports: [DueData, HoldCopies, Holds, SubjectHolds],
})
export class RetentionModule {}
