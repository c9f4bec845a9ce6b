import type { PoolConfig } from 'pg';
import { BoundedClient, type BoundedClientConfig } from './bounded-client.js';

/**
 * How long a connection waits, in milliseconds; 0 is for ever. The server's own (lock, statement) come first and free its
 * resources; `answer` is ours and catches a server that is silent.
 */
export interface Timeouts {
  lock: number;
  statement: number;
  answer: number;
  idleInTransaction: number;
}

/** All of them end below the 15 s that a caller waits for an answer. */
const USUAL: Timeouts = { lock: 3000, statement: 8000, answer: 10_000, idleInTransaction: 10_000 };
/** For migrations, which take as long as they take. */
export const ENDLESS: Timeouts = { lock: 0, statement: 0, answer: 0, idleInTransaction: 0 };

const CONNECT_MILLISECONDS = 3000;
const IDLE_MILLISECONDS = 30_000;
/** A connection that is never idle, never asked in vain and never cut still goes to where the address leads by now. */
const LIFETIME_SECONDS = 600;

/** What every connection of Rollcall is made with: `new BoundedClient(connectionOptions(…))`. */
export function connectionOptions(
  url: string,
  applicationName: string,
  timeouts: Partial<Timeouts> = {},
  session: Readonly<Record<string, string>> = {},
): BoundedClientConfig {
  const { lock, statement, answer, idleInTransaction } = { ...USUAL, ...timeouts };
  return {
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    query_timeout: answer,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    session: {
      lock_timeout: String(lock),
      statement_timeout: String(statement),
      idle_in_transaction_session_timeout: String(idleInTransaction),
      ...session,
    },
  };
}

/** The same for a pool, of whatever library makes one of node-postgres. */
export function poolOptions(
  url: string,
  applicationName: string,
  maxConnections: number,
  timeouts: Partial<Timeouts> = {},
  session: Readonly<Record<string, string>> = {},
) {
  return {
    ...connectionOptions(url, applicationName, timeouts, session),
    max: maxConnections,
    idleTimeoutMillis: IDLE_MILLISECONDS,
    maxLifetimeSeconds: LIFETIME_SECONDS,
    // pools make their clients with the pool's options; its type knows no constructor that takes any
    Client: BoundedClient as unknown as NonNullable<PoolConfig['Client']>,
  };
}
