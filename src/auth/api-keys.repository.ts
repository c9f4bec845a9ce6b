import { IsNull } from 'typeorm';
import type { Tx } from '../db/tx.js';
import { ApiKeyEntity } from './api-keys.entity.js';

/** Channel on which writes to `api_keys` are announced to all replicas. */
export const API_KEYS_CHANNEL = 'rollcall_api_keys';

export type LiveApiKey = Pick<ApiKeyEntity, 'name' | 'digest' | 'scopes'>;
export type ApiKeySummary = Omit<ApiKeyEntity, 'id' | 'digest'>;

/** All keys that are not disabled; the table is read whole (a few rows). */
export async function readLiveApiKeys(tx: Tx): Promise<LiveApiKey[]> {
  const select = { name: true, digest: true, scopes: true };
  return tx.find(ApiKeyEntity, { where: { disabledAt: IsNull() }, select });
}

/** @returns false where the name or the key is taken; unique indexes on both */
export async function insertApiKey(tx: Tx, key: LiveApiKey): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `insert into api_keys (name, digest, scopes) values ($1, $2, $3::text[])
     on conflict do nothing returning id`,
    [key.name, key.digest, key.scopes],
  );
  return rows.length === 1;
}

/** @returns false where there is no such name, or the key is in use already; unique index on the name */
export async function replaceApiKey(tx: Tx, key: LiveApiKey): Promise<boolean> {
  const rows = await tx.query<[unknown[], number]>(
    `update api_keys set digest = $2, scopes = $3::text[]
      where name = $1 and digest is distinct from $2
        and not exists (select from api_keys where digest = $2)
      returning id`,
    [key.name, key.digest, key.scopes],
  );
  return rows[1] === 1;
}

/** @returns false where there is no such key; unique index on the name */
export async function disableApiKey(tx: Tx, name: string): Promise<boolean> {
  const disabledAt = () => 'coalesce(disabled_at, now())';
  return (await tx.update(ApiKeyEntity, { name }, { disabledAt })).affected === 1;
}

/** Leaves a disabled key: what an administrator ended stays ended. @returns false where there is no other; unique index on the name */
export async function deleteLiveApiKey(tx: Tx, name: string): Promise<boolean> {
  return (await tx.delete(ApiKeyEntity, { name, disabledAt: IsNull() })).affected === 1;
}

/** Every key, by name; the table is read whole. */
export async function listApiKeys(tx: Tx): Promise<ApiKeySummary[]> {
  return tx.query<ApiKeySummary[]>(
    `select name, scopes, created_at as "createdAt", disabled_at as "disabledAt" from api_keys order by name`,
  );
}
