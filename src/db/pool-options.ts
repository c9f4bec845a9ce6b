import type { PoolConfig } from 'pg';
import { BoundedClient } from './bounded-client.js';

/**
 * Time-outs of every connection. The server's (statement, lock) come first and free its resources; `query_timeout` is
 * ours and catches a server that is silent. All of them end below the 15 s that a caller waits for an answer.
 */
const TIMEOUTS = {
  connectionTimeoutMillis: 3000,
  lock_timeout: 3000,
  statement_timeout: 8000,
  query_timeout: 10_000,
  idle_in_transaction_session_timeout: 10_000,
} as const;

/** What our two pools (reads by TypeORM, writes by `Writers`) have in common. */
export function poolOptions(applicationName: string, maxConnections: number): PoolConfig {
  return {
    ...TIMEOUTS,
    application_name: applicationName,
    max: maxConnections,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    idleTimeoutMillis: 30_000,
    Client: BoundedClient,
  };
}
