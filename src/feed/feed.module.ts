import { Module } from '@nestjs/common';
import { ApplicantsModule } from '../applicants/applicants.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { EventFields } from './event-fields.service.js';
import { FeedController } from './feed.controller.js';
import { FeedFollowers } from './feed-followers.service.js';
import { Feed } from './feed.service.js';

@Module({
  imports: [ApplicantsModule, AuthModule],
  controllers: [FeedController],
  providers: [EventFields, Feed, FeedFollowers],
  exports: [EventFields, Feed, FeedFollowers],
})
export class FeedModule {}
