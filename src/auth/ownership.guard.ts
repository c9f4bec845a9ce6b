import { insufficientScope } from './api-key.guard.js';
import type { Actor } from './auth.types.js';

/** Only the key that made something, or `admin`, may end or change it. @throws Problem INSUFFICIENT_SCOPE */
export function requireMaker({ createdBy }: { createdBy: string }, actor: Actor): void {
  if (actor.name === createdBy || actor.can('admin')) return;
  throw insufficientScope('admin', 'another API key made it');
}

/** Whether `rollcall …` made it: no key may have such a name. */
export function isOfCommandLine(createdBy: string): boolean {
  return /^cli(:|$)/.test(createdBy);
}
