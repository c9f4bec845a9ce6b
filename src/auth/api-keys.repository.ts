import { IsNull, MoreThan } from 'typeorm';
import type { Tx } from '../db/tx.js';
import type { ApiKeyProof, ApiKeyRights } from './api-key-seal.js';
import { ApiKeyEntity } from './api-keys.entity.js';

/** Channel on which writes to `api_keys` are announced to all replicas. */
export const API_KEYS_CHANNEL = 'rollcall_api_keys';

export type NewApiKey = ApiKeyRights & ApiKeyProof & { digest: Buffer };
/** A key that is not disabled; whether it opens anything, its seal decides. */
export type LiveApiKey = ApiKeyRights & Pick<ApiKeyEntity, 'id' | 'digest' | 'hash' | 'seal'>;

const RIGHTS = { name: true, scopes: true, expiresAt: true, allowAddresses: true, requestsPerMinute: true };
const LIVE = { ...RIGHTS, id: true, digest: true, hash: true, seal: true };
const SHOWN = { ...LIVE, createdAt: true, disabledAt: true, lastUsedAt: true };

/** All keys that are not disabled; the table is read whole (a few rows). */
export async function readLiveApiKeys(tx: Tx): Promise<LiveApiKey[]> {
  return tx.find(ApiKeyEntity, { where: { disabledAt: IsNull() }, select: LIVE });
}

/** @returns false where the name or the key is taken; unique indexes on both */
export async function insertApiKey(tx: Tx, key: NewApiKey): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `insert into api_keys (name, digest, hash, seal, scopes, expires_at, allow_addresses, requests_per_minute)
     values ($1, $2, $3, $4, $5::text[], $6, $7::text[], $8)
     on conflict do nothing returning id`,
    valuesOf(key),
  );
  return rows.length === 1;
}

/**
 * Puts another key, or other rights, in the place of the live key of that name.
 * @returns false where there is no such key, it is the same already, or the key is in use elsewhere; unique index on the name
 */
export async function replaceApiKey(tx: Tx, key: NewApiKey): Promise<boolean> {
  const rows = await tx.query<[unknown[], number]>(
    `update api_keys set digest = $2, hash = $3, seal = $4, scopes = $5::text[], expires_at = $6,
            allow_addresses = $7::text[], requests_per_minute = $8
      where name = $1 and disabled_at is null and seal is distinct from $4
        and not exists (select from api_keys where digest = $2 and name <> $1)
      returning id`,
    valuesOf(key),
  );
  return rows[1] === 1;
}

function valuesOf({ name, digest, hash, seal, scopes, ...limits }: NewApiKey): unknown[] {
  const { expiresAt, allowAddresses, requestsPerMinute } = limits;
  return [name, digest, hash, seal, scopes, expiresAt, allowAddresses, requestsPerMinute];
}

/**
 * Ends a key for good: without hash and seal the row opens nothing, even where somebody takes `disabled_at` away again.
 * @returns false where there is no such key; unique index on the name
 */
export async function disableApiKey(tx: Tx, name: string): Promise<boolean> {
  const ended = { disabledAt: () => 'coalesce(disabled_at, now())', hash: null, seal: null };
  return (await tx.update(ApiKeyEntity, { name }, ended)).affected === 1;
}

/** Leaves a disabled key: what an administrator ended stays ended. @returns false where there is no other; unique index on the name */
export async function deleteLiveApiKey(tx: Tx, name: string): Promise<boolean> {
  return (await tx.delete(ApiKeyEntity, { name, disabledAt: IsNull() })).affected === 1;
}

/**
 * The names of the live keys that may make and end keys, locked until the end of `tx`: of two that end each other the second
 * sees that it is the last. That of a command ends with it, so it counts for none. The table is read whole.
 */
export async function lockAdministratorKeys(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ name: string }[]>(
    `select name from api_keys
      where scopes && '{*,keys:write}' and hash is not null and disabled_at is null and name not like 'cli:%'
        and (expires_at is null or expires_at > now())
      order by id for update`,
  );
  return rows.map(({ name }) => name);
}

/** Notes a use, unless another replica has just done it; by primary key. */
export async function noteApiKeyUse(tx: Tx, id: string): Promise<void> {
  await tx.query(
    `update api_keys set last_used_at = now()
      where id = $1 and (last_used_at is null or last_used_at < now() - interval '30 seconds')`,
    [id],
  );
}

export interface ApiKeyQuery {
  id?: string;
  /** Names after this one. */
  after?: string;
  limit?: number;
}

/** Keys by name, disabled ones too; the table is read whole. */
export async function listApiKeys(tx: Tx, { id, after, limit }: ApiKeyQuery = {}): Promise<ApiKeyEntity[]> {
  return tx.find(ApiKeyEntity, {
    where: { ...(id !== undefined && { id }), ...(after !== undefined && { name: MoreThan(after) }) },
    select: SHOWN,
    order: { name: 'ASC' },
    ...(limit !== undefined && { take: limit }),
  });
}

/**
 * Takes the keys that were there before seals out of the table that the migration made, and answers those that nobody has
 * touched since. Of two processes that start at once the second one finds none.
 */
export async function takeKeysToSeal(tx: Tx): Promise<LiveApiKey[]> {
  const untouched = await tx.query<{ id: string }[]>(
    `with taken as (delete from api_keys_to_seal returning *)
     select k.id from taken t join api_keys k using (id, name, digest, scopes)
      where k.hash is null and k.disabled_at is null`,
  );
  if (untouched.length === 0) return [];
  const ids = new Set(untouched.map(({ id }) => id));
  return (await readLiveApiKeys(tx)).filter((key) => ids.has(key.id));
}

/** Seals a row that is still as it was read; by primary key. */
export async function sealApiKey(tx: Tx, { id, seal }: LiveApiKey, proof: ApiKeyProof): Promise<void> {
  await tx.query(
    `update api_keys set hash = $2, seal = $3
      where id = $1 and disabled_at is null and seal is not distinct from $4`,
    [id, proof.hash, proof.seal, seal],
  );
}
