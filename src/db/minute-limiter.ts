import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';

const WINDOW_SECONDS = 60;

interface MinuteLimit {
  /** The library deletes rows that ended an hour ago, every five minutes. */
  table: 'token_failures' | 'search_rates' | 'api_rates';
  /** Separates the limits within one table. */
  prefix: string;
  points: number;
  /** From this many points on, a key is refused from memory alone for the rest of its minute; default `points`. */
  refusedInMemoryAt?: number;
}

/**
 * Counts points of keys by the minute in a table, so that the limit holds for all replicas together. While the database is
 * away, each replica counts alone.
 */
export function minuteLimiter(
  connection: DataSource,
  { table, prefix, points, refusedInMemoryAt = points }: MinuteLimit,
): RateLimiterPostgres {
  const limit = { keyPrefix: prefix, points, duration: WINDOW_SECONDS };
  return new RateLimiterPostgres({
    ...limit,
    storeClient: connection,
    storeType: 'typeorm',
    tableName: table,
    tableCreated: true,
    inMemoryBlockOnConsumed: refusedInMemoryAt,
    insuranceLimiter: new RateLimiterMemory(limit),
  });
}

/** Seconds until a key may ask again. @param refusal the error of a limiter @throws any other error again */
export function retryAfterSecondsOf(refusal: unknown): number {
  if (!(refusal instanceof RateLimiterRes)) throw refusal;
  return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
}
