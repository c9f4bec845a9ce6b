import type { Tx } from '../db/tx.js';

/** Channel on which all replicas hear which key signs. */
export const SIGNING_KEYS_CHANNEL = 'rollcall_signing_keys';

export interface SigningKeyRow {
  keyId: string;
  /** Null: no server has ever said that it signs with it. */
  signedBeforeSeconds: number | null;
  /** Since when its periods count. */
  sinceSeconds: number;
}

/**
 * The keys that sign tokens or did. The table has one row per key that was ever in use and is read whole. Replicas of the
 * previous release note their key only when they start.
 */
export async function readSigningKeys(tx: Tx): Promise<SigningKeyRow[]> {
  return tx.query<SigningKeyRow[]>(
    `select key_id as "keyId", extract(epoch from clock_timestamp() - signs_from)::float8 as "sinceSeconds",
        extract(epoch from clock_timestamp() - greatest(signed_at, signing_since))::float8 as "signedBeforeSeconds"
       from key_checks`,
  );
}

/**
 * Notes that the key signs, and tells all replicas; by primary key. Replicas of the previous release go by
 * `signing_since`: for them the newest key signs.
 */
export async function noteSigning(tx: Tx, keyId: string): Promise<void> {
  await tx.query(
    `with newest as (
       select key_id from key_checks where signing_since is not null order by signing_since desc, created_at desc limit 1
     ), noted as (
       update key_checks set signed_at = clock_timestamp(),
           signing_since = case when key_id in (select key_id from newest) then signing_since else clock_timestamp() end
        where key_id = $1)
     select pg_notify('${SIGNING_KEYS_CHANNEL}', '')`,
    [keyId],
  );
}
