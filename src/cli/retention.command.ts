import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { RetentionRunDto } from '../retention/retention.dto.js';
import { RetentionPolicy } from '../retention/retention-policy.service.js';
import { RetentionRuns } from '../retention/retention-runs.service.js';
import { RetentionWorker } from '../retention/retention-worker.service.js';
import { idOf } from './arguments.js';
import { BY, type CliContext } from './context.js';
import { pick } from './format.js';
import { printSigned } from './signed.js';

const LOOK_EVERY_MS = 500;

/** How long everything is kept. */
export function register(retention: Command, context: CliContext): void {
  retention
    .command('show')
    .description('the policy in force: how long, from when, why, by which setting')
    .action(async () => {
      const policy = (await context.service(RetentionPolicy)).inForce();
      context.show(policy, () =>
        policy.classes.map(({ keepDays, withoutEnd, ...one }) => ({
          class: one.class,
          days: keepDays ?? withoutEnd,
          ...pick(one, 'from', 'removedBy', 'setting'),
        })),
      );
    });

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
    .action(() => runNow(context));

  retention
    .command('certificate <id>')
    .description('what a run has removed, signed; its id is what `run` prints')
    .option('--out <file>', 'write it as JSON, to file it')
    .action(async (id: string, { out }: { out?: string }) => {
      const runs = await context.service(RetentionRuns);
      await printSigned(context, await runs.certificate(idOf(id, 'GET /api/v1/retention/runs')), out);
    });
}

async function runNow(context: CliContext): Promise<void> {
  const runs = await context.service(RetentionRuns);
  const worker = await context.service(RetentionWorker);
  const { id } = await runs.start('cli', BY);
  const run = await context.withProgress(async (progress) => {
    for (;;) {
      // another process may work on it, too: each piece is of one of them
      const removed = await worker.work();
      const now = await runs.find(id);
      if (now.state !== 'running') return now;
      progress.show(shareOf(now), sumOf(now), `${sumOf(now)} removed`);
      if (removed === undefined) await sleep(LOOK_EVERY_MS);
    }
  });
  context.show(run, () =>
    run.classes.map((one) => pick(one, 'class', 'state', 'dueBefore', 'removed', 'held', 'months')),
  );
  context.note(`Its certificate: rollcall retention certificate ${id}`);
  if (run.state === 'failed') throw new Error('The run failed: see the classes whose state is failed');
}

const sumOf = ({ classes }: RetentionRunDto) => classes.reduce((sum, { removed }) => sum + removed, 0);
const shareOf = ({ classes }: RetentionRunDto) =>
  classes.filter(({ state }) => state !== 'waiting').length / Math.max(1, classes.length);
