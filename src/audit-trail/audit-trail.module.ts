import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { AuditTrailController } from './audit-trail.controller.js';
import { AuditTrail } from './audit-trail.service.js';
import { AuditChain } from './chain.service.js';

@Module({
  imports: [AuthModule],
  controllers: [AuditTrailController],
  providers: [AuditChain, AuditTrail],
  exports: [AuditTrail],
})
export class AuditTrailModule {}
