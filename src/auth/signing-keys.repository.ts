import type { Tx } from '../db/tx.js';

/** Channel on which a new key that signs is told to all replicas. */
export const SIGNING_KEYS_CHANNEL = 'rollcall_signing_keys';

/** The keys that sign tokens or did, the newest first: of as many rows as keys were ever in use; read whole. */
export async function readSigningKeys(tx: Tx): Promise<{ keyId: string; signingForSeconds: number }[]> {
  return tx.query<{ keyId: string; signingForSeconds: number }[]>(
    `select key_id as "keyId", extract(epoch from clock_timestamp() - signing_since)::float8 as "signingForSeconds"
       from key_checks where signing_since is not null order by signing_since desc, created_at desc`,
  );
}

/** Makes the key the newest of those that sign, where it is not yet, and tells all replicas; by primary key. */
export async function beginSigning(tx: Tx, keyId: string): Promise<void> {
  await tx.query(
    `with begun as (
       update key_checks set signing_since = clock_timestamp()
        where key_id = $1
          and key_id is distinct from (select key_id from key_checks where signing_since is not null
                                        order by signing_since desc, created_at desc limit 1))
     select pg_notify('${SIGNING_KEYS_CHANNEL}', '')`,
    [keyId],
  );
}
