import type { Tx } from '../db/tx.js';

export interface KeyRow {
  id: string;
  firstUsedAt: Date | null;
  /** When a server last said that it seals with it. */
  signedAt: Date | null;
  retiredAt: Date | null;
}

/** One row per key that was ever the first of a ring on this database. */
export async function keysEverUsed(tx: Tx): Promise<KeyRow[]> {
  return tx.query<KeyRow[]>(
    `select coalesce(c.key_id, r.key_id) as id, c.created_at as "firstUsedAt", c.signed_at as "signedAt", r.retired_at as "retiredAt"
     from key_checks c full join retired_keys r using (key_id) order by r.retired_at, c.created_at`,
  );
}

/** A server says so once a minute. */
const SAYS_EVERY_SECONDS = 65;

/** Whether a server may have sealed with the key at that time or since. Primary key. */
export async function mayHaveSealed(tx: Tx, id: string, since: Date): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `select from key_checks where key_id = $1 and signed_at > $2::timestamptz - make_interval(secs => ${SAYS_EVERY_SECONDS})`,
    [id, since],
  );
  return rows.length > 0;
}

/** Whole tables are counted: until the end of the transaction that may take its time. */
export async function endlessStatements(tx: Tx): Promise<void> {
  await tx.query(`select set_config('statement_timeout', '0', true)`);
}

/** Takes the key out of those that a boot needs, and keeps what verifies its signatures. Primary keys. */
export async function retireKey(tx: Tx, id: string, by: string, sealed: Buffer): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `with gone as (delete from key_checks where key_id = $1)
     insert into retired_keys (key_id, retired_by, sealed) values ($1, $2, $3) on conflict do nothing returning key_id`,
    [id, by, sealed],
  );
  return rows.length === 1;
}
