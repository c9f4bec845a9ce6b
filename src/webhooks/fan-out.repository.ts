import type { Tx } from '../db/tx.js';
import type { Outcome } from '../enroll-contract/types.js';
import type { DeliveryRef } from './endpoints.types.js';

/** An event, and what filters ask of it. */
export interface OfferedEvent extends DeliveryRef {
  outcome: Outcome;
}

/** The deliveries that endpoints want of events and do not have; `e.` narrows the endpoints. */
const wanted = (endpoints: string) => `
  select e.id as endpoint_id, v.history, v.tx, v.seq, v.event, v.applicant_id, v.version, v.occurred_at
  from unnest($1::bigint[], $2::xid8[], $3::bigint[], $4::text[], $5::text[], $6::int[], $7::timestamptz[], $8::text[])
    as v(history, tx, seq, event, applicant_id, version, occurred_at, outcome)
  join endpoints e on ${endpoints} and (e.events = '{}' or v.event = any(e.events))
    and (e.outcomes = '{}' or v.outcome = any(e.outcomes))`;

const INTO =
  'insert into deliveries (endpoint_id, history, tx, seq, event, applicant_id, version, occurred_at)';

const columnsOf = (events: readonly OfferedEvent[]) => [
  events.map(({ history }) => history),
  events.map(({ tx }) => tx),
  events.map(({ seq }) => seq),
  events.map(({ event }) => event),
  events.map(({ applicantId }) => applicantId),
  events.map(({ version }) => version),
  events.map(({ occurredAt }) => occurredAt),
  events.map(({ outcome }) => outcome),
];

/** Queues events for every endpoint that wants them and was there before them; the table of endpoints is read whole. */
export async function queueForAll(tx: Tx, events: readonly OfferedEvent[]): Promise<void> {
  await tx.query(
    `${INTO} ${wanted(`e.state <> 'disabled' and v.occurred_at >= e.created_at`)} on conflict do nothing`,
    columnsOf(events),
  );
}

/** Queues for one endpoint what it wants and lacks; with `dryRun` nothing is queued. Primary keys. @returns how many */
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
