import { insufficientScope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { isSensitive } from '../enroll-contract/mask.js';
import { FIELD_NAMES, type FieldName } from '../enroll-contract/types.js';

const SENSITIVE = FIELD_NAMES.filter(isSensitive);

/** Fields that this caller may not read: endpoints that carry one of them are not theirs to see or to touch. */
export function hiddenFrom(actor: Actor): readonly FieldName[] {
  return actor.can('pii:read') ? [] : SENSITIVE;
}

/**
 * An endpoint that carries personal fields is as good as these: whoever turns it, has it sent again, or gets its secret
 * may have them. So every act on it takes the right to read them.
 * @throws Problem INSUFFICIENT_SCOPE
 */
export function requireRightsTo({ fields }: { fields: readonly FieldName[] }, actor: Actor): void {
  const hidden = hiddenFrom(actor);
  if (fields.some((field) => hidden.includes(field))) {
    throw insufficientScope('pii:read', 'the endpoint carries personal fields');
  }
}
