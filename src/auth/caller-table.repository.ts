import type { DataSource } from 'typeorm';
import type { AuditAction } from '../audit/audit.actions.js';
import type { Audit } from '../audit/audit.service.js';
import type { Listener } from '../db/listen.js';
import type { Tx } from '../db/tx.js';
import { CachedTable } from './cached-table.js';

interface Callers<T> {
  /** What the audit calls one of them. */
  readonly noun: string;
  /** Postgres channel on which changes are announced. */
  readonly channel: string;
  read(tx: Tx): Promise<T>;
}

/** A table of callers: read from memory, changed in transactions that are recorded and announced to every replica. */
export class CallerTable<T> extends CachedTable<T> {
  constructor(
    private readonly connection: DataSource,
    private readonly audit: Audit,
    listener: Listener,
    private readonly callers: Callers<T>,
  ) {
    super(() => callers.read(connection.manager), listener);
  }

  async listen(): Promise<void> {
    await this.dropOn(this.callers.channel);
  }

  /**
   * One transaction. Where `work` changed something it is recorded, every replica hears of it at COMMIT, and this process
   * forgets the table at once.
   * @param actor who does it
   * @returns what `work` says: whether it changed anything
   */
  async change(
    actor: string,
    verb: string,
    id: string,
    work: (tx: Tx) => Promise<boolean>,
    detail = {},
  ): Promise<boolean> {
    const { noun, channel } = this.callers;
    const changed = await this.connection.transaction(async (tx) => {
      if (!(await work(tx))) return false;
      const action = `${noun}.${verb}` as AuditAction;
      await this.audit.record(tx, { actor, action, subject: `${noun}:${id}`, detail });
      await announce(tx, channel);
      return true;
    });
    if (changed) this.drop();
    return changed;
  }
}

/** Sent to all replicas at COMMIT, never before. */
async function announce(tx: Tx, channel: string): Promise<void> {
  await tx.query(`select pg_notify($1, '')`, [channel]);
}
