import { Injectable } from '@nestjs/common';
import type { RateLimiterPostgres } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { sha256 } from '../crypto/constant-time.js';
import { minuteLimiter, retryAfterSecondsOf } from '../db/minute-limiter.js';
import { networkOf } from '../problem/address.js';

const PER_CLIENT = 10;
const PER_ADDRESS = 100;

/** `retryAfterSeconds`: until the next attempt is taken. */
export type Throttled = { throttled: true; retryAfterSeconds: number } | { throttled: false };

/**
 * Counts failed token requests per address, and per address and client, in the table `token_failures`, so that the limits
 * hold over all replicas. While the database is away each replica counts for itself.
 */
@Injectable()
export class FailureThrottle {
  private readonly perClient: RateLimiterPostgres;
  private readonly perAddress: RateLimiterPostgres;

  constructor(connection: DataSource) {
    // refused in memory one beyond the limit: an attempt at the limit may still be forgiven
    const limiter = (prefix: string, points: number) =>
      minuteLimiter(connection, { table: 'token_failures', prefix, points, refusedInMemoryAt: points + 1 });
    this.perClient = limiter('client', PER_CLIENT);
    this.perAddress = limiter('address', PER_ADDRESS);
  }

  /**
   * Counts an attempt that was not right at once. The address comes first: an attempt that is refused there leaves nothing,
   * whatever id it makes up.
   */
  async count(address: string, clientId: string): Promise<Throttled> {
    const network = networkOf(address);
    try {
      await this.perAddress.consume(hashed(network));
      await this.perClient.consume(hashed(`${network}|${clientId}`));
      return { throttled: false };
    } catch (error) {
      return { throttled: true, retryAfterSeconds: retryAfterSecondsOf(error) };
    }
  }

  /** Takes back an attempt that was counted and then found right. */
  async forgive(address: string, clientId: string): Promise<void> {
    const network = networkOf(address);
    await Promise.allSettled([
      this.perClient.reward(hashed(`${network}|${clientId}`)),
      this.perAddress.reward(hashed(network)),
    ]);
  }
}

/** Ids may be longer than the column, and addresses need not be readable there. */
function hashed(key: string): string {
  return sha256(key).toString('base64url');
}
