import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { Listener } from '../db/listen.js';
import type { Tx } from '../db/tx.js';
import { CallerTable } from './caller-table.repository.js';
import {
  type ClientQuery,
  CLIENTS_CHANNEL,
  type ClientSummary,
  deleteSecretsBut,
  endTokens,
  expireSecret,
  insertClient,
  insertSecret,
  listClients,
  type LiveClient,
  type LiveSecret,
  lockClient,
  readLiveClients,
  readLiveSecrets,
  setClientDisabled,
} from './clients.repository.js';
import { digestSecret, findChosen, generateSecret, isGeneratedOf } from './secrets.js';

/** Default time for which the older secret of a client still works after a rotation. */
export const DEFAULT_OVERLAP_SECONDS = 86_400;

/** The callers of the token URL: looked up in memory, administered in the database. */
@Injectable()
export class Clients implements OnModuleInit {
  private readonly table: CallerTable<Map<string, LiveClient>>;

  constructor(
    private readonly connection: DataSource,
    listener: Listener,
    audit: Audit,
  ) {
    const callers = { noun: 'client', channel: CLIENTS_CHANNEL, read: readLiveClients };
    this.table = new CallerTable(connection, audit, listener, callers);
  }

  async onModuleInit(): Promise<void> {
    await this.table.listen();
  }

  /**
   * The live client of that id, at once where it is held in memory; undefined where it is unknown or disabled. While the
   * database is away the question waits as long as a callback waits for its commit. Memory could still hold a client that
   * another replica has disabled (M2), and nothing can be taken without the database anyway.
   */
  find(clientId: string): LiveClient | undefined | Promise<LiveClient | undefined> {
    const clients = this.table.patiently();
    if (!(clients instanceof Promise)) return withoutExpired(clients.get(clientId));
    return clients.then((known) => withoutExpired(known.get(clientId)));
  }

  /** Whether there is a live client of that id, as far as memory knows: for records, never to let anybody in. */
  isKnown(clientId: string): boolean {
    return this.table.held?.has(clientId) === true;
  }

  /** By id. */
  async list(query?: ClientQuery): Promise<ClientSummary[]> {
    return listClients(this.connection.manager, query);
  }

  /** A new secret to create or rotate with: 256 random bits. */
  makeSecret(): string {
    return generateSecret();
  }

  /** @returns false where the id is taken; nothing is changed then */
  async create(by: string, clientId: string, name: string, secret: string): Promise<boolean> {
    return this.table.change(by, 'create', clientId, async (tx) => {
      if (!(await insertClient(tx, clientId, name))) return false;
      await insertSecret(tx, clientId, await digestSecret(secret));
      return true;
    });
  }

  /**
   * Adds a secret. The newest of the older ones works for `overlapSeconds` more, all others end. Without an overlap all
   * tokens end, too.
   * @returns false where there is no such client
   */
  async rotate(
    by: string,
    clientId: string,
    secret: string,
    overlapSeconds = DEFAULT_OVERLAP_SECONDS,
  ): Promise<boolean> {
    const work = async (tx: Tx) => {
      if (!(await lockClient(tx, clientId))) return false;
      await this.replaceSecret(tx, clientId, secret, overlapSeconds);
      if (overlapSeconds <= 0) await endTokens(tx, clientId);
      return true;
    };
    return this.table.change(by, 'rotate', clientId, work, { overlapSeconds });
  }

  /** Ends all secrets and tokens of the client at once, on every replica. @returns false where there is no such client */
  async disable(by: string, clientId: string): Promise<boolean> {
    return this.table.change(by, 'disable', clientId, (tx) => setClientDisabled(tx, clientId, true));
  }

  /** Its secrets work again; older tokens do not. @returns false where there is no such client */
  async enable(by: string, clientId: string): Promise<boolean> {
    return this.table.change(by, 'enable', clientId, (tx) => setClientDisabled(tx, clientId, false));
  }

  /**
   * Creates the client and its secret where they are missing; several replicas may ask at once. Another secret is added as
   * by `rotate`. A disabled client stays disabled.
   */
  async ensure(by: string, clientId: string, secret: string): Promise<void> {
    await this.table.change(by, 'configure', clientId, async (tx) => {
      await insertClient(tx, clientId, clientId);
      await lockClient(tx, clientId);
      const secrets = await readLiveSecrets(tx, clientId);
      const known = isGeneratedOf(secrets, secret) || (await findChosen(secrets, secret)) !== undefined;
      if (!known) await this.replaceSecret(tx, clientId, secret, DEFAULT_OVERLAP_SECONDS);
      return !known;
    });
  }

  private async replaceSecret(
    tx: Tx,
    clientId: string,
    secret: string,
    overlapSeconds: number,
  ): Promise<void> {
    const secrets = await readLiveSecrets(tx, clientId);
    const newest = overlapSeconds > 0 ? secrets[0] : undefined;
    await deleteSecretsBut(tx, clientId, newest?.id ?? null);
    if (newest !== undefined) await expireSecret(tx, newest.id, overlapSeconds);
    await insertSecret(tx, clientId, await digestSecret(secret, newest === undefined ? [] : [newest]));
  }
}

/** A secret may have ended since the table was read. */
function withoutExpired(client: LiveClient | undefined): LiveClient | undefined {
  const nowMs = Date.now();
  const isLive = ({ expiresAtMs }: LiveSecret) => expiresAtMs === null || expiresAtMs > nowMs;
  if (client === undefined || client.secrets.every(isLive)) return client;
  return { ...client, secrets: client.secrets.filter(isLive) };
}
