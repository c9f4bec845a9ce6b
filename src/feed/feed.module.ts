import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { FeedController } from './feed.controller.js';
import { Feed } from './feed.service.js';

@Module({ imports: [AuthModule], controllers: [FeedController], providers: [Feed], exports: [Feed] })
export class FeedModule {}
