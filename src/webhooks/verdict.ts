import type { Circuit } from './circuit.js';
import type { AttemptOutcome } from './destination.js';
import type { ClaimedDelivery, Health, Settled } from './queue.repository.js';
import { retryDelaySeconds } from './retry-delay.js';

const GONE = 410;

/** An attempt that has ended. */
export interface Attempt {
  delivery: ClaimedDelivery;
  at: Date;
  durationMs: number;
  outcome: AttemptOutcome;
}

/** The consequence of an attempt for its delivery. */
export function settledOf({ delivery: { tx, seq, tries }, at, durationMs, outcome }: Attempt): Settled {
  const settled = { tx, seq, at, durationMs, status: outcome.status ?? null, delaySeconds: 0 };
  if (outcome.ok) return { ...settled, state: 'delivered', code: null, answer: null };
  const failed = { ...settled, code: outcome.code, answer: outcome.answer ?? null };
  const delaySeconds = outcome.code === 'EVENT_GONE' ? undefined : retryDelaySeconds(tries + 1);
  return delaySeconds === undefined
    ? { ...failed, state: 'dead' }
    : { ...failed, state: 'due', delaySeconds };
}

/** The consequence of attempts, in the order in which they ended, for their endpoint. */
export function healthAfter(attempts: readonly Attempt[], circuit: Circuit): Health {
  const failed = attempts.flatMap(({ outcome }) => (outcome.ok ? [] : [outcome]));
  return {
    circuit,
    succeeded: failed.length < attempts.length,
    failureCode: failed.at(-1)?.code ?? null,
    isGone: failed.some(({ status }) => status === GONE),
  };
}
