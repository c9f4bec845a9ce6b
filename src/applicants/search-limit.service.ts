import { Injectable } from '@nestjs/common';
import type { RateLimiterPostgres } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { sha256 } from '../crypto/constant-time.js';
import { minuteLimiter, retryAfterSecondsOf } from '../db/minute-limiter.js';
import { Problem } from '../problem/problem.js';

/**
 * Limits how often one API key may search: enough masked answers would tell what the masks hide. It counts in the table
 * `search_rates`, so that the limit holds over all replicas; while the database is away each replica counts for itself.
 */
@Injectable()
export class SearchLimit {
  private readonly limiter: RateLimiterPostgres;

  constructor(connection: DataSource, config: Config) {
    const points = config.env.ROLLCALL_SEARCHES_PER_MINUTE;
    this.limiter = minuteLimiter(connection, { table: 'search_rates', prefix: 'search', points });
  }

  /** Counts one search of a key. @throws Problem TOO_MANY_REQUESTS */
  async take(keyName: string): Promise<void> {
    try {
      await this.limiter.consume(sha256(keyName).toString('base64url'));
    } catch (error) {
      throw new Problem('TOO_MANY_REQUESTS', 'This API key has searched too often within the last minute', {
        retryAfterSeconds: retryAfterSecondsOf(error),
      });
    }
  }
}
