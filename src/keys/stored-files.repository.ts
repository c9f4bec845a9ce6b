import type { Tx } from '../db/tx.js';

/** Hashes (hex) of stored images after one. Primary key. */
export async function readImagesAfter(tx: Tx, after: string, limit: number): Promise<string[]> {
  const rows = await tx.query<{ sha256: string }[]>(
    `select encode(sha256, 'hex') as sha256 from image_blobs where sha256 > decode($1, 'hex') order by sha256 limit $2`,
    [after, limit],
  );
  return rows.map(({ sha256 }) => sha256);
}

/** The file of an export that is written: this one, where not all its parts are done, or the next one. Primary key. */
export async function readFileAfter(
  tx: Tx,
  id: string,
  partsDone: number,
): Promise<{ id: string; attempt: string; parts: number } | undefined> {
  const rows = await tx.query<{ id: string; attempt: string; parts: number }[]>(
    `select id, attempt, parts from exports
     where id >= $1::uuid and (id > $1::uuid or parts > $2) and state = 'ready' and attempt is not null order by id limit 1`,
    [id, partsDone],
  );
  return rows[0];
}
