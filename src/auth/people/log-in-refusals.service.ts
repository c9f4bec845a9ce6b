import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { EntityManager } from 'typeorm';
import { Audit } from '../../audit/audit.service.js';
import type { AuditEntry } from '../../audit/audit.types.js';
import { networkOf } from '../../problem/address.js';
import { requestContext } from '../../problem/request-context.js';
import { actorOf } from './people.types.js';
import { findUserByLogin } from './users.repository.js';

const WRITE_EVERY_MS = 30_000;
/** Entries written at once. */
const MAX_WAITING = 20;
const ACTOR = 'nobody';
/** A login that does not exist may be a password that went into the wrong field. */
const UNKNOWN = 'user:unknown';

interface Refused {
  /** Null: of more logins and addresses than are told apart. */
  login: string | null;
  address: string;
  requestId: string;
  attempts: number;
}

/**
 * Failed log-ins in the audit (`session.refuse`). Anyone may cause them, so those of one login and address are one entry with
 * a count, and entries are written at most twice a minute, twenty and one at a time.
 */
@Injectable()
export class LogInRefusals implements OnModuleDestroy {
  private readonly log = new Logger(LogInRefusals.name);
  private readonly waiting = new Map<string, Refused>();
  private readonly stopping = new AbortController();
  private writing: Promise<void> | undefined;

  constructor(
    private readonly connection: EntityManager,
    private readonly audit: Audit,
  ) {}

  /** Does not hold up the answer. Writes at once if nothing was written lately. */
  record(login: string): void {
    const { address = '', requestId = '' } = requestContext.getStore() ?? {};
    const key = JSON.stringify([login, networkOf(address)]);
    const isOneTooMany = !this.waiting.has(key) && this.waiting.size >= MAX_WAITING;
    const at = isOneTooMany ? '' : key;
    const attempts = (this.waiting.get(at)?.attempts ?? 0) + 1;
    this.waiting.set(at, { login: isOneTooMany ? null : login, address, requestId, attempts });
    this.writing ??= this.write();
  }

  /** Writes what waits now. */
  async flush(): Promise<void> {
    const refused = [...this.waiting.values()];
    this.waiting.clear();
    for (const one of refused) {
      try {
        await this.writeOne(one);
      } catch (error) {
        this.log.warn({ code: 'LOGIN_REFUSAL_NOT_RECORDED', err: error });
      }
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.writing;
  }

  private async write(): Promise<void> {
    while (this.waiting.size > 0) {
      await this.flush();
      await pause(WRITE_EVERY_MS, undefined, { ref: false, signal: this.stopping.signal }).catch(
        () => undefined,
      );
    }
    this.writing = undefined;
  }

  private async writeOne({ login, address, requestId, attempts }: Refused): Promise<void> {
    const known = login !== null && (await findUserByLogin(this.connection, login)) !== undefined;
    const entry: AuditEntry = {
      actor: ACTOR,
      action: 'session.refuse',
      subject: known ? actorOf(login) : UNKNOWN,
      detail: { attempts, ...(login === null && { others: true }) },
    };
    await requestContext.run({ address, requestId }, () => this.audit.record(null, entry));
  }
}
