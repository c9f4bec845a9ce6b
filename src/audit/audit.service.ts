import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import type { Tx } from '../db/tx.js';
import { type AuditEntry, insertAuditEntries } from './audit.repository.js';

/** The record of who did what to whom. A reader of PII is recorded before the answer leaves. */
@Injectable()
export class Audit {
  constructor(private readonly connection: EntityManager) {}

  /** Records within `tx`, so that entry and record stand or fall together; with null at once, on its own. */
  async record(tx: Tx | null, ...entries: AuditEntry[]): Promise<void> {
    if (entries.length > 0) await insertAuditEntries(tx ?? this.connection, entries);
  }
}
