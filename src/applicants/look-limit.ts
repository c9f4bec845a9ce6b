import type { DataSource } from 'typeorm';
import { sha256 } from '../crypto/constant-time.js';
import { minuteLimiter, retryAfterSecondsOf } from '../db/minute-limiter.js';
import { Problem } from '../problem/problem.js';

interface Limit {
  prefix: 'search' | 'reveal';
  perMinute: number;
  refusal: string;
}

/**
 * Limits how often one caller may look a minute. It counts in the table `search_rates`, so that the limit holds over all
 * replicas; while the database is away each replica counts for itself.
 */
export class LookLimit {
  private readonly limiter;
  private readonly refusal: string;

  constructor(connection: DataSource, { prefix, perMinute, refusal }: Limit) {
    this.limiter = minuteLimiter(connection, { table: 'search_rates', prefix, points: perMinute });
    this.refusal = refusal;
  }

  /** Counts one look of a caller. @throws Problem TOO_MANY_REQUESTS */
  async take(callerName: string): Promise<void> {
    try {
      await this.limiter.consume(sha256(callerName).toString('base64url'));
    } catch (error) {
      const retryAfterSeconds = retryAfterSecondsOf(error);
      throw new Problem('TOO_MANY_REQUESTS', this.refusal, { retryAfterSeconds });
    }
  }
}
