import type { Tx } from '../db/tx.js';
import { placeOf } from '../feed/order.types.js';
import { LEASE_END } from '../jobs/lease.js';
import type { Circuit } from './circuit.js';
import type { DeliveryRef, DeliveryState, EndpointKind, Place, Subscription } from './endpoints.types.js';

/**
 * Active endpoints with something due, whose circuit lets something through. Few rows, and for each a probe of
 * `deliveries_due`: a sub-select with a limit, because a plain `exists` was joined by a scan of all deliveries.
 */
const WITH_WORK = `endpoints e
  where state = 'active' and coalesce(open_until, '-infinity') <= now()
    and (select true from deliveries d
      where d.endpoint_id = e.id and d.state = 'due' and d.next_attempt_at <= now() limit 1)`;

/** The poll that looks for them. */
export const DELIVER = 'webhooks.deliver';
/** SQL: whether there are any, whoever owns them. */
export const HAS_WORK = `exists (select from ${WITH_WORK})`;

/** Those that nobody owns but the owners named. */
export async function findWork(tx: Tx, owners: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }[]>(
    `select id from ${WITH_WORK} and (coalesce(lease_until, '-infinity') < now() or owner = any($1))`,
    [owners],
  );
  return rows.map(({ id }) => id);
}

/** Makes `owner` the one who works the endpoint. Primary key. @returns false where another does */
export async function takeLease(tx: Tx, endpointId: string, owner: string): Promise<boolean> {
  const [, taken] = await tx.query<[unknown, number]>(
    `update endpoints set owner = $2, lease_until = ${LEASE_END}
     where id = $1 and coalesce(lease_until, '-infinity') < now()`,
    [endpointId, owner],
  );
  return taken > 0;
}

/** Primary key. @returns false where the lease was lost */
export async function renewLease(tx: Tx, endpointId: string, owner: string): Promise<boolean> {
  const [, renewed] = await tx.query<[unknown, number]>(
    `update endpoints set lease_until = ${LEASE_END} where id = $1 and owner = $2`,
    [endpointId, owner],
  );
  return renewed > 0;
}

/** Primary key. */
export async function releaseLease(tx: Tx, endpointId: string, owner: string): Promise<void> {
  await tx.query('update endpoints set owner = null, lease_until = null where id = $1 and owner = $2', [
    endpointId,
    owner,
  ]);
}

/** What whoever works an endpoint knows of it. */
export interface OwnedEndpoint extends Pick<Subscription, 'fields'> {
  id: string;
  kind: EndpointKind;
  url: string;
  subject: string | null;
  /** Sealed. */
  credentials: Buffer | null;
  ratePerSecond: number | null;
  isActive: boolean;
  circuit: Circuit;
  /** That are live, oldest first. */
  secrets: { id: string; sealed: Buffer }[];
}

/** Undefined where the lease was lost, or the endpoint removed. Primary key, `endpoint_secrets_endpoint`. */
export async function readOwned(
  tx: Tx,
  endpointId: string,
  owner: string,
): Promise<OwnedEndpoint | undefined> {
  const [row] = await tx.query<
    (Omit<OwnedEndpoint, 'circuit' | 'secrets'> &
      Circuit & { secretIds: string[]; sealed: Buffer[] | null })[]
  >(
    `select e.id, kind, url, subject, credentials, fields, rate_per_second as "ratePerSecond", state = 'active' as "isActive",
       failures, extract(epoch from open_until - now())::float8 as "restSeconds", s.ids as "secretIds", s.sealed
     from endpoints e, lateral (
       select array_agg(id order by created_at)::text[] as ids, array_agg(sealed order by created_at) as sealed
       from endpoint_secrets where endpoint_id = e.id and coalesce(expires_at, 'infinity') > now()) s
     where e.id = $1 and owner = $2`,
    [endpointId, owner],
  );
  if (row === undefined) return undefined;
  const { failures, restSeconds, secretIds, sealed, ...endpoint } = row;
  return {
    ...endpoint,
    circuit: { failures, restSeconds },
    secrets: (sealed ?? []).map((bytes, at) => ({ id: secretIds[at] ?? '', sealed: bytes })),
  };
}

/** A delivery that may be tried now. */
export interface ClaimedDelivery extends DeliveryRef {
  /** In all, before this one. */
  attempts: number;
  /** Since it was last made due by hand, before this one. */
  tries: number;
  /** Since its event. */
  ageSeconds: number;
}

/**
 * What is longest due and not under way; of each applicant the oldest event alone. `deliveries_due`, and for each row a
 * probe of `deliveries_order`: as a sub-select with a limit, which the planner cannot turn into a join with all that
 * is due (1.7 s instead of 0.8 ms at 100,000, before the table is analyzed). Nothing is marked as claimed: whoever owns the endpoint knows what it has under way.
 */
