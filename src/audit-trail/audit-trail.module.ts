import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { AuditTrailController } from './audit-trail.controller.js';
import { AuditTrail } from './audit-trail.service.js';
import { AuditChain } from './chain.service.js';
import { PrivacyReportController } from './privacy-report.controller.js';
import { PrivacyReports } from './privacy-report.service.js';

@Module({
  imports: [AuthModule],
  controllers: [AuditTrailController, PrivacyReportController],
  providers: [AuditChain, AuditTrail, PrivacyReports],
  exports: [AuditTrail, PrivacyReports],
})
export class AuditTrailModule {}
