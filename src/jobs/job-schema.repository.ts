import type { ClientBase } from 'pg';
import { JOBS_SCHEMA } from './boss.js';

/** Whether there is a schema for pg-boss, with its tables or to put them into. */
export async function hasJobsSchema(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('select to_regnamespace($1) is not null as found', [
    JOBS_SCHEMA,
  ]);
  return rows[0]?.found === true;
}
