import { setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net';

/** TCP resends a lost first packet after one second. */
const ATTEMPT_WITHIN_MS = 2_000;

/**
 * Gives each address of a name two seconds to connect, for every client of this process. Node's default is 250 ms: a host
 * that is 300 ms away and has a dead IPv6 address could never be reached.
 */
export function tryAddressesPatiently(): void {
  setDefaultAutoSelectFamilyAttemptTimeout(ATTEMPT_WITHIN_MS);
}
