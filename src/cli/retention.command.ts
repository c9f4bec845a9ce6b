import type { Command } from 'commander';
import { RetentionPolicy } from '../retention/retention-policy.service.js';
import { RetentionRuns } from '../retention/retention-runs.service.js';
import { RetentionWorker } from '../retention/retention-worker.service.js';
import { idOf } from './arguments.js';
import { withOptions } from './calls.js';
import { BY, type CliContext } from './context.js';
import { followRun, printPolicy } from './retention-run.js';
import { printSigned, SIGNED } from './signed.js';

/** How long everything is kept. */
export function register(retention: Command, context: CliContext): void {
  retention
    .command('show')
    .description('the policy in force: how long, from when, why, by which setting')
    .action(async () => printPolicy(context, (await context.service(RetentionPolicy)).inForce()));

  retention
    .command('preview')
    .description('count what a run would remove now, and what stays because of a hold')
    .action(async () => {
      const preview = await (await context.service(RetentionPolicy)).preview(BY);
      context.show(preview, () => preview.classes);
    });

  retention
    .command('run')
    .description('remove what is due now; goes on with a run that is unfinished')
    .action(async () => {
      const runs = await context.service(RetentionRuns);
      const worker = await context.service(RetentionWorker);
      const { id } = await runs.start('cli', BY);
      await followRun(
        context,
        id,
        () => runs.find(id),
        () => worker.work(),
      );
    });

  withOptions(retention.command('certificate <id>'), SIGNED)
    .description('what a run has removed, signed; its id is what `run` prints')
    .action(async (id: string, { out }: { out?: string }) => {
      const runs = await context.service(RetentionRuns);
      await printSigned(context, await runs.certificate(idOf(id, 'rollcall retention runs')), out);
    });
}
