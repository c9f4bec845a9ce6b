import { setTimeout as sleep } from 'node:timers/promises';
import type { PolicyDto, RetentionRunDto } from '../retention/retention.dto.js';
import type { CliContext } from './context.js';
import { pick } from './format.js';

const LOOK_EVERY_MS = 500;

/** How long everything is kept, one line per class. */
export function printPolicy(context: CliContext, policy: PolicyDto): void {
  context.show(policy, () =>
    policy.classes.map(({ keepDays, withoutEnd, ...one }) => ({
      class: one.class,
      days: keepDays ?? withoutEnd,
      ...pick(one, 'from', 'removedBy', 'setting'),
    })),
  );
}

/**
 * Shows a run until it is over.
 * @param work does a piece of it here; undefined where there was none to do. Absent: the server does all of it
 * @throws where it failed
 */
export async function followRun(
  context: CliContext,
  id: string,
  find: () => Promise<RetentionRunDto>,
  work: () => Promise<unknown> = () => Promise.resolve(undefined),
): Promise<void> {
  const run = await context.withProgress(async (progress) => {
    for (;;) {
      // another process may work on it, too: each piece is of one of them
      const removed = await work();
      const now = await find();
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
