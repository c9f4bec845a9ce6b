import type { ConstructorOptions, PgBoss } from 'pg-boss';
import type { Listener } from '../db/listen.js';
import { type Timeouts, poolOptions } from '../db/pool-options.js';

export const JOBS_SCHEMA = 'pgboss';
/** The maintenance of pg-boss may take a while. */
const TIMEOUTS: Partial<Timeouts> = { lock: 5000, statement: 25_000, answer: 30_000 };

/** Settings of pg-boss. Only a role that works listens, supervises and runs the schedules. */
export function bossOptions(url: string, works: boolean): ConstructorOptions {
  return {
    // pg-boss passes all of them on to its pg.Pool, though its types name only some
    ...poolOptions(url, 'rollcall-jobs', works ? 4 : 2, TIMEOUTS),
    schema: JOBS_SCHEMA,
    useListenNotify: works,
    supervise: works,
    // an idle process sends few statements: a look for jobs that died takes thirty, and we have no flows
    superviseIntervalSeconds: 300,
    cronWorkerIntervalSeconds: 30,
    flowIntervalSeconds: 600,
    schedule: works,
    registerInstance: works,
  };
}

/** Lets pg-boss listen on our connection, which leaves a silent or demoted server. Otherwise pg-boss opens its own. */
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
