import { type DataSource } from 'typeorm';

/** Whether the database takes writes: true on a primary, false on a standby. Rejects where nobody answers. */
export async function databaseTakesWrites(dataSource: DataSource): Promise<boolean> {
  const rows = await dataSource.query<{ takes_writes: boolean }[]>(
    'select not pg_is_in_recovery() as takes_writes',
  );
  return rows[0]?.takes_writes === true;
}
