import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { Listener } from '../db/listen.js';
import type { Tx } from '../db/tx.js';
import { isWithin } from '../problem/address.js';
import { ApiKeySeal, type ApiKeyRights, UNLIMITED } from './api-key-seal.js';
import type { ApiKeyEntity } from './api-keys.entity.js';
import {
  API_KEYS_CHANNEL,
  type ApiKeyQuery,
  deleteLiveApiKey,
  disableApiKey,
  insertApiKey,
  listApiKeys,
  type LiveApiKey,
  lockAdministratorKeys,
  noteApiKeyUse,
  readLiveApiKeys,
  replaceApiKey,
  sealApiKey,
  takeKeysToSeal,
} from './api-keys.repository.js';
import type { Actor, GrantedScope, Scope } from './auth.types.js';
import { CallerTable } from './caller-table.repository.js';
import { generateSecret } from './secrets.js';

const NOTE_USE_EVERY_MS = 60_000;
/** The key of one command beside the server, see `makeCommandKey`: the audit names who runs it. */
const OF_COMMAND = /^(cli:.*) #[0-9a-f]{8}$/;

/** What a key may be limited to. */
export type ApiKeyLimits = Partial<Omit<ApiKeyRights, 'name' | 'scopes'>>;

/** Who holds an API key. */
export interface KeyHolder extends Actor {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly endsAtMs: number;
  /** Null: the setting. */
  readonly requestsPerMinute: number | null;
  /** Whether the key may be used from there. @param address as `addressOf` gives it */
  admits(address: string): boolean;
}

export type ApiKeyState = 'live' | 'expired' | 'disabled' | 'tampered';

/** A key as an administrator sees it: nothing that opens. */
export interface ApiKeySummary extends Omit<ApiKeyEntity, 'digest' | 'hash' | 'seal'> {
  /** `tampered`: Rollcall did not write this row as it is, so it opens nothing. */
  state: ApiKeyState;
}

/** The callers of the management API: looked up in memory, administered in the database. */
@Injectable()
export class ApiKeys implements OnModuleInit {
  private readonly log = new Logger('ApiKeys');
  private readonly table: CallerTable<Map<string, KeyHolder>>;
  /** When this process noted the last use of each key, by its id. */
  private readonly notedAtMs = new Map<string, number>();
  private sealing: Promise<void> | undefined;
  /** Ids of rows that the log has named. */
  private readonly reported = new Set<string>();

  constructor(
    private readonly connection: DataSource,
    private readonly seal: ApiKeySeal,
    listener: Listener,
    audit: Audit,
  ) {
    const read = async (tx: Tx) => this.holdersOf(await readLiveApiKeys(tx));
    const callers = { noun: 'apikey', channel: API_KEYS_CHANNEL, read };
    this.table = new CallerTable(connection, audit, listener, callers);
  }

  async onModuleInit(): Promise<void> {
    await this.table.listen();
    await this.sealOlder();
  }

  /**
   * Seals what the release before left, once, and puts keys that are sealed under an older key of the ring under its first
   * one, so that the older one may go some day. Commands do it too: whatever starts first. The work is done once.
   */
  sealOlder(): Promise<void> {
    this.sealing ??= this.sealAll();
    return this.sealing;
  }

  /**
   * Who holds this key; undefined where it is unknown, disabled or over. Found by its hash, so the time tells nothing. An end
   * needs no notification: each process sees it by its clock.
   */
  async find(key: string): Promise<KeyHolder | undefined> {
    const holders = await this.table.current();
    for (const hash of this.seal.hashesOf(key)) {
      const holder = holders.get(hash);
      if (holder !== undefined && holder.endsAtMs > Date.now()) return holder;
    }
    return undefined;
  }

  /** Notes that the key is used: once a minute, and nobody waits for it. */
  noteUse({ id }: KeyHolder): void {
    const nowMs = performance.now();
    if (nowMs - (this.notedAtMs.get(id) ?? -Infinity) < NOTE_USE_EVERY_MS) return;
    this.notedAtMs.set(id, nowMs);
    // a use that is not noted is no reason to refuse or report anything: the next minute has another
    noteApiKeyUse(this.connection.manager, id).catch(() => undefined);
  }

  /** @returns the new key, which is shown this once, or undefined where the name is taken */
  async create(
    by: string,
    name: string,
    scopes: GrantedScope[],
    limits: ApiKeyLimits = {},
  ): Promise<string | undefined> {
    const key = generateSecret('rca');
    return (await this.add(by, name, key, scopes, limits)) ? key : undefined;
  }