export async function readDue(
  tx: Tx,
  endpointId: string,
  underWay: readonly Place[],
  limit: number,
): Promise<ClaimedDelivery[]> {
  return tx.query<ClaimedDelivery[]>(
    `select history::text, tx::text, seq::text, event, applicant_id as "applicantId", version, occurred_at as "occurredAt",
       attempts, tries,
       extract(epoch from now() - occurred_at)::float8 as "ageSeconds"
     from deliveries d
     where endpoint_id = $1 and state = 'due' and next_attempt_at <= now()
       and (tx, seq) not in (select * from unnest($2::xid8[], $3::bigint[]))
       and (select true from deliveries e
         where e.endpoint_id = $1 and e.applicant_id = d.applicant_id and e.state = 'due'
           and (${placeOf('e')}) < (${placeOf('d')}) limit 1) is null
     order by next_attempt_at, d.tx, d.seq limit $4`,
    [endpointId, underWay.map(({ tx }) => tx), underWay.map(({ seq }) => seq), limit],
  );
}

/** What became of one attempt. */
export interface Settled extends Place {
  at: Date;
  durationMs: number;
  status: number | null;
  /** Null: it was taken. */
  code: string | null;
  answer: string | null;
  state: DeliveryState;
  /** Until the next try, of `due`. */
  delaySeconds: number;
}

/** What attempts tell of their endpoint. */
export interface Health {
  circuit: Circuit;
  succeeded: boolean;
  failureCode: string | null;
  /** Not to be sent to any more. */
  isGone: boolean;
}

/**
 * Writes attempts down and what they mean for their deliveries and the endpoint, and renews the lease, in one commit;
 * nothing where the lease was lost. Primary keys.
 * @param disableAfterDays of failures without a success
 * @returns the state of the endpoint; undefined where the lease was lost
 */
export async function settle(
  tx: Tx,
  held: { endpointId: string; owner: string },
  settled: readonly Settled[],
  health: Health,
  disableAfterDays: number,
): Promise<{ isDisabled: boolean } | undefined> {
  const rows = await tx.query<{ isDisabled: boolean }[]>(SETTLE, [
    held.endpointId,
    held.owner,
    health.circuit.failures,
    health.circuit.restSeconds,
    health.succeeded,
    health.failureCode,
    health.isGone,
    disableAfterDays,
    settled.map((one) => one.tx),
    settled.map((one) => one.seq),
    settled.map((one) => one.at),
    settled.map((one) => one.durationMs),
    settled.map((one) => one.status),
    settled.map((one) => one.code),
    settled.map((one) => one.answer),
    settled.map((one) => one.state),
    settled.map((one) => one.delaySeconds),
  ]);
  return rows[0];
}

const SETTLE = `
with s as (
  select * from unnest($9::xid8[], $10::bigint[], $11::timestamptz[], $12::int[], $13::int[], $14::text[], $15::text[], $16::text[],
    $17::float8[]) as t(tx, seq, at, duration_ms, status, code, answer, state, delay_seconds)
), verdict as (
  select case when state <> 'active' then null when $7::boolean then 'GONE'
    when $3::int > 0 and not $5::boolean and failing_since < now() - make_interval(days => $8::int) then 'FAILING' end as reason
  from endpoints where id = $1
), mine as (
  update endpoints e set failures = $3, open_until = now() + make_interval(secs => $4::float8), lease_until = ${LEASE_END},
    failing_since = case when $3::int = 0 then null when $5::boolean then now() else coalesce(failing_since, now()) end,
    last_success_at = case when $5::boolean then now() else last_success_at end,
    last_failure_at = case when $6::text is null then last_failure_at else now() end,
    last_failure_code = coalesce($6, last_failure_code),
    state = case when v.reason is null then state else 'disabled' end,
    state_reason = coalesce(v.reason, state_reason),
    state_changed_at = case when v.reason is null then state_changed_at else now() end
  from verdict v where id = $1 and owner = $2
  returning v.reason is not null as "isDisabled"
), moved as (
  update deliveries d set state = s.state, attempts = d.attempts + 1, tries = d.tries + 1, last_code = s.code,
    next_attempt_at = now() + make_interval(secs => s.delay_seconds),
    settled_at = case when s.state = 'due' then null else now() end
  from s, mine where d.endpoint_id = $1 and (d.tx, d.seq) = (s.tx, s.seq)
  returning d.tx, d.seq, d.attempts
), logged as (
  insert into attempts (endpoint_id, tx, seq, number, at, duration_ms, status, code, answer)
  select $1, m.tx, m.seq, m.attempts, s.at, s.duration_ms, s.status, s.code, s.answer
  from moved m join s on (s.tx, s.seq) = (m.tx, m.seq)
)
select "isDisabled" from mine`;
