import type { Tx } from '../db/tx.js';
import { type FeedPosition, NEWEST_FIRST, PLACE, placeAt, placeValues } from '../feed/order.types.js';
import type { AttemptDto, ListDeliveriesQuery } from './deliveries.dto.js';
import { type DeliveryRef, type DeliveryState, type Place, TEST_EVENT } from './endpoints.types.js';

export interface DeliveryRow extends DeliveryRef {
  state: DeliveryState;
  attempts: number;
  nextAttemptAt: Date;
  settledAt: Date | null;
  lastCode: string | null;
}

export type DeliveryFilter = Pick<ListDeliveriesQuery, 'state' | 'applicantId' | 'event'>;

const COLUMNS = `history::text, tx::text, seq::text, event, applicant_id as "applicantId", version, occurred_at as "occurredAt", state, attempts,
  next_attempt_at as "nextAttemptAt", settled_at as "settledAt", last_code as "lastCode"`;

/** Newest first. `deliveries_order`, `deliveries_dead`, `deliveries_due` or `deliveries_place`, depending on the filter. */
export async function listDeliveries(
  tx: Tx,
  endpointId: string,
  { state, applicantId, event }: DeliveryFilter,
  before: FeedPosition | null,
  limit: number,
): Promise<DeliveryRow[]> {
  const asked = Object.entries({ state, applicant_id: applicantId, event }).filter(
    ([, value]) => value !== undefined,
  );
  return tx.query<DeliveryRow[]>(
    `select ${COLUMNS} from deliveries c
     where endpoint_id = $1 and ($3::bigint is null or (${PLACE}) < (${placeAt(3)}))
       ${asked.map(([column], at) => `and ${column} = $${at + 6}`).join(' ')}
     order by ${NEWEST_FIRST} limit $2`,
    [
      endpointId,
      limit,
      ...(before === null ? [null, null, null] : placeValues(before)),
      ...asked.map(([, value]) => value),
    ],
  );
}

/** Primary key. */
export async function findDelivery(
  tx: Tx,
  endpointId: string,
  place: Place,
): Promise<DeliveryRow | undefined> {
  const rows = await tx.query<DeliveryRow[]>(
    `select ${COLUMNS} from deliveries where endpoint_id = $1 and (tx, seq) = ($2::xid8, $3::bigint)`,
    [endpointId, place.tx, place.seq],
  );
  return rows[0];
}

export interface AttemptRow extends Omit<AttemptDto, 'at'> {
  at: Date;
}

/** Newest first. Primary key. */
export async function listAttempts(
  tx: Tx,
  endpointId: string,
  { tx: place, seq }: Place,
  beforeNumber: number | null,
  limit: number,
): Promise<AttemptRow[]> {
  return tx.query<AttemptRow[]>(
    `select number, at, duration_ms as "durationMs", status, code, answer from attempts
     where endpoint_id = $1 and (tx, seq) = ($2::xid8, $3::bigint) and ($4::int is null or number < $4)
     order by number desc limit $5`,
    [endpointId, place, seq, beforeNumber, limit],
  );
}

const DUE_NOW = `state = 'due', tries = 0, next_attempt_at = now(), settled_at = null`;

/** Makes a delivery due now, in whatever state it is. Primary key. */
export async function resend(tx: Tx, endpointId: string, place: Place): Promise<void> {
  await tx.query(
    `update deliveries set ${DUE_NOW} where endpoint_id = $1 and (tx, seq) = ($2::xid8, $3::bigint)`,
    [endpointId, place.tx, place.seq],
  );
}

/** Position in the list of dead deliveries. */
export interface DeadPosition extends Place {
  settledAt: Date;
}

/**
 * Makes the next `limit` deliveries that died since a time due now, in the order in which they died; with `dryRun` nothing
 * changes. `deliveries_dead`. @returns how many, and the last of them; undefined where there are none
 */
export async function recoverDead(
  tx: Tx,
  endpointId: string,
  { since, after, limit }: { since: Date; after: DeadPosition | undefined; limit: number },
  dryRun: boolean,
): Promise<(DeadPosition & { count: number }) | undefined> {
  const dead = `
    select tx, seq, settled_at from deliveries d
    where endpoint_id = $1 and state = 'dead' and settled_at >= $2
      and ($3::timestamptz is null or (settled_at, d.tx, d.seq) > ($3, $4::xid8, $5::bigint))
    order by settled_at, d.tx, d.seq limit $6`;
  const moved = `update deliveries d set ${DUE_NOW} from dead where d.endpoint_id = $1 and (d.tx, d.seq) = (dead.tx, dead.seq)`;
  const [last] = await tx.query<(DeadPosition & { count: number })[]>(
    `with ${dryRun ? `dead as (${dead})` : `dead as (${dead} for update), moved as (${moved})`}
     select settled_at as "settledAt", tx::text, seq::text, count(*) over ()::int as count from dead
     order by settled_at desc, dead.tx desc, dead.seq desc limit 1`,
    [endpointId, since, after?.settledAt, after?.tx, after?.seq, limit],
  );
  return last;
}

/** Queues a test event for one endpoint. Nothing else is at its place in the feed. */
export async function insertTest(tx: Tx, endpointId: string): Promise<DeliveryRow> {
  const [row] = await tx.query<DeliveryRow[]>(
    `insert into deliveries (endpoint_id, tx, seq, event, applicant_id, version, occurred_at)
     values ($1, pg_current_xact_id(), nextval('changes_seq'), $2, 'test', 1, now()) returning ${COLUMNS}`,
    [endpointId, TEST_EVENT],
  );
  if (row === undefined) throw new Error('an insert returned no row');
  return row;
}
