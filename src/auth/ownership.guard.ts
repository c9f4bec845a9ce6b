import { insufficientScope } from './api-key.guard.js';
import type { Actor } from './auth.types.js';

/** What one key made is ended or turned back by that key or by `admin`. @throws Problem INSUFFICIENT_SCOPE */
export function requireMaker({ createdBy }: { createdBy: string }, actor: Actor): void {
  if (actor.name === createdBy || actor.can('admin')) return;
  throw insufficientScope('admin', 'another API key made it');
}

/** Whether it was made by `rollcall …`, which is no key: no key may be named like that. */
export function isOfCommandLine(createdBy: string): boolean {
  return /^cli(:|$)/.test(createdBy);
}
