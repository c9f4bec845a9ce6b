import type { Command } from 'commander';
import type { CliContext } from './context.js';

/** The rows of applicants, and what was sealed with them. */
export function register(applicants: Command, context: CliContext): void {
  applicants
    .command('verify')
    .description(
      'hold every readable column of applicants, versions and notices against what was sealed with it; exit code 1 where one was changed',
    )
    .action(() => verify(context));
}

async function verify(context: CliContext): Promise<void> {
  // loaded here: the other verbs ask the API, and start at once
  const { RowVerification } = await import('../applicants/row-verification.service.js');
  const verification = await context.service(RowVerification);
  const found = await context.withProgress((progress) =>
    verification.run((done, all) => progress.show(done / Math.max(1, all), done, `${done} of ${all} rows`)),
  );
  await verification.again();
  const { rows, ...counts } = found;
  context.show(found, () => counts);
  if (!context.json && rows.length > 0) {
    context.print(rows.map(({ columns, ...row }) => ({ ...row, columns: columns.join() })));
  }
  if (found.tampered > 0) throw new Error('Rows say something else than what was sealed with them');
}
