import { Not } from 'typeorm';
import type { Tx } from '../db/tx.js';
import { ClientSecretEntity } from './client-secrets.entity.js';
import { ClientEntity } from './clients.entity.js';
import type { SecretDigest, SecretKind } from './secrets.js';

/** Channel on which writes to `clients` and `client_secrets` are announced to all replicas. */
export const CLIENTS_CHANNEL = 'rollcall_clients';

/** Of `client_secrets`: has not ended. */
const IS_LIVE = '(expires_at is null or expires_at > now())';

/** A secret that works now. */
export interface LiveSecret extends SecretDigest {
  readonly id: string;
  /** Milliseconds since 1970; null: it does not end. */
  readonly expiresAtMs: number | null;
}

/** A client that is not disabled, with its live secrets. */
export interface LiveClient {
  readonly clientId: string;
  readonly secrets: readonly LiveSecret[];
  /** Microseconds since 1970: tokens of an earlier moment are refused; 0 where no token was ended so far. */
  readonly tokensValidFrom: number;
}

/** A client as an administrator sees it: no digests. */
export interface ClientSummary extends Omit<ClientEntity, 'tokensValidFrom'> {
  /** Newest first; kinds and ends of the live secrets. */
  secrets: { kind: SecretKind; createdAt: string; expiresAt: string | null }[];
}

/** All clients that are not disabled, with their live secrets; both tables are read whole (a few rows). */
export async function readLiveClients(tx: Tx): Promise<Map<string, LiveClient>> {
  const clients = await tx.query<LiveClient[]>(
    `select c.client_id as "clientId",
            coalesce(extract(epoch from c.tokens_valid_from) * 1000000, 0)::float8 as "tokensValidFrom",
            array(select json_build_object('id', id, 'kind', kind, 'digest', digest,
                                           'expiresAtMs', (extract(epoch from expires_at) * 1000)::float8)
                    from client_secrets where client_id = c.client_id and ${IS_LIVE}) as secrets
       from clients c
      where c.disabled_at is null`,
  );
  return new Map(clients.map((client) => [client.clientId, client]));
}

/**
 * Locks the client's row until the end of `tx`, so that two rotations follow each other; by primary key.
 * @returns false where there is no such client
 */
export async function lockClient(tx: Tx, clientId: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>('select from clients where client_id = $1 for update', [clientId]);
  return rows.length === 1;
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
      where client_id = $1 and ${IS_LIVE}
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

/** Later than the moment before, even where the clock was set back. */
const LATER = `greatest(clock_timestamp(), tokens_valid_from + interval '1 microsecond')`;

/** Ends all tokens that the client has; by primary key. */
export async function endTokens(tx: Tx, clientId: string): Promise<void> {
  await tx.update(ClientEntity, { clientId }, { tokensValidFrom: () => LATER });
}

/** Ends the client's tokens where this changes anything. @returns false where there is no such client; by primary key */
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

export interface ClientQuery {
  clientId?: string;
  /** Ids after this one. */
  after?: string;
  limit?: number;
}

/** Clients by id, disabled ones too; both tables are read whole. */
export async function listClients(
  tx: Tx,
  { clientId, after, limit }: ClientQuery = {},
): Promise<ClientSummary[]> {
  return tx.query<ClientSummary[]>(
    `select c.client_id as "clientId", c.name, c.created_at as "createdAt", c.disabled_at as "disabledAt",
            array(select jsonb_build_object('kind', kind, 'createdAt', created_at, 'expiresAt', expires_at)
                    from client_secrets where client_id = c.client_id and ${IS_LIVE}
                   order by created_at desc) as secrets
       from clients c
      where ($1::text is null or c.client_id = $1) and ($2::text is null or c.client_id > $2)
      order by c.client_id limit $3`,
    [clientId ?? null, after ?? null, limit ?? null],
  );
}
