import type { RequestContext } from '../problem/request-context.js';
import type { AuditEntry } from './audit.types.js';

/** A transaction, or the connection of a command. */
interface Querying {
  query(text: string, values: unknown[]): Promise<unknown>;
}

/**
 * One statement for any number of entries: a page of 200 revealed applicants costs one round trip, and 1 ms of our
 * processor. With entities it would be 7 ms.
 */
export async function insertAuditEntries(
  tx: Querying,
  entries: readonly AuditEntry[],
  request?: RequestContext,
): Promise<void> {
  await tx.query(
    `insert into audit (id, address, request_id, actor, action, subject, reason, detail)
     select gen_random_uuid(), $1, $2, * from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[])`,
    [
      request?.address ?? null,
      request?.requestId ?? null,
      entries.map((entry) => entry.actor),
      entries.map((entry) => entry.action),
      entries.map((entry) => entry.subject),
      entries.map((entry) => entry.reason ?? null),
      entries.map((entry) => JSON.stringify(entry.detail ?? {})),
    ],
  );
}
