import { Not } from 'typeorm';
import type { Tx } from '../db/tx.js';
import { ClientSecretEntity } from './client-secrets.entity.js';
import { ClientEntity } from './clients.entity.js';
import type { SecretDigest, SecretKind } from './secrets.js';

/** Channel on which every write to `clients` and `client_secrets` is told to all replicas. */
export const CLIENTS_CHANNEL = 'rollcall_clients';

/** A secret that opens now. */
export interface LiveSecret extends SecretDigest {
  readonly id: string;
  readonly expiresAtMs: number;
}

/** A client that is not disabled, with its live secrets. */
export interface LiveClient {
  readonly clientId: string;
  readonly secrets: readonly LiveSecret[];
  /** Microseconds since 1970: tokens that were issued under an earlier moment do not open; 0 where none was ended. */
  readonly tokensValidFrom: number;
}

/** A client as an administrator sees it: no digests. */
export interface ClientSummary {
  clientId: string;
  name: string;
  createdAt: Date;
  disabledAt: Date | null;
  /** Newest first; kinds and ends of the live secrets. */
  secrets: { kind: SecretKind; createdAt: string; expiresAt: string | null }[];
}

interface LiveRow {
  clientId: string;
  tokensValidFrom: number;
  id: string | null;
  kind: SecretKind;
  digest: string;
  expiresAtMs: number | null;
}

/** All clients that are not disabled, with their live secrets; both tables are read whole (a few rows). */
export async function readLiveClients(tx: Tx): Promise<Map<string, LiveClient>> {
  const rows = await tx.query<LiveRow[]>(
    `select c.client_id as "clientId",
            coalesce(extract(epoch from c.tokens_valid_from) * 1000000, 0)::float8 as "tokensValidFrom", s.id, s.kind, s.digest,
            (extract(epoch from s.expires_at) * 1000)::float8 as "expiresAtMs"
       from clients c
       left join client_secrets s
         on s.client_id = c.client_id and (s.expires_at is null or s.expires_at > now())
      where c.disabled_at is null`,
  );
  const clients = new Map<string, LiveClient & { secrets: LiveSecret[] }>();
  for (const { clientId, tokensValidFrom, id, kind, digest, expiresAtMs } of rows) {
    const client = clients.get(clientId) ?? { clientId, tokensValidFrom, secrets: [] };
    if (id !== null) client.secrets.push({ id, kind, digest, expiresAtMs: expiresAtMs ?? Infinity });
    clients.set(clientId, client);
  }
  return clients;
}

/** The client's row, locked until the end of `tx`, so that two rotations follow each other; by primary key. */
export async function lockClient(tx: Tx, clientId: string): Promise<{ disabledAt: Date | null } | undefined> {
  const [row] = await tx.query<{ disabledAt: Date | null }[]>(
    'select disabled_at as "disabledAt" from clients where client_id = $1 for update',
    [clientId],
  );
  return row;
}

/** @returns false where the id is taken; of transactions that insert the same id at once, the others wait for the first */
export async function insertClient(tx: Tx, clientId: string, name: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    'insert into clients (client_id, name) values ($1, $2) on conflict (client_id) do nothing returning client_id',
    [clientId, name],
  );
  return rows.length === 1;
}

/** The live secrets of one client, newest first; index client_secrets_client_id. */
export async function readLiveSecrets(tx: Tx, clientId: string): Promise<(SecretDigest & { id: string })[]> {
  return tx.query<(SecretDigest & { id: string })[]>(
    `select id, kind, digest from client_secrets
      where client_id = $1 and (expires_at is null or expires_at > now())
      order by expires_at desc nulls first, created_at desc`,
    [clientId],
  );
}

/** Index client_secrets_client_id. */
export async function insertSecret(tx: Tx, clientId: string, secret: SecretDigest): Promise<void> {
  await tx.insert(ClientSecretEntity, { clientId, kind: secret.kind, digest: secret.digest });
}

/** Ends one secret after the overlap, or sooner where it was to end sooner; by primary key. */
export async function expireSecret(tx: Tx, id: string, overlapSeconds: number): Promise<void> {
  await tx.query(
    `update client_secrets
        set expires_at = least(expires_at, now() + make_interval(secs => $2))
      where id = $1`,
    [id, overlapSeconds],
  );
}

/** Removes all secrets of a client but one (or, with null, all); index client_secrets_client_id. */
export async function deleteSecretsBut(tx: Tx, clientId: string, keptId: string | null): Promise<void> {
  await tx.delete(ClientSecretEntity, { clientId, ...(keptId !== null && { id: Not(keptId) }) });
}

/** Later than every moment before, also where the clock was set back. */
const LATER = `greatest(clock_timestamp(), tokens_valid_from + interval '1 microsecond')`;

/** Ends all tokens of a client that were issued until now; by primary key. */
export async function endTokens(tx: Tx, clientId: string): Promise<void> {
  await tx.update(ClientEntity, { clientId }, { tokensValidFrom: () => LATER });
}

/** Ends its tokens where it changes anything. @returns false where there is no such client; by primary key */
export async function setClientDisabled(tx: Tx, clientId: string, disabled: boolean): Promise<boolean> {
  const rows = await tx.query<[unknown[], number]>(
    `update clients
        set disabled_at = case when $2 then coalesce(disabled_at, now()) end,
            tokens_valid_from = case when $2 or disabled_at is not null then ${LATER} else tokens_valid_from end
      where client_id = $1 returning client_id`,
    [clientId, disabled],
  );
  return rows[1] === 1;
}

/** Every client, by id; both tables are read whole. */
export async function listClients(tx: Tx): Promise<ClientSummary[]> {
  return tx.query<ClientSummary[]>(
    `select c.client_id as "clientId", c.name, c.created_at as "createdAt", c.disabled_at as "disabledAt",
            coalesce(
              jsonb_agg(jsonb_build_object('kind', s.kind, 'createdAt', s.created_at, 'expiresAt', s.expires_at)
                        order by s.created_at desc) filter (where s.id is not null),
              '[]') as secrets
       from clients c
       left join client_secrets s
         on s.client_id = c.client_id and (s.expires_at is null or s.expires_at > now())
      group by c.client_id
      order by c.client_id`,
  );
}

/** Sent to all replicas at COMMIT, never before. */
export async function notifyClients(tx: Tx): Promise<void> {
  await tx.query(`select pg_notify('${CLIENTS_CHANNEL}', '')`);
}
