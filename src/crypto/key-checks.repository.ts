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

/** What a retired key leaves behind: the public half of its statement key, sealed. */
export interface RetiredKeyRow {
  keyId: string;
  retiredAt: Date;
  sealed: Buffer;
}

/** Reads the whole table: one row per key that was ever retired. */
export async function readRetiredKeys(tx: Pick<DataSource, 'query'>): Promise<RetiredKeyRow[]> {
  return tx.query<RetiredKeyRow[]>(
    'select key_id as "keyId", retired_at as "retiredAt", sealed from retired_keys order by retired_at',
  );
}
