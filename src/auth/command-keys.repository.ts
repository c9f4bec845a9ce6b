import type { ClientBase } from 'pg';
import { API_KEYS_CHANNEL, type NewApiKey } from './api-keys.repository.js';

/** Takes out the keys that commands left when they were killed; unique index on the name. */
export async function insertCommandKey(connection: ClientBase, key: NewApiKey): Promise<void> {
  const { name, digest, hash, seal, scopes, expiresAt, allowAddresses } = key;
  await connection.query(`delete from api_keys where name like 'cli:%' and expires_at < now()`);
  await connection.query(
    `insert into api_keys (name, digest, hash, seal, scopes, expires_at, allow_addresses)
     values ($1, $2, $3, $4, $5::text[], $6, $7::text[])`,
    [name, digest, hash, seal, scopes, expiresAt, allowAddresses],
  );
  await announce(connection);
}

/** Unique index on the name. */
export async function deleteCommandKey(connection: ClientBase, name: string): Promise<void> {
  await connection.query('delete from api_keys where name = $1', [name]);
  await announce(connection);
}

async function announce(connection: ClientBase): Promise<void> {
  await connection.query(`select pg_notify($1, '')`, [API_KEYS_CHANNEL]);
}
