import { setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net';

/** A lost first packet is sent again after a second. */
const ATTEMPT_WITHIN_MS = 2_000;

/**
 * Gives each address of a name two seconds to connect, for every client of this process. Node gives it 250 ms: whoever is
 * 300 ms away and has an IPv6 address that leads nowhere could never be reached.
 */
export function tryAddressesPatiently(): void {
  setDefaultAutoSelectFamilyAttemptTimeout(ATTEMPT_WITHIN_MS);
}
