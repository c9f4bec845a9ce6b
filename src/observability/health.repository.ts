import type { ClientBase } from 'pg';
import type { DataSource } from 'typeorm';

/**
 * Tries to insert a row as a callback would, and keeps nothing. Rejects with the error that a callback would get: a
 * read-only server, a full disk, a missing right.
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

/** Rejects if the database does not answer reads. */
export async function askNothing(dataSource: DataSource): Promise<void> {
  await dataSource.query('select 1');
}
