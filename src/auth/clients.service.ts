import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AuditEntry } from '../audit/audit.repository.js';
import { Audit } from '../audit/audit.service.js';
import { Listener } from '../db/listen.js';
import { patiently } from '../db/patience.js';
import type { Tx } from '../db/tx.js';
import {
  CLIENTS_CHANNEL,
  type ClientSummary,
  deleteSecretsBut,
  endTokens,
  expireSecret,
  insertClient,
  insertSecret,
  listClients,
  type LiveClient,
  lockClient,
  notifyClients,
  readLiveClients,
  readLiveSecrets,
  setClientDisabled,
} from './clients.repository.js';
import { digestSecret, findChosen, generateSecret, isGeneratedOf } from './secrets.js';
import { CachedTable } from './cached-table.js';

/** How long the older secret of a client goes on opening after a rotation, unless said otherwise. */
export const DEFAULT_OVERLAP_SECONDS = 86_400;

/** What became of an administrative wish. */
export type ClientChange = 'done' | 'exists' | 'unknown';

/** The callers of the token URL: looked up in memory, administered in the database. */
@Injectable()
export class Clients implements OnModuleInit {
  private readonly cached: CachedTable<Map<string, LiveClient>>;

  constructor(
    private readonly connection: DataSource,
    private readonly listener: Listener,
    private readonly audit: Audit,
  ) {
    this.cached = new CachedTable(() => readLiveClients(connection.manager), listener);
  }

  async onModuleInit(): Promise<void> {
    this.listener.onReconnected(() => this.cached.drop());
    await this.listener.on(CLIENTS_CHANNEL, () => this.cached.drop());
    // What was read before the channel was listened to may have missed a change.
    this.cached.drop();
  }

  /**
   * The live client of that id, at once where it is held in memory; undefined where unknown or disabled. While the
   * database is away the question waits for it, as long as a callback would wait for its commit: an answer from memory
   * could be that of a client disabled meanwhile, on another replica (M2), and would gain nothing, since without the
   * database nothing can be taken.
   */
  find(clientId: string): LiveClient | undefined | Promise<LiveClient | undefined> {
    const clients = this.cached.current();
    if (!(clients instanceof Promise)) return withoutExpired(clients.get(clientId));
    return patiently(clients, () => this.cached.current()).then((known) =>
      withoutExpired(known.get(clientId)),
    );
  }

  async list(): Promise<ClientSummary[]> {
    return listClients(this.connection.manager);
  }

  /** A secret of 256 random bits, to create or rotate with. */
  makeSecret(): string {
    return generateSecret();
  }

  /** @returns `exists` where the id is taken; nothing is changed then */
  async create(by: string, clientId: string, name: string, secret: string): Promise<ClientChange> {
    return this.change(entryOf(by, 'client.create', clientId), async (tx) => {
      if (!(await insertClient(tx, clientId, name))) return 'exists';
      await insertSecret(tx, clientId, await digestSecret(secret));
      return 'done';
    });
  }

  /**
   * Adds a secret. The newest of the older ones opens for `overlapSeconds` more, any before it no longer. Without an
   * overlap the tokens that were got with them end, too.
   */
  async rotate(
    by: string,
    clientId: string,
    secret: string,
    overlapSeconds = DEFAULT_OVERLAP_SECONDS,
  ): Promise<ClientChange> {
    return this.change(entryOf(by, 'client.rotate', clientId, { overlapSeconds }), async (tx) => {
      if ((await lockClient(tx, clientId)) === undefined) return 'unknown';
      await this.replaceSecret(tx, clientId, secret, overlapSeconds);
      if (overlapSeconds <= 0) await endTokens(tx, clientId);
      return 'done';
    });
  }

  /** Ends all secrets and tokens of the client at once, on every replica. */
  async disable(by: string, clientId: string): Promise<ClientChange> {
    return this.change(entryOf(by, 'client.disable', clientId), async (tx) =>
      (await setClientDisabled(tx, clientId, true)) ? 'done' : 'unknown',
    );
  }

  /** Its secrets open again; tokens from before do not. */
  async enable(by: string, clientId: string): Promise<ClientChange> {
    return this.change(entryOf(by, 'client.enable', clientId), async (tx) =>
      (await setClientDisabled(tx, clientId, false)) ? 'done' : 'unknown',
    );
  }

  /**
   * Makes the client and its secret be there, changing nothing where they are; several replicas may ask at once. A
   * secret that differs is added as by `rotate`. A disabled client stays disabled.
   */
  async ensure(by: string, clientId: string, secret: string): Promise<void> {
    await this.change(entryOf(by, 'client.configure', clientId), async (tx) => {
      await insertClient(tx, clientId, clientId);
      await lockClient(tx, clientId);
      const secrets = await readLiveSecrets(tx, clientId);
      const known = isGeneratedOf(secrets, secret) || (await findChosen(secrets, secret)) !== undefined;
      if (!known) await this.replaceSecret(tx, clientId, secret, DEFAULT_OVERLAP_SECONDS);
      return known ? 'exists' : 'done';
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

  /** One transaction that is recorded and told to all replicas where it changed something; this one forgets at once. */
  private async change(done: AuditEntry, work: (tx: Tx) => Promise<ClientChange>): Promise<ClientChange> {
    const change = await this.connection.transaction(async (tx) => {
      const outcome = await work(tx);
      if (outcome === 'done') {
        await this.audit.record(tx, done);
        await notifyClients(tx);
      }
      return outcome;
    });
    if (change === 'done') this.cached.drop();
    return change;
  }
}

function entryOf(by: string, action: string, clientId: string, detail = {}): AuditEntry {
  return { actor: by, action, subject: `client:${clientId}`, detail };
}

/** A secret may have ended since the table was read. */
function withoutExpired(client: LiveClient | undefined): LiveClient | undefined {
  if (client === undefined) return undefined;
  const nowMs = Date.now();
  if (client.secrets.every(({ expiresAtMs }) => expiresAtMs > nowMs)) return client;
  return { ...client, secrets: client.secrets.filter(({ expiresAtMs }) => expiresAtMs > nowMs) };
}
