import type { Tx } from '../db/tx.js';
import type { FieldName } from '../enroll-contract/types.js';
import { type FeedFilter, feedBehind, passes } from './feed.repository.js';
import {
  END,
  type FeedPosition,
  PLACE,
  PLACE_NAMES,
  placeAt,
  placeColumns,
  placeOf,
  placeValues,
} from './order.types.js';

/** Rows behind a cursor that are looked at to say how far behind it is. */
const LAG_ROWS = 10_000;

export interface NewConsumer extends FeedPosition, FeedFilter {
  name: string;
  fields: readonly FieldName[];
  createdBy: string;
}

export interface ConsumerRow extends NewConsumer {
  ackedAt: Date | null;
  createdAt: Date;
}

/** What a consumer has not acknowledged of what it wants to see. */
export interface Lag {
  behind: number;
  /** Whether all of `LAG_ROWS` were there, so that there may be more. */
  isMore: boolean;
  oldestSeconds: number | null;
}

const COLUMNS = `f.name, f.events, f.outcomes, f.fields, ${placeColumns('f')}, f.acked_at as "ackedAt",
  f.created_by as "createdBy", f.created_at as "createdAt"`;
const FEED = `(${feedBehind(placeOf('f'), String(LAG_ROWS))}) c`;
const PASSES = passes('f.events', 'f.outcomes');

/** @returns false where the name is taken; primary key */
export async function insertConsumer(tx: Tx, consumer: NewConsumer): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `insert into consumers (name, events, outcomes, fields, created_by, ${PLACE_NAMES})
     values ($1, $2, $3, $4, $5, ${placeAt(6)}) on conflict do nothing returning name`,
    [
      consumer.name,
      consumer.events,
      consumer.outcomes,
      consumer.fields,
      consumer.createdBy,
      ...placeValues(consumer),
    ],
  );
  return rows.length === 1;
}

/** Primary key. */
export async function findConsumer(tx: Tx, name: string): Promise<ConsumerRow | undefined> {
  const rows = await tx.query<ConsumerRow[]>(`select ${COLUMNS} from consumers f where f.name = $1`, [name]);
  return rows[0];
}

/** By name, with their lag; null for both: all. Primary key, and for each what `feedBehind` uses. */
export async function listConsumers(
  tx: Tx,
  { name = null, after = null, limit }: { name?: string | null; after?: string | null; limit: number },
): Promise<(ConsumerRow & Lag)[]> {
  return tx.query<(ConsumerRow & Lag)[]>(
    `select ${COLUMNS}, lag.* from (
       select * from consumers where ($1::text is null or name = $1) and ($2::text is null or name > $2)
       order by name limit $3
     ) f cross join lateral (
       select count(*) filter (where ${PASSES})::int as behind, count(*) = ${LAG_ROWS} as "isMore",
         extract(epoch from now() - min(c.changed_at) filter (where ${PASSES}))::float8 as "oldestSeconds"
       from (select * from ${FEED} order by ${PLACE} limit ${LAG_ROWS}) c
     ) lag order by f.name`,
    [name, after, limit],
  );
}

export interface ConsumerLag {
  name: string;
  /** Of the oldest event that it has not acknowledged. */
  oldestSeconds: number;
}

/** Consumers that are behind. The table is read whole (a few rows), and for each what `feedBehind` uses. */
export async function listLags(tx: Tx): Promise<ConsumerLag[]> {
  return tx.query<ConsumerLag[]>(
    `select f.name, extract(epoch from now() - oldest.changed_at)::float8 as "oldestSeconds"
     from consumers f cross join lateral (
       select c.changed_at from (select * from ${FEED} order by ${PLACE} limit ${LAG_ROWS}) c
       where ${PASSES} order by ${PLACE} limit 1
     ) oldest order by f.name`,
  );
}

/**
 * Moves a cursor forward, or leaves it where it is; never beyond what is shown. Who waits for another's move looks at
 * the cursor anew, so two at once cannot move it back. Primary key. @returns whether the cursor was accepted
 */
export async function ackConsumer(tx: Tx, name: string, to: FeedPosition): Promise<boolean> {
  const [, accepted] = await tx.query<[unknown, number]>(
    `update consumers c set (${PLACE_NAMES}) = (${placeAt(2)}), acked_at = now()
     where name = $1 and (${PLACE}) <= (${placeAt(2)}) and (${placeAt(2)}) <= (${END})`,
    [name, ...placeValues(to)],
  );
  return accepted > 0;
}

/** The cursor before; undefined where there is no such consumer. Locked for this transaction. Primary key. */
export async function lockConsumer(tx: Tx, name: string): Promise<FeedPosition | undefined> {
  const rows = await tx.query<FeedPosition[]>(
    `select ${placeColumns('f')} from consumers f where name = $1 for update`,
    [name],
  );
  return rows[0];
}

/** Moves a cursor anywhere, forgetting when it was acknowledged. Primary key. */
export async function placeConsumer(tx: Tx, name: string, to: FeedPosition): Promise<void> {
  await tx.query(`update consumers set (${PLACE_NAMES}) = (${placeAt(2)}), acked_at = null where name = $1`, [
    name,
    ...placeValues(to),
  ]);
}

/** @returns false where there is no such consumer; primary key */
export async function deleteConsumer(tx: Tx, name: string): Promise<boolean> {
  const [, deleted] = await tx.query<[unknown, number]>('delete from consumers where name = $1', [name]);
  return deleted > 0;
}
