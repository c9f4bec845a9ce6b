import { insufficientScope } from './api-key.guard.js';
import type { Actor } from './auth.types.js';

/** What one key made is ended or turned back by that key or by `admin`. @throws Problem INSUFFICIENT_SCOPE */
export function requireMaker({ createdBy }: { createdBy: string }, actor: Actor): void {
  if (actor.name === createdBy || actor.can('admin')) return;
  throw insufficientScope('admin', 'another API key made it');
}
