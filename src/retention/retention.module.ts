import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { HoldsController } from './holds.controller.js';
import { Holds } from './holds.service.js';

@Module({
  imports: [AuthModule],
  controllers: [HoldsController],
  providers: [Holds],
  exports: [Holds],
})
export class RetentionModule {}
