import { insufficientScope } from './api-key.guard.js';
import type { Actor, GrantedScope } from './auth.types.js';

/** Only the key that made something, or `admin`, may end or change it. @throws Problem INSUFFICIENT_SCOPE */
export function requireMaker({ createdBy }: { createdBy: string }, actor: Actor): void {
  if (actor.name === createdBy || actor.can('admin')) return;
  throw insufficientScope('admin', 'another API key made it');
}

/** Nobody gives a key more than he holds, or takes over one that holds more. @throws Problem INSUFFICIENT_SCOPE */
export function requireGrantable(scopes: readonly GrantedScope[], actor: Actor): void {
  const lacking = scopes.find((scope) => (scope === '*' ? !actor.scopes.includes('*') : !actor.can(scope)));
  if (lacking !== undefined) throw insufficientScope(lacking, 'the key in question holds it');
}

/** Whether `rollcall …` made it: no key may have such a name. */
export function isOfCommandLine(createdBy: string): boolean {
  return /^cli(:|$)/.test(createdBy);
}
