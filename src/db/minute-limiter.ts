import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';

const WINDOW_SECONDS = 60;

interface MinuteLimit {
  /** Rows that ended an hour ago are deleted every five minutes. */
  table: 'token_failures' | 'search_rates' | 'api_rates';
  /** Parts the limits of one table. */
  prefix: string;
  points: number;
  /** So many points a key is refused from memory alone for the rest of its minute; default `points`. */
  refusedInMemoryAt?: number;
}

/**
 * Counts points of keys by the minute in a table, so that the limit holds over all replicas. While the database is away
 * each replica counts for itself.
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

/** Seconds until a key may ask again. @param refusal what a limiter threw @throws it where it is anything else */
export function retryAfterSecondsOf(refusal: unknown): number {
  if (!(refusal instanceof RateLimiterRes)) throw refusal;
  return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
}
