import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { StatusController } from './status.controller.js';
import { Status } from './status.service.js';

@Module({ imports: [AuthModule], controllers: [StatusController], providers: [Status], exports: [Status] })
export class StatusModule {}
