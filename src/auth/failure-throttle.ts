import { Injectable } from '@nestjs/common';
import type { RateLimiterPostgres } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { sha256 } from '../crypto/constant-time.js';
import { minuteLimiter, retryAfterSecondsOf } from '../db/minute-limiter.js';
import { networkOf } from '../problem/address.js';

const PER_CLIENT = 10;
const PER_ADDRESS = 100;

/** Seconds until the next attempt is taken, where there were too many. */
export type Throttled = { throttled: true; retryAfterSeconds: number } | { throttled: false };

/**
 * Counts failed token requests of one address, and of one address and client, in the table `token_failures`, so that
 * the limit holds over all replicas. While the database is away each replica counts for itself.
 */
@Injectable()
export class FailureThrottle {
  private readonly perClient: RateLimiterPostgres;
  private readonly perAddress: RateLimiterPostgres;

  constructor(connection: DataSource) {
    this.perClient = limiter(connection, 'client', PER_CLIENT);
    this.perAddress = limiter(connection, 'address', PER_ADDRESS);
  }

  /**
   * Counts an attempt that has not been found right. The address is asked first: where it is refused, its attempt leaves
   * nothing, whatever id it makes up.
   */
  async count(address: string, clientId: string): Promise<Throttled> {
    try {
      await this.perAddress.consume(addressKey(address));
      await this.perClient.consume(clientKey(address, clientId));
      return { throttled: false };
    } catch (error) {
      return { throttled: true, retryAfterSeconds: retryAfterSecondsOf(error) };
    }
  }

  /** Takes back an attempt that was counted and then found right. */
  async forgive(address: string, clientId: string): Promise<void> {
    await Promise.allSettled([
      this.perClient.reward(clientKey(address, clientId)),
      this.perAddress.reward(addressKey(address)),
    ]);
  }
}

function limiter(connection: DataSource, prefix: string, points: number): RateLimiterPostgres {
  // one beyond the limit: an attempt at the limit may still be forgiven
  return minuteLimiter(connection, {
    table: 'token_failures',
    prefix,
    points,
    refusedInMemoryAt: points + 1,
  });
}

/** Hashed: ids may be longer than the column, and addresses need not be readable there. */
function clientKey(address: string, clientId: string): string {
  return sha256(`${networkOf(address)}|${clientId}`).toString('base64url');
}

function addressKey(address: string): string {
  return sha256(networkOf(address)).toString('base64url');
}