  /** @returns false where the name or the key is taken; nothing is changed then */
  async add(
    by: string,
    name: string,
    key: string,
    scopes: GrantedScope[],
    limits: ApiKeyLimits = {},
  ): Promise<boolean> {
    const row = this.seal.rowOf(key, { ...UNLIMITED, ...limits, name, scopes });
    const given = Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== null));
    return this.table.change(by, 'create', name, (tx) => insertApiKey(tx, row), { scopes, ...given });
  }

  /** Creates the key under this name, or replaces another one that has it; several replicas may ask at once. */
  async ensure(by: string, name: string, key: string, scopes: GrantedScope[]): Promise<void> {
    const row = this.seal.rowOf(key, { ...UNLIMITED, name, scopes });
    const work = async (tx: Tx) => (await insertApiKey(tx, row)) || (await replaceApiKey(tx, row));
    await this.table.change(by, 'configure', name, work, { scopes });
  }

  /** Another key with the same rights; the one before ends at once. @returns undefined where there is no such live key */
  async rotate(by: string, rights: ApiKeyRights): Promise<string | undefined> {
    const key = generateSecret('rca');
    const { name, scopes, expiresAt, allowAddresses, requestsPerMinute } = rights;
    const row = this.seal.rowOf(key, { name, scopes, expiresAt, allowAddresses, requestsPerMinute });
    return (await this.table.change(by, 'rotate', name, (tx) => replaceApiKey(tx, row))) ? key : undefined;
  }

  /** Ends the key at once, on every replica. @returns false where there is no such key */
  async disable(by: string, name: string): Promise<boolean> {
    return this.table.change(by, 'disable', name, (tx) => disableApiKey(tx, name));
  }

  /** The same, but not of the last key that may make and end keys. @returns whether it is disabled now */
  async disableButLast(by: string, name: string): Promise<boolean> {
    return this.table.change(by, 'disable', name, async (tx) => {
      const administrators = await lockAdministratorKeys(tx);
      const isLast = administrators.length === 1 && administrators[0] === name;
      return !isLast && disableApiKey(tx, name);
    });
  }

  /** Removes the key at once, on every replica, so that its name may come back with any key. A disabled key stays. */
  async remove(by: string, name: string): Promise<void> {
    await this.table.change(by, 'remove', name, (tx) => deleteLiveApiKey(tx, name));
  }

  /** By name. */
  async list(query?: ApiKeyQuery): Promise<ApiKeySummary[]> {
    return (await listApiKeys(this.connection.manager, query)).map((row) => this.summaryOf(row));
  }

  private async sealAll(): Promise<void> {
    await this.connection.transaction(async (tx) => {
      for (const row of await takeKeysToSeal(tx))
        await sealApiKey(tx, row, this.seal.proofOf(row.digest, row));
      for (const row of await readLiveApiKeys(tx)) {
        const proof = this.seal.renewed(row);
        if (proof !== undefined) await sealApiKey(tx, row, proof);
      }
    });
    this.table.drop();
  }

  private holdersOf(rows: LiveApiKey[]): Map<string, KeyHolder> {
    const holders = new Map<string, KeyHolder>();
    for (const row of rows) {
      if (this.seal.isSealed(row)) holders.set(row.hash, holderOf(row));
      else this.report(row);
    }
    return holders;
  }

  private report({ id }: LiveApiKey): void {
    if (this.reported.has(id)) return;
    this.reported.add(id);
    this.log.warn(
      { code: 'API_KEY_TAMPERED', keyId: id },
      'A row of api_keys was written or changed by something else than this release of Rollcall, and opens nothing: see docs/api-keys.md',
    );
  }

  private summaryOf(row: ApiKeyEntity): ApiKeySummary {
    const { digest: _, hash: __, seal: ___, ...shown } = row;
    return { ...shown, state: this.stateOf(row) };
  }

  private stateOf(row: ApiKeyEntity): ApiKeyState {
    if (row.disabledAt !== null) return 'disabled';
    if (!this.seal.isSealed(row)) return 'tampered';
    return row.expiresAt !== null && row.expiresAt.getTime() <= Date.now() ? 'expired' : 'live';
  }
}

function holderOf({ id, name, scopes, expiresAt, allowAddresses, requestsPerMinute }: LiveApiKey): KeyHolder {
  const granted = new Set<GrantedScope>(scopes);
  return {
    kind: 'key',
    id,
    name: name.replace(OF_COMMAND, '$1'),
    scopes,
    endsAtMs: expiresAt?.getTime() ?? Infinity,
    requestsPerMinute,
    can: (scope: Scope) => granted.has('*') || granted.has(scope),
    admits: allowAddresses === null ? () => true : isWithin(allowAddresses),
  };
}
