import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { FeedModule } from '../feed/feed.module.js';
import { LiveController } from './live.controller.js';
import { LiveWatch } from './live-watch.service.js';

@Module({ imports: [AuthModule, FeedModule], controllers: [LiveController], providers: [LiveWatch] })
export class LiveModule {}
