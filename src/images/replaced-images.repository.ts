import type { Tx } from '../db/tx.js';

/**
 * Whoever removes these bytes, or is about to show them, does it alone until the end of the transaction. An advisory lock,
 * since one of a row would give the transaction an id, and readers of the feed would wait until the store has answered.
 */
const alone = (sha256: string) =>
  `pg_advisory_xact_lock(hashtextextended('replaced image ' || encode(${sha256}, 'hex'), 0))`;

/**
 * These bytes are about to be shown (again): nobody removes them. Waits for who is just removing them; then they are to be
 * stored anew. Primary key.
 * @param sha256s hexadecimal
 */
export async function keepReplaced(tx: Tx, sha256s: readonly string[]): Promise<void> {
  await tx.query(
    `with noted as materialized (
       select sha256 from replaced_images where sha256 = any($1) order by sha256
     ), held as materialized (select sha256, ${alone('sha256')} from noted)
     delete from replaced_images where sha256 in (select sha256 from held)`,
    [sha256s.map((sha256) => Buffer.from(sha256, 'hex'))],
  );
}

/** Replaced bytes (hexadecimal) of so many seconds ago behind one of them. A table of few rows. */
export async function nextReplaced(
  tx: Tx,
  after: string,
  olderThanSeconds: number,
): Promise<string | undefined> {
  const rows = await tx.query<{ sha256: string }[]>(
    `select encode(sha256, 'hex') as sha256 from replaced_images
     where sha256 > $1 and noted_at <= now() - make_interval(secs => $2) order by sha256 limit 1`,
    [Buffer.from(after, 'hex'), olderThanSeconds],
  );
  return rows[0]?.sha256;
}

/**
 * Until the end of the transaction, however long the store takes, nobody begins to show these bytes. Primary key.
 * @returns false where somebody does
 */
export async function holdReplaced(tx: Tx, sha256: string): Promise<boolean> {
  const bytes = Buffer.from(sha256, 'hex');
  await tx.query(
    `select ${alone('$1::bytea')}, set_config('idle_in_transaction_session_timeout', '0', true)`,
    [bytes],
  );
  // a statement of its own sees what was committed while it waited
  const rows = await tx.query<unknown[]>('select 1 from replaced_images where sha256 = $1', [bytes]);
  return rows.length === 1;
}

/** Forgets a stored image that none shows. Behind `holdReplaced`, then `holdTotals`. Primary key, `images_sha256`. */
export async function forgetUnshown(tx: Tx, sha256: string): Promise<void> {
  await tx.query(
    `with gone as (
       delete from image_blobs where sha256 = $1 and not exists (select from images where sha256 = $1)
       returning sealed_bytes
     )
     update image_totals t set stored_images = t.stored_images - 1, stored_bytes = t.stored_bytes - gone.sealed_bytes
     from gone`,
    [Buffer.from(sha256, 'hex')],
  );
}

/** Primary key. @returns whether there is no such stored image */
export async function isForgotten(tx: Tx, sha256: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>('select 1 from image_blobs where sha256 = $1', [
    Buffer.from(sha256, 'hex'),
  ]);
  return rows.length === 0;
}

/** Primary key. */
export async function dropReplaced(tx: Tx, sha256: string): Promise<void> {
  await tx.query('delete from replaced_images where sha256 = $1', [Buffer.from(sha256, 'hex')]);
}
