import type { PgBoss, Queue } from 'pg-boss';
import type { WorkOptions } from './jobs.types.js';

export type QueueDeclaration = Queue & { deadLetter: string };

/** A job whose worker was killed fails after this, whatever its own time. pg-boss takes nothing shorter. */
const HEARTBEAT_SECONDS = 10;
const DAY_SECONDS = 86_400;

/** A queue as pg-boss wants it, with its dead letters in `<name>.dead`. */
export function declarationOf(name: string, options: WorkOptions): QueueDeclaration {
  return {
    name,
    policy: options.policy ?? 'standard',
    retryLimit: options.retryLimit ?? 5,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 300,
    expireInSeconds: options.expireSeconds ?? 900,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    deleteAfterSeconds: DAY_SECONDS,
    notify: true,
    deadLetter: `${name}.dead`,
  };
}

/** Creates what is missing and brings settings up to date. One statement where nothing differs. */
export async function ensureQueues(boss: PgBoss, declared: readonly QueueDeclaration[]): Promise<void> {
  const existing = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  for (const queue of declared) {
    const { name, policy, ...settings } = queue;
    if (!existing.has(queue.deadLetter)) {
      await boss.createQueue(queue.deadLetter, { retentionSeconds: 90 * DAY_SECONDS });
    }
    const found = existing.get(name);
    if (found === undefined) await boss.createQueue(name, { policy, ...settings });
    else if (!matches(found, settings)) await boss.updateQueue(name, settings);
  }
}

function matches(found: Queue, settings: Omit<Queue, 'name' | 'policy'>): boolean {
  return Object.entries(settings).every(([key, value]) => found[key as keyof Queue] === value);
}
