import type { Command } from 'commander';
import { PrivacyPeriodQuery } from '../audit-trail/privacy-report.dto.js';
import { PrivacyReports } from '../audit-trail/privacy-report.service.js';
import { withOptions } from './calls.js';
import { BY, type CliContext } from './context.js';
import { judged } from './judged.js';
import { printReport, REPORT, type ReportOptions } from './signed.js';

/** What a data protection officer asks for. */
export function register(privacy: Command, context: CliContext): void {
  withOptions(privacy.command('report'), REPORT)
    .description(
      'reveals, raw reads, exports, subject accesses, erasures, holds and retention of a period, as one signed file; it is recorded',
    )
    .action(async ({ out, ...period }: ReportOptions) => {
      const reports = await context.service(PrivacyReports);
      await printReport(context, await reports.report(BY, await judged(PrivacyPeriodQuery, period)), out);
    });
}
