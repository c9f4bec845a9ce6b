import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { RunDto } from '../reconciliation/reconciliation.dto.js';
import { Reconciliation } from '../reconciliation/reconciliation.service.js';
import { Runner, type RunStep } from '../reconciliation/runner.service.js';
import { BY, type CliContext } from './context.js';
import { ProgressBar } from './progress.js';
import { checkRange, withRange } from './range.js';

/** As the ledger and the audit name it. */
const LOOK_EVERY_MS = 1000;

interface Options {
  from: string;
  to: string;
  dryRun?: boolean;
}

/** What eNROLL has and we have not: `reconcile`, and `backfill`, which takes it without a dry run. */
export function register(noun: Command, context: CliContext): void {
  withRange(noun).action((options: Options) => reconcile(context, options));
  if (noun.name() === 'reconcile') noun.option('--dry-run', 'only note what is missing or different');
}

/** Brings one run to its end in this process; what another process has begun, this one goes on with. */
async function reconcile(context: CliContext, { from, to, dryRun = false }: Options): Promise<void> {
  checkRange({ from, to });
  const app = await context.createApp();
  const runs = app.get(Reconciliation, { strict: false });
  const { isNew, ...begun } = await runs.start({ from, to, dryRun }, 'cli', BY);
  if (!isNew) context.note(`Going on with the run ${begun.id}, begun ${begun.createdAt}`);
  const progress = new ProgressBar();
  const onStep = (step: RunStep) => {
    if (!context.json) progress.show(step.share, step.found - begun.found, told(step));
  };
  const run = await finish(
    app.get(Runner, { strict: false }),
    runs,
    begun.id,
    (text) => {
      progress.clear();
      context.note(text);
    },
    onStep,
  );
  progress.clear();
  context.print(run);
  if (run.state === 'failed') throw new Error(`The run failed: ${run.errorCode}`);
  if (run.state === 'cancelled') throw new Error('The run was cancelled');
}

async function finish(
  runner: Runner,
  runs: Reconciliation,
  id: string,
  note: (text: string) => void,
  onStep: (step: RunStep) => void,
): Promise<RunDto> {
  let said = '';
  const say = (text: string) => {
    if (text !== said) note(text);
    said = text;
  };
  for (;;) {
    const worked = await runner.work(new AbortController().signal, { id, onStep });
    const run = await runs.find(id);
    if (run.state !== 'waiting' && run.state !== 'running') return run;
    if (worked === undefined) {
      say('Another process works on this run, or did until a moment ago; waiting for it');
      onStep({ ...run, share: shareOf(run) });
    } else {
      say(`Waiting: ${run.errorCode}`);
    }
    const dueMs = run.nextAttemptAt === null ? 0 : Date.parse(run.nextAttemptAt) - Date.now();
    await sleep(Math.max(LOOK_EVERY_MS, run.state === 'waiting' ? dueMs : 0));
  }
}

function shareOf({ from, to, reachedAt }: RunDto): number {
  if (reachedAt === null) return 0;
  return (Date.parse(reachedAt) - Date.parse(from)) / (Date.parse(to) - Date.parse(from));
}

function told({ found, missing, different, healed }: RunStep): string {
  return `${found} found, ${missing} missing, ${different} different, ${healed} healed`;
}
