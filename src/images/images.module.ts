import { Module } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { ApplicantsModule } from '../applicants/applicants.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { Config } from '../config/config.js';
import { Sealer } from '../crypto/sealer.js';
import { EnrollClientModule } from '../enroll-client/enroll-client.module.js';
import { FeedModule } from '../feed/feed.module.js';
import { ApplicantImagesController } from './applicant-images.controller.js';
import { ImagesController } from './images.controller.js';
import { ImageErasure } from './image-erasure.service.js';
import { ImageFetcher } from './image-fetcher.service.js';
import { ImageWants } from './image-wants.service.js';
import { Images } from './images.service.js';
import { LostImages } from './lost-images.service.js';
import { MirrorControl } from './mirror-control.service.js';
import { ImageMirror } from './mirror.service.js';
import { openStore } from './open-store.js';
import { knownObjects, StoreMark } from './store-mark.service.js';
import { ReplacedImages } from './replaced-images.service.js';
import { SubjectImages } from './subject-images.service.js';
import { SealedImageStore } from './sealed-image-store.service.js';

@Module({
  imports: [ApplicantsModule, AuthModule, EnrollClientModule, FeedModule],
  controllers: [ImagesController, ApplicantImagesController],
  providers: [
    ImageErasure,
    ImageFetcher,
    Images,
    ImageMirror,
    ImageWants,
    LostImages,
    MirrorControl,
    ReplacedImages,
    StoreMark,
    SubjectImages,
    {
      provide: SealedImageStore,
      inject: [Config, Sealer, EntityManager],
      useFactory: async (config: Config, sealer: Sealer, connection: EntityManager) =>
        new SealedImageStore(await openStore(config, () => knownObjects(connection)), sealer),
    },
  ],
  exports: [
    ImageErasure,
    LostImages,
    MirrorControl,
    ReplacedImages,
    SealedImageStore,
    StoreMark,
    SubjectImages,
  ],
})
export class ImagesModule {}
