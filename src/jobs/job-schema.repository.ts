import type { ClientBase } from 'pg';
import { JOBS_SCHEMA } from './boss.js';

/** Whether there is a schema for pg-boss, with or without its tables. */
export async function hasJobsSchema(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('select to_regnamespace($1) is not null as found', [
    JOBS_SCHEMA,
  ]);
  return rows[0]?.found === true;
}

/** The version of the tables of pg-boss; 0 if there are none. Reads the only row. */
export async function readJobsVersion(client: ClientBase): Promise<number> {
  const table = `${JOBS_SCHEMA}.version`;
  const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [
    table,
  ]);
  if (rows[0]?.found !== true) return 0;
  const versions = await client.query<{ version: number }>(`select version from ${table}`);
  return versions.rows[0]?.version ?? 0;
}
