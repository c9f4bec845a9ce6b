import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { sha256 } from '../crypto/constant-time.js';

const MAX_HELD = 10_000;
/** A share is a hundredth of a minute's allowance: a replica that dies loses at most that, and it costs few writes. */
const SHARES = 100;

/**
 * How often a key may ask within a minute, over all replicas, without a write for each request. A process takes a share from
 * the common counter, and the next one when that is spent. The sum of all shares never exceeds the limit.
 */
export class Allowance {
  private readonly held = new Map<string, { left: number; endsAtMs: number }>();
  private readonly taking = new Map<string, Promise<void>>();
  private readonly share: number;

  constructor(private readonly limiter: RateLimiterAbstract) {
    this.share = Math.max(1, Math.floor(limiter.points / SHARES));
  }

  /** At once while the share lasts. @throws RateLimiterRes where the minute's allowance is spent */
  spend(key: string): void | Promise<void> {
    if (!this.spendHeld(key)) return this.spendNext(key);
  }

  private spendHeld(key: string): boolean {
    const held = this.held.get(key);
    if (held === undefined || held.left === 0 || held.endsAtMs <= Date.now()) return false;
    held.left -= 1;
    return true;
  }

  /** Simultaneous requests wait for one share: a flood with one key has one query under way. */
  private async spendNext(key: string): Promise<void> {
    do {
      let share = this.taking.get(key);
      if (share === undefined) {
        share = this.takeShare(key).finally(() => this.taking.delete(key));
        this.taking.set(key, share);
      }
      await share;
    } while (!this.spendHeld(key));
  }

  private async takeShare(key: string): Promise<void> {
    // hashed: names may be longer than the column, and addresses need not be readable there
    const { msBeforeNext } = await this.limiter.consume(sha256(key).toString('base64url'), this.share);
    this.held.delete(key);
    if (this.held.size >= MAX_HELD) this.held.delete(this.held.keys().next().value as string);
    this.held.set(key, { left: this.share, endsAtMs: Date.now() + msBeforeNext });
  }
}
