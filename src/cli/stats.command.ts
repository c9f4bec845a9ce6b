import type { Command } from 'commander';
import type { RecountReport } from '../stats/recount.service.js';
import { BY, type CliContext } from './context.js';

/** The numbers that dashboards read. */
export function register(stats: Command, context: CliContext): void {
  stats
    .command('rebuild')
    .description('count everything again, and correct statistics that differ')
    .option('--check', 'only compare; exit code 1 where anything differs')
    .action(async ({ check = false }: { check?: boolean }) => {
      // loaded here: the other verb asks the API, and starts at once
      const [{ Recounts }, { Audit }] = await Promise.all([
        import('../stats/recount.service.js'),
        import('../audit/audit.service.js'),
      ]);
      const recounts = await context.service(Recounts);
      const report = await context.withProgress((progress) =>
        recounts.run(!check, (share, soFar) =>
          progress.show(share, soFar.applicants + soFar.events + soFar.receipts, textOf(soFar)),
        ),
      );
      if (report === undefined) throw new Error('Another recount is under way');
      const { examples, ...numbers } = report;
      if (!check) {
        const audit = await context.service(Audit);
        await audit.record(null, {
          actor: BY,
          action: 'stats.rebuild',
          subject: 'stats',
          detail: { ...numbers },
        });
      }
      context.show(report, () => numbers);
      if (!context.json && examples.length > 0) context.print(examples);
      if (check && report.differences > 0) throw new Error('The statistics differ from a recount');
    });
}

function textOf({ applicants, events, receipts, differences }: RecountReport): string {
  return `${applicants} applicants, ${events} events, ${receipts} receipts, ${differences} differences`;
}
