import type { Tx } from '../db/tx.js';
import {
  type RecentRefusals,
  REFUSED_CALLERS,
  type RefusedCaller,
  type RefusedRoute,
} from './refusals.types.js';

/** Refusals that are alike, within an hour. What is not a sum is of the latest one. */
export interface RefusalRow {
  id: string;
  firstAt: Date;
  at: Date;
  route: RefusedRoute;
  url: string;
  method: string;
  caller: RefusedCaller;
  clientId: string | null;
  remoteAddress: string | null;
  status: number;
  code: string;
  bytes: number | null;
  receiptId: string | null;
  count: number;
}

export type RefusalPosition = Pick<RefusalRow, 'at' | 'id'>;

export interface RefusalFilter {
  route?: RefusedRoute;
  caller?: RefusedCaller;
}

const DELETED_AT_ONCE = 1_000;

/** Newest first, by `refusals_at`. */
export async function listRefusals(
  tx: Tx,
  { route, caller }: RefusalFilter,
  after: RefusalPosition | null,
  limit: number,
): Promise<RefusalRow[]> {
  return tx.query<RefusalRow[]>(
    `select id, first_at as "firstAt", at, route, url, method, caller, client_id as "clientId",
       remote_address as "remoteAddress", status, code, bytes::float8, receipt_id as "receiptId", count
     from refusals
     where (at, id) < (coalesce($1::timestamptz, 'infinity'), coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
       and route = coalesce($3, route) and caller = coalesce($4, caller)
     order by at desc, id desc limit $5`,
    [after?.at ?? null, after?.id ?? null, route ?? null, caller ?? null, limit],
  );
}

/** Adds to the rows that this and other processes wrote for the same hour, by the primary key and in its order: no deadlocks. */
export async function addRefusals(tx: Tx, rows: RefusalRow[]): Promise<void> {
  await tx.query(
    `insert into refusals as there
       (id, first_at, at, route, url, method, caller, client_id, remote_address, status, code, bytes, receipt_id, count)
     select id, "firstAt", at, route, url, method, caller, "clientId", "remoteAddress", status, code, bytes, "receiptId", count
     from jsonb_to_recordset($1::jsonb) as given
       (id uuid, "firstAt" timestamptz, at timestamptz, route text, url text, method text, caller text, "clientId" text,
        "remoteAddress" text, status smallint, code text, bytes bigint, "receiptId" uuid, count integer)
     order by id
     on conflict (id) do update set first_at = least(there.first_at, excluded.first_at), at = greatest(there.at, excluded.at),
       url = excluded.url, method = excluded.method, remote_address = excluded.remote_address, bytes = excluded.bytes,
       receipt_id = excluded.receipt_id, count = there.count + excluded.count`,
    [JSON.stringify(rows)],
  );
}

/** Keeps the newest `kept` rows of each kind of caller; by `refusals_at`. Skips what others delete, locks nothing that it keeps. */
export async function deleteOldRefusals(tx: Tx, kept: number): Promise<void> {
  for (const caller of REFUSED_CALLERS) {
    await tx.query(
      `delete from refusals where id in (
         select id from refusals
         where caller = $1
           and (at, id) <= (select at, id from refusals where caller = $1 order by at desc, id desc offset $2 limit 1)
         limit $3 for update skip locked)`,
      [caller, kept, DELETED_AT_ONCE],
    );
  }
}

/** Of rows with a refusal within the last hour; some of theirs may be older. By `refusals_at`. */
export async function countRecent(tx: Tx, isOfTokens: boolean): Promise<RecentRefusals> {
  const [recent] = await tx.query<[RecentRefusals & { at: Date | null }]>(
    `with recent as (
       select * from refusals where at > now() - interval '1 hour' and (route = 'token') = $1
     )
     select coalesce(sum(count) filter (where caller <> 'stranger'), 0)::float8 as "ofClients",
       coalesce(sum(count) filter (where caller = 'stranger'), 0)::float8 as "ofStrangers",
       (select at from recent order by caller = 'stranger', at desc limit 1) as at,
       (select jsonb_build_object('code', code, 'clientId', client_id) from recent order by caller = 'stranger', at desc limit 1)
         as latest
     from recent`,
    [isOfTokens],
  );
  const { at, latest, ...counts } = recent;
  return { ...counts, latest: latest === null || at === null ? null : { ...latest, at } };
}
