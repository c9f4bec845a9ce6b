import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { RunDto } from '../reconciliation/reconciliation.dto.js';
import { Reconciliation } from '../reconciliation/reconciliation.service.js';
import { Runner, type RunStep } from '../reconciliation/runner.service.js';
import { checkRange, type Range, withRange } from './arguments.js';
import { BY, type CliContext } from './context.js';

const LOOK_EVERY_MS = 1000;

interface Options extends Range {
  dryRun?: boolean;
}

/** What eNROLL has and Rollcall has not: `reconcile`, and `backfill`, which has no dry run. */
export function register(noun: Command, context: CliContext): void {
  withRange(noun).action((options: Options) => reconcile(context, options));
  if (noun.name() === 'reconcile') noun.option('--dry-run', 'only note what is missing or different');
}

/** Brings one run to its end in this process; continues a run that another process has begun. */
async function reconcile(context: CliContext, { from, to, dryRun = false }: Options): Promise<void> {
  checkRange({ from, to });
  const runs = await context.service(Reconciliation);
  const runner = await context.service(Runner);
  const { isNew, ...begun } = await runs.start({ from, to, dryRun }, 'cli', BY);
  if (!isNew) context.note(`Continuing the run ${begun.id}, begun ${begun.createdAt}`);
  const run = await context.withProgress(async (progress) => {
    let said = '';
    const say = (text: string) => {
      progress.clear();
      if (text !== said) context.note(text);
      said = text;
    };
    const onStep = (step: RunStep) => progress.show(step.share, step.found - begun.found, textOf(step));
    for (;;) {
      const worked = await runner.work(new AbortController().signal, { id: begun.id, onStep });
      const now = await runs.find(begun.id);
      if (now.state !== 'waiting' && now.state !== 'running') return now;
      if (worked === undefined) {
        say('Another process works on this run, or did until a moment ago; waiting for it');
        onStep({ ...now, share: shareOf(now) });
      } else {
        say(`Waiting: ${now.errorCode}`);
      }
      const dueMs = now.nextAttemptAt === null ? 0 : Date.parse(now.nextAttemptAt) - Date.now();
      await sleep(Math.max(LOOK_EVERY_MS, now.state === 'waiting' ? dueMs : 0));
    }
  });
  context.print(run);
  if (run.state === 'failed') throw new Error(`The run failed: ${run.errorCode}`);
  if (run.state === 'cancelled') throw new Error('The run was cancelled');
}

function shareOf({ from, to, reachedAt }: RunDto): number {
  if (reachedAt === null) return 0;
  return (Date.parse(reachedAt) - Date.parse(from)) / (Date.parse(to) - Date.parse(from));
}

function textOf({ found, missing, different, healed }: RunStep): string {
  return `${found} found, ${missing} missing, ${different} different, ${healed} healed`;
}
