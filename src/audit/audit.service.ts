import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import type { Tx } from '../db/tx.js';
import { requestContext } from '../problem/request-context.js';
import { type AuditEntry, insertAuditEntries } from './audit.repository.js';

/** The record of who did what to whom. A read of PII is recorded before its answer is sent. */
@Injectable()
export class Audit {
  constructor(private readonly connection: EntityManager) {}

  /** Records within `tx`, so that the change and its record commit together. With null it records at once. */
  async record(tx: Tx | null, ...entries: AuditEntry[]): Promise<void> {
    if (entries.length > 0)
      await insertAuditEntries(tx ?? this.connection, entries, requestContext.getStore());
  }
}
