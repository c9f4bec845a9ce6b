import { Module } from '@nestjs/common';
import { ApplicantsModule } from '../applicants/applicants.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { TimelineController } from './timeline.controller.js';
import { Timeline } from './timeline.service.js';

@Module({
  imports: [ApplicantsModule, AuthModule],
  controllers: [TimelineController],
  providers: [Timeline],
})
export class TimelineModule {}
