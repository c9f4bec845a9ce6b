import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { sha256 } from '../crypto/constant-time.js';
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
  readLiveApiKeys,
  replaceApiKey,
} from './api-keys.repository.js';
import type { Actor, GrantedScope, Scope } from './auth.types.js';
import { CallerTable } from './caller-table.repository.js';
import { generateSecret } from './secrets.js';

/** The callers of the management API: looked up in memory, administered in the database. */
@Injectable()
export class ApiKeys implements OnModuleInit {
  private readonly table: CallerTable<Map<string, Actor>>;

  constructor(
    private readonly connection: DataSource,
    listener: Listener,
    audit: Audit,
  ) {
    const read = async (tx: Tx) => byDigest(await readLiveApiKeys(tx));
    const callers = { noun: 'apikey', channel: API_KEYS_CHANNEL, read };
    this.table = new CallerTable(connection, audit, listener, callers);
  }

  async onModuleInit(): Promise<void> {
    await this.table.listen();
  }

  /** Who holds this key; undefined where it is unknown or disabled. Found by its hash, so the time tells nothing. */
  async find(key: string): Promise<Actor | undefined> {
    return (await this.table.current()).get(sha256(key).toString('hex'));
  }

  /** @returns the new key, which is shown this once, or undefined where the name is taken */
  async create(by: string, name: string, scopes: GrantedScope[]): Promise<string | undefined> {
    const key = generateSecret('rca');
    return (await this.add(by, name, key, scopes)) ? key : undefined;
  }

  /** @returns false where the name or the key is taken; nothing is changed then */
  async add(by: string, name: string, key: string, scopes: GrantedScope[]): Promise<boolean> {
    const row = { name, digest: sha256(key), scopes };
    return this.table.change(by, 'create', name, (tx) => insertApiKey(tx, row), { scopes });
  }

  /** Creates the key under this name, or replaces another one that has it; several replicas may ask at once. */
  async ensure(by: string, name: string, key: string, scopes: GrantedScope[]): Promise<void> {
    const row = { name, digest: sha256(key), scopes };
    const work = async (tx: Tx) => (await insertApiKey(tx, row)) || (await replaceApiKey(tx, row));
    await this.table.change(by, 'configure', name, work, { scopes });
  }

  /** Ends the key at once, on every replica. @returns false where there is no such key */
  async disable(by: string, name: string): Promise<boolean> {
    return this.table.change(by, 'disable', name, (tx) => disableApiKey(tx, name));
  }

  /** Removes the key at once, on every replica, so that its name may come back with any key. A disabled key stays. */
  async remove(by: string, name: string): Promise<void> {
    await this.table.change(by, 'remove', name, (tx) => deleteLiveApiKey(tx, name));
  }

  async list(): Promise<ApiKeySummary[]> {
    return listApiKeys(this.connection.manager);
  }
}

function byDigest(keys: LiveApiKey[]): Map<string, Actor> {
  return new Map(keys.map(({ name, digest, scopes }) => [digest.toString('hex'), anActor(name, scopes)]));
}

function anActor(name: string, scopes: readonly GrantedScope[]): Actor {
  const granted = new Set<GrantedScope>(scopes);
  return { kind: 'key', name, scopes, can: (scope: Scope) => granted.has('*') || granted.has(scope) };
}
