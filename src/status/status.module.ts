import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { JobList } from './job-list.service.js';
import { JobsController } from './jobs.controller.js';
import { SettingsController } from './settings.controller.js';
import { StatusController } from './status.controller.js';
import { Status } from './status.service.js';

@Module({
  imports: [AuthModule],
  controllers: [StatusController, JobsController, SettingsController],
  providers: [Status, JobList],
  exports: [Status],
})
export class StatusModule {}
