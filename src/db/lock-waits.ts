import type pg from 'pg';

const LOOK_EVERY_MS = 500;
const SAY_EVERY_MS = 10_000;

interface Holder {
  pid: number;
  usename: string | null;
  application_name: string | null;
  seconds: number | null;
}

/**
 * Reports whom a connection waits for, while it waits. It asks over a second connection, since the first one is busy
 * waiting. Statements are not shown: they may hold personal data.
 */
export class LockWaits {
  /** The last holders seen, e.g. `pid 4711 (pg_dump, role backup, for 93 s)`. */
  lastHolders = '';
  private timer: NodeJS.Timeout | undefined;
  private saidAt = -Infinity;

  constructor(
    private readonly observer: pg.Client,
    private readonly say: (holders: string) => void,
  ) {}

  /** @param waiter the result of `pg_backend_pid()` */
  start(waiter: number): void {
    this.timer = setTimeout(() => void this.look(waiter), LOOK_EVERY_MS).unref();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async look(waiter: number): Promise<void> {
    const holders = await this.holders(waiter).catch(() => '');
    if (this.timer === undefined) return;
    if (holders !== '') {
      this.lastHolders = holders;
      if (performance.now() - this.saidAt > SAY_EVERY_MS) {
        this.saidAt = performance.now();
        this.say(holders);
      }
    }
    this.start(waiter);
  }

  private async holders(waiter: number): Promise<string> {
    const { rows } = await this.observer.query<Holder>(
      `select pid, usename, application_name, extract(epoch from now() - xact_start)::int as seconds
         from pg_stat_activity where pid = any(pg_blocking_pids($1)) and pid <> pg_backend_pid()
         order by xact_start limit 5`,
      [waiter],
    );
    return rows.map(described).join(', ');
  }
}

function described({ pid, usename, application_name, seconds }: Holder): string {
  const about = [
    application_name,
    usename === null ? '' : `role ${usename}`,
    seconds === null ? '' : `for ${seconds} s`,
  ];
  return `pid ${pid} (${about.filter((text) => text).join(', ')})`;
}
