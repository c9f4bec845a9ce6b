import { Module } from '@nestjs/common';
import { ApplicantsModule } from '../applicants/applicants.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { ConsumersController } from './consumers.controller.js';
import { Consumers } from './consumers.service.js';
import { EventFields } from './event-fields.service.js';
import { FeedController } from './feed.controller.js';
import { FeedFollowers } from './feed-followers.service.js';
import { FeedWatch } from './feed-watch.service.js';
import { Feed } from './feed.service.js';
import { NameWordsFollower } from './name-words-follower.service.js';

@Module({
  imports: [ApplicantsModule, AuthModule],
  controllers: [FeedController, ConsumersController],
  providers: [Consumers, EventFields, Feed, FeedFollowers, FeedWatch, NameWordsFollower],
  exports: [Consumers, EventFields, Feed, FeedFollowers, FeedWatch],
})
export class FeedModule {}
