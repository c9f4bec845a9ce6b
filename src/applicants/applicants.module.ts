import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module.js';
import { EnrollClientModule } from '../enroll-client/enroll-client.module.js';
import { ApplicantErasure } from './applicant-erasure.service.js';
import { ApplicantSearch } from './applicant-search.service.js';
import { ApplicantRows } from './applicant-rows.service.js';
import { ApplicantsController } from './applicants.controller.js';
import { Applicant } from './applicants.entity.js';
import { ApplicantsRepository } from './applicants.repository.js';
import { Applicants } from './applicants.service.js';
import { Change } from './changes.entity.js';
import { HashKeying } from './hash-keying.service.js';
import { History } from './history.service.js';
import { NameSearcher } from './name-search.service.js';
import { NameWords } from './name-words.service.js';
import { RekeyedIndexes } from './rekeyed-indexes.service.js';
import { RevealGrants } from './reveal-grants.service.js';
import { RevealLimit } from './reveal-limit.service.js';
import { RevealController, RevealRequestsController } from './reveals.controller.js';
import { Reveals } from './reveals.service.js';
import { RowKeys } from './row-keys.service.js';
import { RowVerification } from './row-verification.service.js';
import { SealedRows } from './sealed-rows.service.js';
import { SearchLimit } from './search-limit.service.js';
import { TamperedRows } from './tampered-rows.service.js';
import { VersionContents } from './version-contents.service.js';
import { Versions } from './versions.service.js';
import { WholeHistory } from './whole-history.service.js';

@Module({
  imports: [AuthModule, EnrollClientModule, TypeOrmModule.forFeature([Applicant, Change])],
  controllers: [ApplicantsController, RevealController, RevealRequestsController],
  providers: [
    ApplicantErasure,
    ApplicantRows,
    ApplicantSearch,
    Applicants,
    ApplicantsRepository,
    HashKeying,
    History,
    NameSearcher,
    NameWords,
    RekeyedIndexes,
    RevealGrants,
    RevealLimit,
    Reveals,
    RowKeys,
    RowVerification,
    SealedRows,
    SearchLimit,
    TamperedRows,
    VersionContents,
    Versions,
    WholeHistory,
  ],
  exports: [
    ApplicantErasure,
    ApplicantRows,
    ApplicantsRepository,
    NameWords,
    RevealGrants,
    RowKeys,
    RowVerification,
    VersionContents,
    Versions,
    WholeHistory,
  ],
})
export class ApplicantsModule {}
