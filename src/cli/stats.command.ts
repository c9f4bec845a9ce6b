import type { Command } from 'commander';
import { Recounts, type RecountReport } from '../stats/recount.service.js';
import { type CliContext } from './context.js';
import { ProgressBar } from './progress.js';

/** The numbers that dashboards read. */
export function register(stats: Command, context: CliContext): void {
  stats
    .command('rebuild')
    .description('count everything anew, and put right what the statistics have otherwise')
    .option('--check', 'only compare; ends with 1 where anything differs')
    .action(({ check = false }: { check?: boolean }) => rebuild(context, check));
}

async function rebuild(context: CliContext, check: boolean): Promise<void> {
  const recounts = (await context.createApp()).get(Recounts, { strict: false });
  const progress = new ProgressBar();
  const report = await recounts.run(!check, (share, soFar) => {
    if (!context.json) progress.show(share, soFar.applicants + soFar.events + soFar.receipts, told(soFar));
  });
  progress.clear();
  if (report === undefined) throw new Error('Another recount is under way');
  const { examples, ...numbers } = report;
  context.print(context.json ? report : numbers);
  if (!context.json && examples.length > 0) context.print(examples);
  if (check && report.differences > 0) throw new Error('The statistics differ from a recount');
}

function told({ applicants, events, receipts, differences }: RecountReport): string {
  return `${applicants} applicants, ${events} events, ${receipts} receipts, ${differences} differences`;
}
