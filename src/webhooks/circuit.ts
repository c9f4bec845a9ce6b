import { backoffSeconds } from '../jobs/lease.js';

const OPENS_AFTER_FAILURES = 10;
const FIRST_REST_SECONDS = 30;
const LONGEST_REST_SECONDS = 15 * 60;
/** However long a receiver asks us to stay away. */
const LONGEST_ASKED_SECONDS = 3600;

/**
 * Spares an endpoint that fails, and the tries of its deliveries.
 *
 * | state | restSeconds | sends | moves |
 * |---|---|---|---|
 * | closed | null | as much as there is | open after ten failures in a row, or as long as `Retry-After` asks |
 * | open | > 0 | nothing | half-open by the clock |
 * | half-open | <= 0 | one delivery | closed by a success; open, for twice as long, by a failure |
 */
export interface Circuit {
  /** In a row. */
  failures: number;
  restSeconds: number | null;
}

export const CLOSED: Circuit = { failures: 0, restSeconds: null };

export type CircuitState = 'closed' | 'open' | 'half_open';

export function stateOf({ restSeconds }: Circuit): CircuitState {
  if (restSeconds === null) return 'closed';
  return restSeconds > 0 ? 'open' : 'half_open';
}

/** @param askedSeconds of `Retry-After` */
export function afterFailure(circuit: Circuit, askedSeconds = 0): Circuit {
  const failures = circuit.failures + 1;
  if (askedSeconds > 0) return { failures, restSeconds: Math.min(askedSeconds, LONGEST_ASKED_SECONDS) };
  const state = stateOf(circuit);
  // what was under way when it opened says nothing new
  if (state === 'open') return circuit;
  if (state === 'closed' && failures < OPENS_AFTER_FAILURES) return { failures, restSeconds: null };
  const rests = Math.max(0, failures - OPENS_AFTER_FAILURES);
  return { failures, restSeconds: backoffSeconds(rests, FIRST_REST_SECONDS, LONGEST_REST_SECONDS) };
}
