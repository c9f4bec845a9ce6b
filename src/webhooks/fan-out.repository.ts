import type { Tx } from '../db/tx.js';
import type { Outcome } from '../enroll-contract/types.js';
import type { DeliveryRef } from './endpoints.types.js';

/** An event with the values that filters look at. */
export interface OfferedEvent extends DeliveryRef {
  outcome: Outcome;
}

/** The deliveries of events to endpoints whose filters match; `endpoints` is a condition on `e.` */
const wanted = (endpoints: string) => `
  select e.id as endpoint_id, v.history, v.tx, v.seq, v.event, v.applicant_id, v.version, v.occurred_at
  from unnest($1::bigint[], $2::xid8[], $3::bigint[], $4::text[], $5::text[], $6::int[], $7::timestamptz[], $8::text[])
    as v(history, tx, seq, event, applicant_id, version, occurred_at, outcome)
  join endpoints e on ${endpoints} and (e.events = '{}' or v.event = any(e.events))
    and (e.outcomes = '{}' or v.outcome = any(e.outcomes))`;

const INTO =
  'insert into deliveries (endpoint_id, history, tx, seq, event, applicant_id, version, occurred_at)';

const COLUMNS = ['history', 'tx', 'seq', 'event', 'applicantId', 'version', 'occurredAt', 'outcome'] as const;
const columnsOf = (events: readonly OfferedEvent[]) =>
  COLUMNS.map((column) => events.map((event) => event[column]));

/** Queues events for every endpoint that is older and whose filters match. The table of endpoints is read whole. */
export async function queueForAll(tx: Tx, events: readonly OfferedEvent[]): Promise<void> {
  await tx.query(
    `${INTO} ${wanted(`e.state <> 'disabled' and v.occurred_at >= e.created_at`)} on conflict do nothing`,
    columnsOf(events),
  );
}

/** Queues the events that match one endpoint and have no delivery; with `dryRun` only counts them. Primary keys. @returns how many */
export async function queueMissing(
  tx: Tx,
  endpointId: string,
  events: readonly OfferedEvent[],
  dryRun: boolean,
): Promise<number> {
  const missing = `${wanted('e.id = $9')} where not exists (select from deliveries d
    where d.endpoint_id = e.id and (d.tx, d.seq) = (v.tx, v.seq))`;
  const rows = await tx.query<{ n: number }[]>(
    dryRun
      ? `select count(*)::int as n from (${missing}) m`
      : `with queued as (${INTO} ${missing} on conflict do nothing returning 1) select count(*)::int as n from queued`,
    [...columnsOf(events), endpointId],
  );
  return rows[0]?.n ?? 0;
}
