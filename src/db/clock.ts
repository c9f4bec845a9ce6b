import type { DataSource } from 'typeorm';

/** The time by the server's clock, and how long the question took in milliseconds. */
export async function serverTime(connection: DataSource): Promise<{ now: Date; tookMs: number }> {
  const askedAt = performance.now();
  const rows = await connection.query<{ now: Date }[]>('select clock_timestamp() as now');
  return { now: rows[0]?.now ?? new Date(NaN), tookMs: performance.now() - askedAt };
}
