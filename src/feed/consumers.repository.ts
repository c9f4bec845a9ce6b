import type { Tx } from '../db/tx.js';
import type { ConsumerDto, LagDto } from './consumers.dto.js';
import { feedBehind, passes } from './feed.repository.js';
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

/** Most rows after a cursor that are counted for its lag. */
const LAG_ROWS = 10_000;

export type NewConsumer = FeedPosition &
  Pick<ConsumerDto, 'name' | 'events' | 'outcomes' | 'fields' | 'createdBy'>;

export interface ConsumerRow extends NewConsumer {
  ackedAt: Date | null;
  createdAt: Date;
}

const COLUMNS = `f.name, f.events, f.outcomes, f.fields, ${placeColumns('f')}, f.acked_at as "ackedAt",
  f.created_by as "createdBy", f.created_at as "createdAt"`;
const FEED = `(${feedBehind(placeOf('f'), String(LAG_ROWS))}) c`;
const PASSES = passes('f.events', 'f.outcomes');

/** Primary key. @returns false if the name is taken */
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

/** Consumers by name with their lag; all of them without `name` and `after`. Primary key, and for each what `feedBehind` uses. */
export async function listConsumers(
  tx: Tx,
  { name = null, after = null, limit }: { name?: string | null; after?: string | null; limit: number },
): Promise<(ConsumerRow & { lag: LagDto })[]> {
  return tx.query<(ConsumerRow & { lag: LagDto })[]>(
    `select ${COLUMNS}, (
       select json_build_object('events', count(*) filter (where ${PASSES}), 'isExact', count(*) < ${LAG_ROWS},
         'oldestSeconds', extract(epoch from now() - min(c.changed_at) filter (where ${PASSES})))
       from (select * from ${FEED} order by ${PLACE} limit ${LAG_ROWS}) c
     ) as lag
     from (
       select * from consumers where ($1::text is null or name = $1) and ($2::text is null or name > $2)
       order by name limit $3
     ) f order by f.name`,
    [name, after, limit],
  );
}

export interface ConsumerLag {
  name: string;
  /** Age of the oldest event that is not acknowledged. */
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
 * Moves a cursor forward, or leaves it where it is; never beyond what is shown. If two move it at once, the second sees
 * the place that the first has set, so they cannot move it back. Primary key. @returns whether the cursor was accepted
 */
export async function ackConsumer(tx: Tx, name: string, to: FeedPosition): Promise<boolean> {
  const [, accepted] = await tx.query<[unknown, number]>(
    `update consumers c set (${PLACE_NAMES}) = (${placeAt(2)}), acked_at = now()
     where name = $1 and (${PLACE}) <= (${placeAt(2)}) and (${placeAt(2)}) <= (${END})`,
    [name, ...placeValues(to)],
  );
  return accepted > 0;
}

/** The cursor, locked for this transaction; undefined if there is no such consumer. Primary key. */
export async function lockConsumer(tx: Tx, name: string): Promise<FeedPosition | undefined> {
  const rows = await tx.query<FeedPosition[]>(
    `select ${placeColumns('f')} from consumers f where name = $1 for update`,
    [name],
  );
  return rows[0];
}

/** Moves a cursor anywhere and clears the time of the last acknowledgement. Primary key. */
export async function placeConsumer(tx: Tx, name: string, to: FeedPosition): Promise<void> {
  await tx.query(`update consumers set (${PLACE_NAMES}) = (${placeAt(2)}), acked_at = null where name = $1`, [
    name,
    ...placeValues(to),
  ]);
}

/** Primary key. @returns false if there is no such consumer */
export async function deleteConsumer(tx: Tx, name: string): Promise<boolean> {
  const [, deleted] = await tx.query<[unknown, number]>('delete from consumers where name = $1', [name]);
  return deleted > 0;
}
