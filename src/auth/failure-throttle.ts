import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { sha256 } from '../crypto/constant-time.js';
import { networkOf } from '../problem/address.js';

const WINDOW_SECONDS = 60;
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

  /** Counts an attempt that has not been found right. */
  async count(address: string, clientId: string): Promise<Throttled> {
    const counted = await Promise.allSettled([
      this.perClient.consume(clientKey(address, clientId)),
      this.perAddress.consume(addressKey(address)),
    ]);
    const waitMs = Math.max(...counted.map(waitOf));
    return waitMs === 0
      ? { throttled: false }
      : { throttled: true, retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) };
  }

  /** Takes back an attempt that was counted and then found right. */
  async forgive(address: string, clientId: string): Promise<void> {
    await Promise.allSettled([
      this.perClient.reward(clientKey(address, clientId)),
      this.perAddress.reward(addressKey(address)),
    ]);
  }
}

function limiter(connection: DataSource, keyPrefix: string, points: number): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: connection,
    storeType: 'typeorm',
    tableName: 'token_failures',
    tableCreated: true,
    keyPrefix,
    points,
    duration: WINDOW_SECONDS,
    // One beyond the limit: an attempt at the limit may still be forgiven.
    inMemoryBlockOnConsumed: points + 1,
    insuranceLimiter: new RateLimiterMemory({ keyPrefix, points, duration: WINDOW_SECONDS }),
  });
}

/** Milliseconds to wait; 0 where the attempt is within the limit. */
function waitOf(counted: PromiseSettledResult<RateLimiterRes>): number {
  if (counted.status === 'fulfilled') return 0;
  if (counted.reason instanceof RateLimiterRes) return Math.max(1, counted.reason.msBeforeNext);
  throw counted.reason;
}

/** Hashed: ids may be longer than the column, and addresses need not be readable there. */
function clientKey(address: string, clientId: string): string {
  return sha256(`${networkOf(address)}|${clientId}`).toString('base64url');
}

function addressKey(address: string): string {
  return sha256(networkOf(address)).toString('base64url');
}
