import type { AuditAction } from '../audit/audit.actions.js';
import type { AuditEntry } from '../audit/audit.types.js';
import { insufficientScope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import type { Tx } from '../db/tx.js';
import { isSensitive } from '../enroll-contract/mask.js';
import { FIELD_NAMES, type FieldName } from '../enroll-contract/types.js';
import { Problem } from '../problem/problem.js';
import { type EndpointRow, findEndpoint } from './endpoints.repository.js';

const SENSITIVE = FIELD_NAMES.filter(isSensitive);

/** Fields that this caller may not read, and with them the endpoints that carry one of them. */
export function hiddenFrom(actor: Actor): readonly FieldName[] {
  return actor.can('pii:read') ? [] : SENSITIVE;
}

/**
 * Whoever redirects an endpoint, has it send again, or gets its secret receives the personal fields that it carries. Its
 * deliveries may hold them, too: a receiver may quote the request in its answer. So all of this needs the right to read them.
 * @throws Problem INSUFFICIENT_SCOPE
 */
export function requireRightsTo({ fields }: { fields: readonly FieldName[] }, actor: Actor): void {
  const hidden = hiddenFrom(actor);
  if (fields.some((field) => hidden.includes(field))) {
    throw insufficientScope('pii:read', 'the endpoint carries personal fields');
  }
}

/** The endpoint, for a caller who has the rights to it. @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE */
export async function accessibleEndpoint(
  tx: Tx,
  id: string,
  actor: Actor,
  forUpdate = false,
): Promise<EndpointRow> {
  const row = await findEndpoint(tx, id, forUpdate);
  if (row === undefined) throw new Problem('NOT_FOUND');
  requireRightsTo(row, actor);
  return row;
}

type EndpointAction = Extract<AuditAction, `endpoint.${string}`>;
export type EndpointVerb = EndpointAction extends `endpoint.${infer Verb}` ? Verb : never;

export function auditEntryOf(
  actor: Actor,
  verb: EndpointVerb,
  id: string,
  detail: Record<string, unknown> = {},
): AuditEntry {
  return { actor: actor.name, action: `endpoint.${verb}`, subject: `endpoint:${id}`, detail };
}
