import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import type { Tx } from '../db/tx.js';
import { isRetryable, isUnavailable, isUnstorable, sqlState } from '../db/errors.js';
import { Problem } from '../problem/problem.js';
import { requestContext } from '../problem/request-context.js';
import { insertAuditEntries } from './audit.repository.js';
import type { AuditEntry } from './audit.types.js';

const RETRY_SECONDS = 30;

/** The record of who did what to whom. A read of PII is recorded before its answer is sent. */
@Injectable()
export class Audit {
  constructor(private readonly connection: EntityManager) {}

  /**
   * Records within `tx`, so that the change and its record commit together. With null it records at once.
   * @throws Problem AUDIT_UNAVAILABLE where the database refuses the entries: without them nothing is shown or changed
   */
  async record(tx: Tx | null, ...entries: AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    try {
      await insertAuditEntries(tx ?? this.connection, entries, requestContext.getStore());
    } catch (error) {
      throw isRefusal(error)
        ? new Problem('AUDIT_UNAVAILABLE', undefined, { cause: error, retryAfterSeconds: RETRY_SECONDS })
        : error;
    }
  }
}

/** The same deed as it concerns each of these applicants, where its subject is a thing that holds them: one entry a person. */
export function toEach(
  entry: AuditEntry,
  applicantIds: readonly (string | null)[],
  detail: Record<string, unknown> = {},
): AuditEntry[] {
  const people = [...new Set(applicantIds)].filter((id) => id !== null);
  return people.map((id) => ({
    ...entry,
    subject: `applicant:${id}`,
    detail: { of: entry.subject, ...detail },
  }));
}

/** The database is there and refuses the audit alone: a right, a table or a constraint is wrong. */
function isRefusal(error: unknown): boolean {
  const isKnown = isUnavailable(error) || isRetryable(error) || isUnstorable(error);
  return !isKnown && sqlState(error) !== undefined;
}
