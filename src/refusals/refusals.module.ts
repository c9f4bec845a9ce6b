import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { RefusalsController } from './refusals.controller.js';
import { Refusals } from './refusals.service.js';

@Module({
  imports: [AuthModule],
  controllers: [RefusalsController],
  providers: [Refusals],
  exports: [Refusals],
})
export class RefusalsModule {}
