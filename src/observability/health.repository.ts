import type { ClientBase } from 'pg';
import type { DataSource } from 'typeorm';

/**
 * Whether the database takes a row, as a callback's would be taken; nothing is kept of it. Rejects with what a callback
 * would meet: a server that is read-only, a full disk, a right that lacks.
 */
export async function tryToWrite(connection: ClientBase): Promise<void> {
  await connection.query('begin');
  try {
    await connection.query({
      name: 'health_write',
      text: `insert into probes (id, url, remote_address, token_valid) values (gen_random_uuid(), '', '', false)`,
    });
  } finally {
    await connection.query('rollback');
  }
}

/** Whether reads are answered. */
export async function askNothing(dataSource: DataSource): Promise<void> {
  await dataSource.query('select 1');
}
