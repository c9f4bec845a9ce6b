import type { DataSource } from 'typeorm';

/** The known text, sealed with one key. */
export interface KeyCheckRow {
  keyId: string;
  sealed: Buffer;
}

/** Reads the whole table: one row per key that was ever in use. */
export async function readKeyChecks(connection: DataSource): Promise<KeyCheckRow[]> {
  return connection.query<KeyCheckRow[]>(
    'select key_id as "keyId", sealed from key_checks order by created_at',
  );
}

/** If replicas start at once, the first one wins; the others then check against its row. */
export async function insertKeyCheck(connection: DataSource, row: KeyCheckRow): Promise<void> {
  await connection.query(
    'insert into key_checks (key_id, sealed) values ($1, $2) on conflict (key_id) do nothing',
    [row.keyId, row.sealed],
  );
}
