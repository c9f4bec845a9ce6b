import { setTimeout as sleep } from 'node:timers/promises';
import { within } from '../observability/within.js';
import { isUnavailable } from './errors.js';

/** A callback is answered within 15 s (M4): so long it waits for the database in all, the rest is for its body. */
export const WAIT_FOR_DATABASE_MS = 12_000;
const AGAIN_AFTER_MS = 250;

/**
 * What a read says as soon as the database answers: a failover costs time, not an error.
 * @param first the read that is under way
 * @param again reads once more
 * @throws what the last read says, after 12 s; `isUnavailable` tells it
 */
export async function patiently<T>(first: Promise<T>, again: () => T | Promise<T>): Promise<T> {
  const until = performance.now() + WAIT_FOR_DATABASE_MS;
  const late = Object.assign(new Error('The database does not answer'), { code: 'ETIMEDOUT' });
  let read = first;
  for (;;) {
    try {
      return await within(until - performance.now(), read, late);
    } catch (error) {
      if (!isUnavailable(error) || performance.now() + AGAIN_AFTER_MS >= until) throw error;
    }
    await sleep(AGAIN_AFTER_MS);
    read = Promise.resolve(again());
  }
}
