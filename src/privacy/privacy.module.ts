import { Module } from '@nestjs/common';
import { ApplicantsModule } from '../applicants/applicants.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { ExportsModule } from '../exports/exports.module.js';
import { ImagesModule } from '../images/images.module.js';
import { InboxModule } from '../inbox/inbox.module.js';
import { RetentionModule } from '../retention/retention.module.js';
import { Certificates } from './certificates.service.js';
import { ErasureJobs } from './erasure-jobs.service.js';
import { ErasureWork } from './erasure-work.service.js';
import { ErasuresController } from './erasures.controller.js';
import { Erasures } from './erasures.service.js';
import { Erasers } from './erasers.service.js';
import { HoldLedger } from './hold-ledger.service.js';
import { LedgerReading } from './ledger-reading.service.js';
import { ErasureLedger } from './ledger.service.js';
import { Persons } from './persons.service.js';
import { SubjectAccessController } from './subject-access.controller.js';
import { SubjectAccess } from './subject-access.service.js';
import { SubjectFiles } from './subject-files.service.js';

@Module({
  imports: [ApplicantsModule, AuthModule, ExportsModule, ImagesModule, InboxModule, RetentionModule],
  controllers: [ErasuresController, SubjectAccessController],
  providers: [
    Certificates,
    Erasers,
    ErasureJobs,
    HoldLedger,
    LedgerReading,
    ErasureLedger,
    Erasures,
    ErasureWork,
    Persons,
    SubjectAccess,
    SubjectFiles,
  ],
  exports: [Certificates, ErasureLedger, Erasures, HoldLedger, SubjectAccess],
})
export class PrivacyModule {}
