import { Get } from '@nestjs/common';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Answers, Operation, ValidQuery } from '../problem/operation.js';
import { PrivacyPeriodQuery, SignedPrivacyReportDto } from './privacy-report.dto.js';
import { PrivacyReports } from './privacy-report.service.js';

@ManagementController('privacy/report', 'Management: audit')
@Scope('privacy:read')
export class PrivacyReportController {
  constructor(private readonly reports: PrivacyReports) {}

  @Get()
  @Operation(
    'Read a signed report of what was done with personal data in a period',
    'Reveals, unmasked and raw reads, exports, subject accesses, erasures, holds and retention, counted by actor and listed, ' +
      'for a data protection officer. It is made from the audit: ids and reasons, no personal data.',
  )
  @Answers(SignedPrivacyReportDto)
  async reportPrivacy(@Caller() actor: Actor, @ValidQuery() period: PrivacyPeriodQuery) {
    return this.reports.report(actor.name, period);
  }
}
