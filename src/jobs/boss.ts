import type { ClientBase } from 'pg';
import type { ConstructorOptions, Db, PgBoss } from 'pg-boss';
import { EntityManager } from 'typeorm';
import type { Listener } from '../db/listen.js';
import { type Timeouts, poolOptions } from '../db/pool-options.js';
import type { Tx } from '../db/tx.js';

export const JOBS_SCHEMA = 'pgboss';
/** pg-boss's maintenance may take a while. */
const TIMEOUTS: Partial<Timeouts> = { lock: 5000, statement: 25_000, answer: 30_000 };

/** Settings of our pg-boss. Only a role that works listens, supervises and runs the cron. */
export function bossOptions(url: string, works: boolean): ConstructorOptions {
  return {
    // pg-boss hands all of it on to its pg.Pool, though it does not name all of it
    ...poolOptions(url, 'rollcall-jobs', works ? 4 : 2, TIMEOUTS),
    schema: JOBS_SCHEMA,
    useListenNotify: works,
    supervise: works,
    superviseIntervalSeconds: 10,
    schedule: works,
    registerInstance: works,
  };
}

/** Lets pg-boss hear over our connection, which leaves a silent or demoted server; it would make one of its own. */
export function hearBy(listener: Listener, boss: PgBoss): void {
  boss.getDb().listen = async (channel, heard, listening) => {
    let open = true;
    listener.onReconnected(() => open && listening());
    await listener.on(channel, (payload) => open && heard(payload));
    listening();
    return {
      close: () => {
        open = false;
        return Promise.resolve();
      },
    };
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
