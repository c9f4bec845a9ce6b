import type { Unopened } from '../crypto/crypto.types.js';
import type { Tx } from '../db/tx.js';
import type { Position } from './keys.types.js';

/** SQL: whether a run goes on. */
export const HAS_RESEAL = 'exists (select from key_reseals where finished_at is null)';
/** A server notes twice in this time that it lives. */
const ALIVE_SECONDS = 130;

/** How far one place is. */
export interface ResealRow {
  place: string;
  keyId: string;
  startedAt: Date;
  total: number;
  seen: number;
  rewritten: number;
  forgotten: number;
  finishedAt: Date | null;
}

const COLUMNS = `place, key_id as "keyId", started_at as "startedAt", total::float8 as total, seen::float8 as seen,
  rewritten::float8 as rewritten, forgotten::float8 as forgotten, finished_at as "finishedAt"`;

/** A row per place. */
export async function readReseals(tx: Tx): Promise<ResealRow[]> {
  return tx.query<ResealRow[]>(`select ${COLUMNS} from key_reseals order by place`);
}

/** Begins a run of all places, or anew. What was found in the run before is looked at again. */
export async function startReseals(
  tx: Tx,
  keyId: string,
  places: readonly { name: string; total: number }[],
): Promise<void> {
  await tx.query('delete from unopened_rows');
  await tx.query('delete from key_reseals where place <> all($1::text[])', [places.map(({ name }) => name)]);
  await tx.query(
    `insert into key_reseals (place, key_id, total) select place, $1, total from unnest($2::text[], $3::bigint[]) as p(place, total)
     on conflict (place) do update set key_id = excluded.key_id, total = excluded.total, started_at = clock_timestamp(),
       position = null, seen = 0, rewritten = 0, forgotten = 0, finished_at = null`,
    [keyId, places.map(({ name }) => name), places.map(({ total }) => total)],
  );
}

/**
 * Keys with which other servers seal that have been heard of since this one started: what they write after a place was passed
 * would stay of their key. Few rows.
 */
export async function otherSealingKeys(tx: Tx, keyId: string, startedAt: Date): Promise<string[]> {
  const rows = await tx.query<{ id: string }[]>(
    `select key_id as id from key_checks where key_id <> $1
       and signed_at > greatest($2, clock_timestamp() - make_interval(secs => ${ALIVE_SECONDS})) order by 1`,
    [keyId, startedAt],
  );
  return rows.map(({ id }) => id);
}

/** Begins again what has begun. Few rows. */
export async function restartReseals(tx: Tx, keyId: string): Promise<void> {
  await tx.query(
    `update key_reseals set started_at = clock_timestamp(), position = null, seen = 0, rewritten = 0, forgotten = 0, finished_at = null
     where key_id = $1`,
    [keyId],
  );
}

export interface ResealTask {
  place: string;
  keyId: string;
  position: Position | null;
}

/** Claims a place until the transaction ends. */
export async function lockReseal(tx: Tx, keyId: string): Promise<ResealTask | undefined> {
  // the position is stored with the rows: what a crash of the database loses of both is done again
  await tx.query(
    `select set_config('synchronous_commit', 'off', true), set_config('enable_seqscan', 'off', true),
       set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`,
  );
  const rows = await tx.query<ResealTask[]>(
    `select place, key_id as "keyId", position from key_reseals where finished_at is null and key_id = $1
     order by place limit 1 for update skip locked`,
    [keyId],
  );
  return rows[0];
}

/** Primary key. */
export async function moveReseal(
  tx: Tx,
  place: string,
  {
    last,
    seen,
    rewritten,
    forgotten = 0,
  }: { last: Position | null; seen: number; rewritten: number; forgotten?: number },
): Promise<void> {
  await tx.query(
    `update key_reseals set position = coalesce($2::text[], position), seen = seen + $3, rewritten = rewritten + $4,
       forgotten = forgotten + $5, finished_at = case when $2::text[] is null then clock_timestamp() end
     where place = $1`,
    [place, last, seen, rewritten, forgotten],
  );
}

/** Primary key. */
export async function noteUnopened(tx: Tx, place: string, rows: readonly Unopened[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into unopened_rows (place, row_key, key_id, code) select $1, * from unnest($2::text[], $3::text[], $4::text[])
     on conflict (place, row_key) do update set key_id = excluded.key_id, code = excluded.code`,
    [place, rows.map(({ rowKey }) => rowKey), rows.map(({ keyId }) => keyId), rows.map(({ code }) => code)],
  );
}

export type UnopenedRow = Unopened & { place: string };

/** Primary key. */
export async function listUnopened(tx: Tx, limit: number): Promise<UnopenedRow[]> {
  return tx.query<UnopenedRow[]>(
    'select place, row_key as "rowKey", key_id as "keyId", code from unopened_rows order by place, row_key limit $1',
    [limit],
  );
}

/** By place, those whose bytes name this key, or of any where it is null. Reads the whole table, which has few rows. */
export async function countUnopened(tx: Tx, keyId: string | null): Promise<Map<string, number>> {
  const rows = await tx.query<{ place: string; n: number }[]>(
    `select place, count(*)::int as n from unopened_rows where $1::text is null or key_id = $1 group by place`,
    [keyId],
  );
  return new Map(rows.map(({ place, n }) => [place, n]));
}
