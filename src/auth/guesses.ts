import { networkOf } from '../problem/address.js';
import type { FailureThrottle } from './failure-throttle.js';
import { GuessLanes } from './guess-lanes.js';

/** All throttled callers together get ten guesses a second. */
const SLOW_STEP_MS = 100;

export type Guessed<T> =
  { result: 'right'; value: T } | { result: 'wrong' } | { result: 'throttled'; retryAfterSeconds: number };

/**
 * Tries guesses at secrets that cost a run of argon2 each (docs/adr/0004). The attempt is counted; beyond the limit it goes
 * to the slow lanes, and is throttled unless it is right. So nobody is locked out who has the right secret.
 */
export class Guesses {
  private readonly lanes: GuessLanes;
  private readonly slowLanes = new GuessLanes(1, SLOW_STEP_MS);

  /** @param atOnce comparisons that run at a time, of 12 ms and 19 MiB each; the other threads of libuv's pool are left to files and DNS */
  constructor(
    private readonly throttle: FailureThrottle,
    atOnce: number,
  ) {
    this.lanes = new GuessLanes(atOnce);
  }

  /**
   * @param address remote address
   * @param id whom the guess is about, as it is counted
   * @param compare undefined: wrong
   */
  async try<T>(
    address: string,
    id: string,
    compare: () => Promise<NonNullable<T> | undefined>,
  ): Promise<Guessed<NonNullable<T>>> {
    const counted = await this.throttle.count(address, id);
    const lanes = counted.throttled ? this.slowLanes : this.lanes;
    const value = await lanes.run(networkOf(address), id, async () => ({ found: await compare() }));
    const found = value === 'dropped' ? undefined : value.found;
    if (counted.throttled && found === undefined) {
      return { result: 'throttled', retryAfterSeconds: counted.retryAfterSeconds };
    }
    if (value === 'dropped') return { result: 'throttled', retryAfterSeconds: 1 };
    if (found === undefined) return { result: 'wrong' };
    if (!counted.throttled) await this.throttle.forgive(address, id);
    return { result: 'right', value: found };
  }
}
