/** What an API key may be allowed; `*` is all of it. A callback token has the one scope `callbacks` and no other. */
export const SCOPES = [
  'applicants:read',
  'applicants:search',
  'pii:read',
  'images:read',
  'receipts:read',
  'receipts:raw',
  'quarantine:read',
  'quarantine:write',
  'quarantine:decide',
  'changes:read',
  'consumers:write',
  'endpoints:read',
  'endpoints:write',
  'exports:read',
  'exports:write',
  'stats:read',
  'enroll:read',
  'enroll:sessions',
  'enroll:authentications',
  'reconciliation:read',
  'reconciliation:write',
  'alerts:read',
  'alerts:write',
  'admin',
] as const;

export type Scope = (typeof SCOPES)[number];
export type GrantedScope = Scope | '*';

/** Who calls the management API: set by `ApiKeyGuard` as `request.actor`. */
export interface Actor {
  /** Name of the API key, as the audit shows it. */
  readonly name: string;
  readonly scopes: readonly GrantedScope[];
  can(scope: Scope): boolean;
}

export interface ActorRequest {
  actor: Actor;
}

/** Who calls back: set by `BearerGuard` as `request.client`. */
export interface CallbackClient {
  readonly clientId: string;
}

/** Who asks for a token: set by `ClientCredentialsGuard` as `request.client`. */
export interface TokenClient extends CallbackClient {
  /** Microseconds since 1970, see `LiveClient`. */
  readonly tokensValidFrom: number;
}

export interface CallbackClientRequest {
  client: CallbackClient;
  /** So long the guard waited for the database to know the client; absent: not at all. */
  waitedMs?: number;
}

/** Shortest client secret that a person may choose, in characters. */
export const MIN_CHOSEN_LENGTH = 16;
