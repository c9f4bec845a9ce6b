import { setTimeout as sleep } from 'node:timers/promises';
import { within } from '../observability/within.js';
import { isUnavailable } from './errors.js';

/** A callback is answered within 15 s (M4). It waits this long for the database in all; the rest is for its body. */
export const WAIT_FOR_DATABASE_MS = 12_000;
const AGAIN_AFTER_MS = 250;

/**
 * Repeats a read until the database answers, so that a failover costs time and not an error.
 * @param first the read that is under way
 * @param again reads once more
 * @throws the error of the last read, after 12 s; `isUnavailable` is true for it
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
