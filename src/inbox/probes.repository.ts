import type { Tx } from '../db/tx.js';
import type { Position } from './cursors.js';
import type { ProbeDto } from './receipts.dto.js';

/** Callback-Tests of one URL and address, with or without a valid token, within an hour (M3). */
export type ProbeRow = Omit<ProbeDto, 'at'> & Position;

const DELETED_AT_ONCE = 1_000;

/** Newest first, by `probes_at`. */
export async function listProbes(tx: Tx, after: Position | null, limit: number): Promise<ProbeRow[]> {
  return tx.query<ProbeRow[]>(
    `select id, at, url, remote_address as "remoteAddress", token_valid as "tokenValid", tests from probes
     where (at, id) < (coalesce($1::timestamptz, 'infinity'), coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
     order by at desc, id desc limit $3`,
    [after?.at ?? null, after?.id ?? null, limit],
  );
}

/** The last one of each URL as it was spelled, newest first. At most twice the rows that are kept. */
export async function readLastProbes(tx: Tx): Promise<ProbeRow[]> {
  return tx.query<ProbeRow[]>(
    `select * from (
       select distinct on (url) id, at, url, remote_address as "remoteAddress", token_valid as "tokenValid", tests
       from probes order by url, at desc
     ) last order by at desc`,
  );
}

/** Adds to the rows that this and other processes wrote for the same hour, by the primary key and in its order: no deadlocks. */
export async function addProbes(tx: Tx, rows: ProbeRow[]): Promise<void> {
  await tx.query(
    `insert into probes as there (id, at, url, remote_address, token_valid, tests)
     select id, at, url, "remoteAddress", "tokenValid", tests
     from jsonb_to_recordset($1::jsonb) as given
       (id uuid, at timestamptz, url text, "remoteAddress" text, "tokenValid" boolean, tests integer)
     order by id
     on conflict (id) do update set at = greatest(there.at, excluded.at), url = excluded.url,
       remote_address = excluded.remote_address, tests = there.tests + excluded.tests`,
    [JSON.stringify(rows)],
  );
}

/** Keeps the newest `kept` rows with a valid token, and as many without; by `probes_at`. Skips what others delete, locks nothing that it keeps. */
export async function deleteOldProbes(tx: Tx, kept: number): Promise<void> {
  for (const tokenValid of [true, false]) {
    await tx.query(
      `delete from probes where id in (
         select id from probes
         where token_valid = $1
           and (at, id) <= (select at, id from probes where token_valid = $1 order by at desc, id desc offset $2 limit 1)
         limit $3 for update skip locked)`,
      [tokenValid, kept, DELETED_AT_ONCE],
    );
  }
}
