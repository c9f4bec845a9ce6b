import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { InboxModule } from '../inbox/inbox.module.js';
import { CallbackTest } from './callback-test.js';
import { CallbacksController } from './callbacks.controller.js';

@Module({
  imports: [AuthModule, InboxModule],
  controllers: [CallbacksController],
  providers: [CallbackTest],
  exports: [CallbackTest],
})
export class CallbacksModule {}
