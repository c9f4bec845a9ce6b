import type { PoolConfig } from 'pg';
import { BoundedClient, type BoundedClientConfig } from './bounded-client.js';

/**
 * How long a connection waits, in milliseconds; 0 is for ever. The limits of the server (lock, statement) come first and
 * free its resources; `answer` is our own limit and catches a silent server.
 */
export interface Timeouts {
  lock: number;
  statement: number;
  answer: number;
  idleInTransaction: number;
}

/** All of them are below the 15 s that a caller waits for an answer. */
const USUAL: Timeouts = { lock: 3000, statement: 8000, answer: 10_000, idleInTransaction: 10_000 };
/** For migrations, which may take any time. */
export const ENDLESS: Timeouts = { lock: 0, statement: 0, answer: 0, idleInTransaction: 0 };

const CONNECT_MILLISECONDS = 3000;
const IDLE_MILLISECONDS = 30_000;
/** After this time a busy, healthy connection is replaced too, in case the address now leads elsewhere. */
const LIFETIME_SECONDS = 600;

/** Options of every connection of Rollcall: `new BoundedClient(connectionOptions(…))`. */
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

/** The same for a pool of node-postgres, whichever library makes it. */
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
    // pools make their clients with the pool's options, but the type allows no constructor that takes them
    Client: BoundedClient as unknown as NonNullable<PoolConfig['Client']>,
  };
}
