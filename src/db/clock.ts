import type { DataSource } from 'typeorm';

/** The time of the server's clock, and how many milliseconds it took to ask. */
export async function serverTime(connection: DataSource): Promise<{ now: Date; tookMs: number }> {
  const askedAt = performance.now();
  const rows = await connection.query<{ now: Date }[]>('select clock_timestamp() as now');
  return { now: rows[0]?.now ?? new Date(NaN), tookMs: performance.now() - askedAt };
}

/** Cairo's local time at some instants according to the server's time zone tables, `yyyy-MM-dd HH24:MI`. */
export async function cairoClockOf(connection: DataSource, instants: readonly Date[]): Promise<string[]> {
  const rows = await connection.query<{ shown: string }[]>(
    // eslint-disable-next-line no-restricted-syntax -- on purpose: the doctor compares it with our own tables
    `select to_char(at at time zone 'Africa/Cairo', 'YYYY-MM-DD HH24:MI') as shown
     from unnest($1::timestamptz[]) with ordinality as t(at, n) order by n`,
    [instants],
  );
  return rows.map(({ shown }) => shown);
}
