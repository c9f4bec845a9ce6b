import type { Tx } from '../db/tx.js';

/**
 * SQL: locks these bytes for one who removes them or is about to show them, until the end of the transaction. It is an advisory
 * lock: a row lock would give the transaction an id, and readers of the feed would wait until the store has answered.
 */
const alone = (sha256: string) =>
  `pg_advisory_xact_lock(hashtextextended('replaced image ' || encode(${sha256}, 'hex'), 0))`;

/**
 * These bytes are about to be shown (again), so nobody may remove them. Waits for a removal that is under way; after that they
 * must be stored again. Primary key.
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

/** The next replaced bytes (hexadecimal) after the given ones that are old enough. A table of few rows. */
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
 * Keeps everybody from beginning to show these bytes until the end of the transaction, however long the store takes. Primary
 * keys.
 * @returns whether `image_blobs` has forgotten them; undefined where somebody shows them
 */
export async function holdReplaced(tx: Tx, sha256: string): Promise<{ isForgotten: boolean } | undefined> {
  const bytes = Buffer.from(sha256, 'hex');
  await tx.query(
    `select ${alone('$1::bytea')}, set_config('idle_in_transaction_session_timeout', '0', true)`,
    [bytes],
  );
  // a second statement sees what was committed while the first waited
  const rows = await tx.query<{ isForgotten: boolean }[]>(
    `select not exists (select from image_blobs where sha256 = $1) as "isForgotten"
     from replaced_images where sha256 = $1`,
    [bytes],
  );
  return rows[0];
}

/**
 * Keeps everybody from removing these bytes until the end of the transaction; waits for a removal that is under way. Primary key.
 * @returns those that are stored still
 */
export async function holdStored(tx: Tx, sha256s: readonly string[]): Promise<string[]> {
  const bytes = sha256s.map((sha256) => Buffer.from(sha256, 'hex'));
  await tx.query(
    `select ${alone('sha256')} from (select sha256 from unnest($1::bytea[]) sha256 order by 1) ordered`,
    [bytes],
  );
  // a second statement sees what was committed while the first waited
  const rows = await tx.query<{ sha256: string }[]>(
    `select encode(sha256, 'hex') as sha256 from image_blobs where sha256 = any($1)`,
    [bytes],
  );
  return rows.map(({ sha256 }) => sha256);
}

/** Forgets a stored image that nothing shows. Call `holdReplaced` and then `holdTotals` before. Primary key, `images_sha256`. */
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

/** Primary key. */
export async function dropReplaced(tx: Tx, sha256: string): Promise<void> {
  await tx.query('delete from replaced_images where sha256 = $1', [Buffer.from(sha256, 'hex')]);
}

/**
 * Clears the oldest fetched images and notes their bytes, with the totals. Call `holdTotals` before. Scans `images`.
 * @returns how many, at most `limit`
 */
export async function clearFetched(
  tx: Tx,
  before: Date,
  but: readonly string[],
  limit: number,
): Promise<number> {
  const rows = await tx.query<{ cleared: number }[]>(
    `with old as (
       select applicant_id, field, version, sha256 from images
       where state = 'fetched' and settled_at < $1 and applicant_id <> all($2) limit $3 for update skip locked
     ), cleared as (
       update images i set state = 'cleared', path = null, sha256 = null, error_code = 'RETENTION_OVER'
       from old o where (i.applicant_id, i.field, i.version) = (o.applicant_id, o.field, o.version)
     ), noted as (
       insert into replaced_images (sha256) select distinct sha256 from old where sha256 is not null on conflict do nothing
     ), counted as (
       update image_totals set fetched = fetched - (select count(*) from old)
     )
     select count(*)::int as cleared from old`,
    [before, but, limit],
  );
  return rows[0]?.cleared ?? 0;
}
