import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { sha256 } from '../crypto/constant-time.js';
import { Problem } from '../problem/problem.js';

const WINDOW_SECONDS = 60;

/**
 * How often one API key may search: masked answers to enough questions tell what they mask. Counted in the table
 * `search_rates`, so that it holds over all replicas; while the database is away each replica counts for itself.
 */
@Injectable()
export class SearchLimit {
  private readonly limiter: RateLimiterPostgres;

  constructor(connection: DataSource, config: Config) {
    const limit = {
      keyPrefix: 'search',
      points: config.env.ROLLCALL_SEARCHES_PER_MINUTE,
      duration: WINDOW_SECONDS,
    };
    this.limiter = new RateLimiterPostgres({
      ...limit,
      storeClient: connection,
      storeType: 'typeorm',
      tableName: 'search_rates',
      tableCreated: true,
      inMemoryBlockOnConsumed: limit.points,
      insuranceLimiter: new RateLimiterMemory(limit),
    });
  }

  /** Counts one search of a key. @throws Problem TOO_MANY_REQUESTS */
  async take(keyName: string): Promise<void> {
    try {
      await this.limiter.consume(sha256(keyName).toString('base64url'));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      throw new Problem('TOO_MANY_REQUESTS', 'This API key has searched too often within the last minute', {
        retryAfterSeconds: Math.max(1, Math.ceil(error.msBeforeNext / 1000)),
      });
    }
  }
}
