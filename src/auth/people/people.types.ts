import type { Actor, Scope } from '../auth.types.js';

/** For those outside this folder who let choose among them. */
export { type Role, ROLE_NAMES } from '../roles.js';

/** `invited`: has a link, and has not proved who they are. `tampered`: Rollcall did not write the row as it is, so it opens nothing. */
export const USER_STATES = ['invited', 'active', 'disabled', 'tampered'] as const;
export type UserState = (typeof USER_STATES)[number];

/** A person who is logged in: what a session opens. */
export interface Person extends Actor {
  readonly kind: 'person';
  readonly userId: string;
  readonly sessionId: string;
  /** Milliseconds since 1970: when they proved who they are. */
  readonly loggedInAtMs: number;
  /** As people call them. */
  readonly displayName: string;
  readonly roles: readonly string[];
  readonly scopes: readonly Scope[];
}

export function isPerson(actor: Actor): actor is Person {
  return actor.kind === 'person';
}

/** As the audit names a person. */
export function actorOf(login: string): string {
  return `user:${login}`;
}

/** A link that was just made. It is shown this once. */
export interface Invitation {
  id: string;
  login: string;
  link: string;
  expiresAt: Date;
}
