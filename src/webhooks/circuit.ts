import { backoffSeconds } from '../jobs/lease.js';

const OPENS_AFTER_FAILURES = 10;
const FIRST_REST_SECONDS = 30;
const LONGEST_REST_SECONDS = 15 * 60;
/** Even where a receiver asks for a longer rest. */
const LONGEST_ASKED_SECONDS = 3600;

/**
 * Gives a failing endpoint a rest, so that its deliveries do not use up their tries.
 *
 * | state | restSeconds | sends | moves |
 * |---|---|---|---|
 * | closed | null | as much as there is | open after ten failures in a row, or for as long as `Retry-After` asks |
 * | open | > 0 | nothing | half-open when the time is over |
 * | half-open | <= 0 | one delivery | closed by a success; open, for twice as long, by a failure |
 */
export interface Circuit {
  /** In a row. */
  failures: number;
  restSeconds: number | null;
}

export const CLOSED: Circuit = { failures: 0, restSeconds: null };

export const CIRCUIT_STATES = ['closed', 'open', 'half_open'] as const;
export type CircuitState = (typeof CIRCUIT_STATES)[number];

export function stateOf({ restSeconds }: Circuit): CircuitState {
  if (restSeconds === null) return 'closed';
  return restSeconds > 0 ? 'open' : 'half_open';
}

/** @param askedSeconds of `Retry-After` */
export function afterFailure(circuit: Circuit, askedSeconds = 0): Circuit {
  const failures = circuit.failures + 1;
  if (askedSeconds > 0) return { failures, restSeconds: Math.min(askedSeconds, LONGEST_ASKED_SECONDS) };
  const state = stateOf(circuit);
  // attempts that were under way when it opened say nothing new
  if (state === 'open') return circuit;
  if (state === 'closed' && failures < OPENS_AFTER_FAILURES) return { failures, restSeconds: null };
  const rests = Math.max(0, failures - OPENS_AFTER_FAILURES);
  return { failures, restSeconds: backoffSeconds(rests, FIRST_REST_SECONDS, LONGEST_REST_SECONDS) };
}
