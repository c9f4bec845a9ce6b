import type { Tx } from '../db/tx.js';
import type { FieldName } from '../enroll-contract/types.js';
import type { Circuit } from './circuit.js';
import type { SealedSecret } from './endpoint-secrets.service.js';
import type { EndpointKind, EndpointState, Subscription } from './endpoints.types.js';

/** The settings that administrators of endpoints choose. */
export interface EndpointSettings extends Subscription {
  name: string;
  url: string;
  subject: string | null;
  ratePerSecond: number | null;
}

export interface NewEndpoint extends EndpointSettings {
  id: string;
  kind: EndpointKind;
  /** Sealed. */
  credentials: Buffer | null;
  createdBy: string;
}

export interface EndpointRow extends Omit<NewEndpoint, 'credentials'>, Circuit {
  state: EndpointState;
  stateReason: string | null;
  stateChangedAt: Date;
  failingSince: Date | null;
  openUntil: Date | null;
  lastSuccessAt: Date | null;
  lastFailureAt: Date | null;
  lastFailureCode: string | null;
  createdAt: Date;
}

const COLUMNS = `id, name, kind, url, subject, events, outcomes, fields, rate_per_second as "ratePerSecond", state,
  state_reason as "stateReason", state_changed_at as "stateChangedAt", failures, failing_since as "failingSince",
  open_until as "openUntil", extract(epoch from open_until - now())::float8 as "restSeconds", last_success_at as "lastSuccessAt",
  last_failure_at as "lastFailureAt", last_failure_code as "lastFailureCode", created_by as "createdBy", created_at as "createdAt"`;

/** Unique index on the name. @returns false where the name is taken */
export async function insertEndpoint(tx: Tx, endpoint: NewEndpoint): Promise<boolean> {
  const { id, name, kind, url, subject, credentials, events, outcomes, fields, ratePerSecond, createdBy } =
    endpoint;
  const rows = await tx.query<unknown[]>(
    `insert into endpoints (id, name, kind, url, subject, credentials, events, outcomes, fields, rate_per_second, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing returning id`,
    [id, name, kind, url, subject, credentials, events, outcomes, fields, ratePerSecond, createdBy],
  );
  return rows.length === 1;
}

/**
 * Primary key.
 * @param credentials sealed; null: they stay
 * @returns false where another endpoint has the name
 */
export async function updateEndpoint(
  tx: Tx,
  id: string,
  settings: EndpointSettings,
  credentials: Buffer | null,
): Promise<boolean> {
  const { name, url, subject, events, outcomes, fields, ratePerSecond } = settings;
  const [, updated] = await tx.query<[unknown, number]>(
    `update endpoints e set name = $2, url = $3, subject = $4, events = $5, outcomes = $6, fields = $7, rate_per_second = $8,
       credentials = coalesce($9, credentials)
     where id = $1 and not exists (select from endpoints o where o.name = $2 and o.id <> e.id)`,
    [id, name, url, subject, events, outcomes, fields, ratePerSecond, credentials],
  );
  return updated > 0;
}

/** Primary key. @param forUpdate locks it until the transaction ends */
export async function findEndpoint(tx: Tx, id: string, forUpdate = false): Promise<EndpointRow | undefined> {
  const rows = await tx.query<EndpointRow[]>(
    `select ${COLUMNS} from endpoints where id = $1 ${forUpdate ? 'for update' : ''}`,
    [id],
  );
  return rows[0];
}

/** By name, after a name, without those that carry one of the `hidden` fields. Unique index on the name. */
export async function listEndpoints(
  tx: Tx,
  afterName: string,
  limit: number,
  hidden: readonly FieldName[],
): Promise<EndpointRow[]> {
  return tx.query<EndpointRow[]>(
    `select ${COLUMNS} from endpoints where name > $1 and not fields && $3::text[] order by name limit $2`,
    [afterName, limit, hidden],
  );
}

/** Sets the state by hand; `active` closes the circuit and forgets failures. Primary key. */
export async function setState(tx: Tx, id: string, state: 'active' | 'paused'): Promise<void> {
  await tx.query(
    `update endpoints set state = $2, state_reason = null,
       state_changed_at = case when state = $2 then state_changed_at else now() end,
       failures = case when $2 = 'active' then 0 else failures end,
       open_until = case when $2 = 'active' then null else open_until end,
       failing_since = case when $2 = 'active' then null else failing_since end
     where id = $1`,
    [id, state],
  );
}

/** Deletes it with its secrets; the next purge deletes its deliveries. Primary key. */
export async function deleteEndpoint(tx: Tx, id: string): Promise<void> {
  await tx.query('delete from endpoints where id = $1', [id]);
}

export interface SecretRow {
  createdAt: Date;
  expiresAt: Date | null;
}

