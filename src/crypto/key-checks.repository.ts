import type { DataSource } from 'typeorm';

/** One known text as sealed under a key. */
export interface KeyCheckRow {
  keyId: string;
  sealed: Buffer;
}

/** A table of as many rows as keys were ever in use; read whole. */
export async function readKeyChecks(connection: DataSource): Promise<KeyCheckRow[]> {
  return connection.query<KeyCheckRow[]>(
    'select key_id as "keyId", sealed from key_checks order by created_at',
  );
}

/** Of replicas that start at once the first wins; the others then check against its row. */
export async function insertKeyCheck(connection: DataSource, row: KeyCheckRow): Promise<void> {
  await connection.query(
    'insert into key_checks (key_id, sealed) values ($1, $2) on conflict (key_id) do nothing',
    [row.keyId, row.sealed],
  );
}
