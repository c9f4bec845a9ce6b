import type { ClientBase } from 'pg';
import type { ConstructorOptions, Db } from 'pg-boss';
import { EntityManager } from 'typeorm';
import type { Tx } from '../db/tx.js';

/**
 * Settings of our pg-boss. Every role may create the schema (pg-boss locks, so any number may try at once); only a role
 * that works listens, supervises and runs the cron.
 */
export function bossOptions(url: string, works: boolean): ConstructorOptions {
  // pg-boss hands these on to its pg.Pool but does not name them: without them a silent network holds a poll for ever.
  const timeouts = { keepAlive: true, query_timeout: 30_000 };
  return {
    ...timeouts,
    connectionString: url,
    schema: 'pgboss',
    application_name: 'rollcall-jobs',
    options: '-c statement_timeout=25000 -c lock_timeout=5000',
    connectionTimeoutMillis: 3000,
    max: works ? 4 : 2,
    useListenNotify: works,
    supervise: works,
    schedule: works,
    registerInstance: works,
  };
}

/** A connection inside a transaction, in the form pg-boss takes. */
export function connectionOf(tx: Tx | ClientBase): Db {
  return { executeSql: async (text, values) => ({ rows: await rowsOf(tx, text, values ?? []) }) };
}

/* eslint-disable no-restricted-syntax -- the statements are pg-boss's own, passed on to our connection */
async function rowsOf(tx: Tx | ClientBase, text: string, values: unknown[]): Promise<unknown[]> {
  if (!(tx instanceof EntityManager)) return (await tx.query<Record<string, unknown>>(text, values)).rows;
  if (tx.queryRunner === undefined) throw new Error('sendIn wants the EntityManager of a transaction');
  const result = await tx.queryRunner.query(text, values, true);
  return result.records as unknown[];
}
