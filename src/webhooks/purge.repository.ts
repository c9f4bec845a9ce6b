import type { Tx } from '../db/tx.js';

/** Endpoints that have deliveries, by one probe of the primary key each. */
const WITH_DELIVERIES = `
  (select endpoint_id from deliveries order by endpoint_id limit 1)
  union all
  select (select d.endpoint_id from deliveries d where d.endpoint_id > w.endpoint_id order by d.endpoint_id limit 1)
  from with_deliveries w where w.endpoint_id is not null`;

/** SQL: deletes the deliveries `old` with their attempts. */
const DELETE_OLD = `tried as (
       delete from attempts a using old o where (a.endpoint_id, a.tx, a.seq) = (o.endpoint_id, o.tx, o.seq)
     ), purged as (
       delete from deliveries d using old o
       where (d.endpoint_id, d.tx, d.seq) = (o.endpoint_id, o.tx, o.seq) returning 1
     )
     select count(*)::int as purged from purged`;

/** Deletes deliveries of deleted endpoints, with their attempts. Primary keys. @returns how many, at most `limit` */
export async function purgeOrphans(tx: Tx, limit: number): Promise<number> {
  const [row] = await tx.query<{ purged: number }[]>(
    `with recursive with_deliveries(endpoint_id) as (${WITH_DELIVERIES}), old as (
       select d.endpoint_id, d.tx, d.seq from with_deliveries w join deliveries d using (endpoint_id)
       where not exists (select from endpoints e where e.id = w.endpoint_id) limit $1
     ), ${DELETE_OLD}`,
    [limit],
  );
  return row?.purged ?? 0;
}

/**
 * Deletes deliveries that were settled before that time, with their attempts, but none about these applicants.
 * `deliveries_settled`, primary keys. @returns how many, at most `limit`
 */
export async function purgeSettled(
  tx: Tx,
  before: Date,
  but: readonly string[],
  limit: number,
): Promise<number> {
  const [row] = await tx.query<{ purged: number }[]>(
    `with old as (
       select endpoint_id, tx, seq from deliveries
       where settled_at < $1 and applicant_id <> all($2) order by settled_at limit $3
     ), ${DELETE_OLD}`,
    [before, but, limit],
  );
  return row?.purged ?? 0;
}

/** Deletes expired secrets. The table has a few rows per endpoint. */
export async function purgeSecrets(tx: Tx): Promise<void> {
  await tx.query('delete from endpoint_secrets where expires_at < now()');
}
