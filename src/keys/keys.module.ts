import { Module } from '@nestjs/common';
import { ApplicantsModule } from '../applicants/applicants.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { ExportsModule } from '../exports/exports.module.js';
import { ImagesModule } from '../images/images.module.js';
import { InboxModule } from '../inbox/inbox.module.js';
import { PrivacyModule } from '../privacy/privacy.module.js';
import { ReconciliationModule } from '../reconciliation/reconciliation.module.js';
import { KeysController } from './keys.controller.js';
import { KeyRetirement } from './key-retirement.service.js';
import { KeyRotation } from './key-rotation.service.js';
import { KeyUses } from './key-uses.service.js';
import { Keys } from './keys.service.js';
import { Places } from './places.service.js';
import { StoredPlaces } from './stored-places.service.js';
import { ResealJob } from './reseal-job.service.js';

@Module({
  imports: [
    ApplicantsModule,
    AuthModule,
    ExportsModule,
    ImagesModule,
    InboxModule,
    PrivacyModule,
    ReconciliationModule,
  ],
  controllers: [KeysController],
  providers: [Places, StoredPlaces, ResealJob, KeyUses, Keys, KeyRotation, KeyRetirement],
})
export class KeysModule {}
