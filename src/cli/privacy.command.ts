import { open } from 'node:fs/promises';
import type { Command } from 'commander';
import { PrivacyPeriodQuery } from '../audit-trail/privacy-report.dto.js';
import { PrivacyReports } from '../audit-trail/privacy-report.service.js';
import { judged } from './arguments.js';
import { BY, type CliContext } from './context.js';

interface ReportOptions {
  from: string;
  to: string;
  out?: string;
}

/** What a data protection officer asks for. */
export function register(privacy: Command, context: CliContext): void {
  privacy
    .command('report')
    .description(
      'reveals, raw reads, exports, subject accesses, erasures, holds and retention of a period, as one signed file; it is recorded',
    )
    .requiredOption('--from <time>', 'at or after, e.g. 2026-11-01; a date begins in UTC')
    .requiredOption('--to <time>', 'before')
    .option('--out <file>', 'where to; without it only the counts are shown, or all of it with --json')
    .action((options: ReportOptions) => report(context, options));
}

async function report(context: CliContext, { out, ...period }: ReportOptions): Promise<void> {
  const reports = await context.service(PrivacyReports);
  const signed = await reports.report(BY, await judged(PrivacyPeriodQuery, period));
  const counts = Object.fromEntries(signed.report.classes.map((one) => [one.class, one.count]));
  if (out === undefined) return context.show(signed, () => counts);
  const file = await open(out, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(signed, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  context.print({ file: out, ...counts });
}