export async function insertSecret(tx: Tx, endpointId: string, { id, sealed }: SealedSecret): Promise<void> {
  await tx.query('insert into endpoint_secrets (id, endpoint_id, sealed) values ($1, $2, $3)', [
    id,
    endpointId,
    sealed,
  ]);
}

/** Lets the live secrets expire in `hours`. `endpoint_secrets_endpoint`. */
export async function expireSecrets(tx: Tx, endpointId: string, hours: number): Promise<void> {
  await tx.query(
    `update endpoint_secrets set expires_at = least(expires_at, now() + make_interval(hours => $2)) where endpoint_id = $1`,
    [endpointId, hours],
  );
}

/** The live secrets, newest first. `endpoint_secrets_endpoint`. */
export async function listSecrets(tx: Tx, endpointId: string): Promise<SecretRow[]> {
  return tx.query<SecretRow[]>(
    `select created_at as "createdAt", expires_at as "expiresAt" from endpoint_secrets
     where endpoint_id = $1 and coalesce(expires_at, 'infinity') > now() order by created_at desc`,
    [endpointId],
  );
}

export interface FailingEndpoint {
  id: string;
  name: string;
  isDisabled: boolean;
  code: string | null;
  failingSeconds: number;
}

/** Endpoints that fail, and those that Rollcall disabled. The table is small and read whole. */
export async function listFailing(tx: Tx): Promise<FailingEndpoint[]> {
  return tx.query<FailingEndpoint[]>(
    `select id, name, state = 'disabled' as "isDisabled", coalesce(state_reason, last_failure_code) as code,
       coalesce(extract(epoch from now() - failing_since), 0)::float8 as "failingSeconds"
     from endpoints where state = 'disabled' or (state = 'active' and failing_since is not null) order by name`,
  );
}

export interface EndingSecret {
  name: string;
  endsInSeconds: number;
  /** Whether the endpoint has a secret that lives longer. */
  hasOther: boolean;
}

/** The secret that expires first, of each endpoint with expiring secrets. Both tables are small and read whole. */
export async function listEndingSecrets(tx: Tx): Promise<EndingSecret[]> {
  return tx.query<EndingSecret[]>(
    `select e.name, extract(epoch from min(s.expires_at) - now())::float8 as "endsInSeconds",
       max(coalesce(s.expires_at, 'infinity')) > min(s.expires_at) as "hasOther"
     from endpoints e join endpoint_secrets s on s.endpoint_id = e.id and coalesce(s.expires_at, 'infinity') > now()
     where e.state <> 'disabled' group by e.id having min(s.expires_at) is not null order by e.name`,
  );
}

export interface Backlog {
  due: number;
  oldestDueAt: Date | null;
  dead: number;
}

/** Counting stops here: a larger number would tell no more. */
const MAX_COUNTED = 100_000;
/** Of each endpoint, where many are counted at once. */
const MAX_SUMMED = 1_000;

/** `deliveries_due` and `deliveries_dead`, up to `MAX_COUNTED` entries of each. */
export async function readBacklog(tx: Tx, endpointId: string): Promise<Backlog> {
  const [backlog] = await tx.query<Backlog[]>(
    `select due, oldest as "oldestDueAt", dead from
       (select count(*)::int as due, min(occurred_at) as oldest from (select occurred_at from deliveries
         where endpoint_id = $1 and state = 'due' order by next_attempt_at limit ${MAX_COUNTED}) d) d,
       (select count(*)::int as dead from (select from deliveries
         where endpoint_id = $1 and state = 'dead' limit ${MAX_COUNTED}) d) e`,
    [endpointId],
  );
  return backlog ?? { due: 0, oldestDueAt: null, dead: 0 };
}

/** The same of all endpoints together. Both indexes, endpoint by endpoint. */
export async function readWholeBacklog(tx: Tx): Promise<Pick<Backlog, 'due' | 'dead'>> {
  const [backlog] = await tx.query<Pick<Backlog, 'due' | 'dead'>[]>(
    `select coalesce(sum(d.due), 0)::float8 as due, coalesce(sum(d.dead), 0)::float8 as dead from endpoints e, lateral (
       select (select count(*) from (select from deliveries where endpoint_id = e.id and state = 'due' limit ${MAX_SUMMED}) w) as due,
         (select count(*) from (select from deliveries where endpoint_id = e.id and state = 'dead' limit ${MAX_SUMMED}) w) as dead
     ) d`,
  );
  return backlog ?? { due: 0, dead: 0 };
}

/** Waiting deliveries of all endpoints, up to `MAX_COUNTED`. `deliveries_due`. */
export async function countDue(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ n: number }[]>(
    `select count(*)::int as n from (select from deliveries where state = 'due' limit ${MAX_COUNTED}) d`,
  );
  return row?.n ?? 0;
}
