import { Injectable, type OnModuleInit } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { sha256 } from '../crypto/constant-time.js';
import type { AuditEntry } from '../audit/audit.repository.js';
import { Audit } from '../audit/audit.service.js';
import { Listener } from '../db/listen.js';
import type { Tx } from '../db/tx.js';
import {
  API_KEYS_CHANNEL,
  type ApiKeySummary,
  deleteLiveApiKey,
  disableApiKey,
  insertApiKey,
  listApiKeys,
  type LiveApiKey,
  notifyApiKeys,
  readLiveApiKeys,
  replaceApiKey,
} from './api-keys.repository.js';
import type { Actor, GrantedScope, Scope } from './auth.types.js';
import { CachedTable } from './cached-table.js';

/** A new API key: 256 random bits under a prefix that secret scanners can look for. */
export function generateApiKey(): string {
  return `rca_${randomBytes(32).toString('base64url')}`;
}

/** The callers of the management API: looked up in memory, administered in the database. */
@Injectable()
export class ApiKeys implements OnModuleInit {
  private readonly cached: CachedTable<Map<string, Actor>>;

  constructor(
    private readonly connection: DataSource,
    private readonly listener: Listener,
    private readonly audit: Audit,
  ) {
    this.cached = new CachedTable(async () => byDigest(await readLiveApiKeys(connection.manager)), listener);
  }

  async onModuleInit(): Promise<void> {
    this.listener.onReconnected(() => this.cached.drop());
    await this.listener.on(API_KEYS_CHANNEL, () => this.cached.drop());
    // What was read before the channel was listened to may have missed a change.
    this.cached.drop();
  }

  /** Who holds this key; undefined where it is unknown or disabled. Found by its hash, so the time tells nothing. */
  async find(key: string): Promise<Actor | undefined> {
    return (await this.cached.current()).get(sha256(key).toString('hex'));
  }

  /** @returns the new key, which is shown once, or undefined where the name is taken */
  async create(by: string, name: string, scopes: GrantedScope[]): Promise<string | undefined> {
    const key = generateApiKey();
    return (await this.add(by, name, key, scopes)) ? key : undefined;
  }

  /** @returns false where the name or the key is taken; nothing is changed then */
  async add(by: string, name: string, key: string, scopes: GrantedScope[]): Promise<boolean> {
    return this.change(entryOf(by, 'apikey.create', name, { scopes }), (tx) =>
      insertApiKey(tx, { name, digest: sha256(key), scopes }),
    );
  }

  /** Makes this key be there under this name, changing nothing where it is; several replicas may ask at once. */
  async ensure(by: string, name: string, key: string, scopes: GrantedScope[]): Promise<void> {
    const row = { name, digest: sha256(key), scopes };
    await this.change(
      entryOf(by, 'apikey.configure', name, { scopes }),
      async (tx) => (await insertApiKey(tx, row)) || (await replaceApiKey(tx, row)),
    );
  }

  /** Ends the key at once, on every replica. @returns false where there is no such key */
  async disable(by: string, name: string): Promise<boolean> {
    return this.change(entryOf(by, 'apikey.disable', name), (tx) => disableApiKey(tx, name));
  }

  /** Takes the key away at once, on every replica, so that its name may come back with any key; nothing where it is not there. */
  async remove(by: string, name: string): Promise<void> {
    await this.change(entryOf(by, 'apikey.remove', name), (tx) => deleteLiveApiKey(tx, name));
  }

  async list(): Promise<ApiKeySummary[]> {
    return listApiKeys(this.connection.manager);
  }

  private async change(done: AuditEntry, work: (tx: Tx) => Promise<boolean>): Promise<boolean> {
    const changed = await this.connection.transaction(async (tx) => {
      const outcome = await work(tx);
      if (outcome) {
        await this.audit.record(tx, done);
        await notifyApiKeys(tx);
      }
      return outcome;
    });
    if (changed) this.cached.drop();
    return changed;
  }
}

function entryOf(by: string, action: string, name: string, detail = {}): AuditEntry {
  return { actor: by, action, subject: `apikey:${name}`, detail };
}

function byDigest(keys: LiveApiKey[]): Map<string, Actor> {
  return new Map(keys.map(({ name, digest, scopes }) => [digest.toString('hex'), anActor(name, scopes)]));
}

function anActor(name: string, scopes: readonly GrantedScope[]): Actor {
  const granted = new Set<GrantedScope>(scopes);
  return { name, scopes, can: (scope: Scope) => granted.has('*') || granted.has(scope) };
}
