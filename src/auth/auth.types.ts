/**
 * The scopes of API keys, and what each one allows; `*` is all of them. docs/scopes.md is generated from this. A callback
 * token has only the scope `callbacks`.
 */
export const SCOPE_MEANINGS = {
  'applicants:read':
    'Read applicants, their versions and the states of their images. Sensitive values are masked.',
  'applicants:search': 'Search applicants by name or by an exact value.',
  'applicants:reveal':
    'See single fields, images and elements of the quarantine, for a reason; approve that others do. Each reveal is recorded.',
  'pii:read':
    'See sensitive values unmasked, in everything else that the key may read. Each reading is recorded.',
  'images:read': 'Read images, together with `pii:read`; or for a reason, together with `applicants:reveal`.',
  'receipts:read':
    'Read what was received or refused, without the bytes: callbacks, Callback-Tests, requests for a token.',
  'receipts:raw': 'Read the bytes of a callback as received, together with `pii:read`.',
  'quarantine:read': 'Read elements that could not be taken, masked, and why.',
  'quarantine:write': 'Replay, repair and discard elements in quarantine.',
  'quarantine:decide': 'Together with `quarantine:write`: repairs and replays that decide about a person.',
  'changes:read': 'Read the feed of changes, and the consumers of the feed.',
  'consumers:write': 'Create consumers of the feed, acknowledge, rewind and delete them.',
  'endpoints:read': 'Read endpoints, their deliveries and attempts.',
  'endpoints:write': 'Create, change, pause and delete endpoints; test, resend, recover and replay.',
  'exports:read': 'List exports and download their files.',
  'exports:write': 'Request exports, cancel and delete them.',
  'stats:read': 'Read statistics.',
  'enroll:read': 'Query eNROLL through Rollcall, and list the sessions that were begun.',
  'enroll:sessions': 'Mint session tokens of kind `onboarding`.',
  'enroll:authentications':
    'Mint session tokens of kind `authentication`, which act as an enrolled applicant.',
  'reconciliation:read': 'Read reconciliation runs, gaps and signed statements.',
  'reconciliation:write': 'Start and cancel reconciliation runs, heal and ignore gaps.',
  'alerts:read': 'Read alerts.',
  'alerts:write': 'Acknowledge alerts and test their channels.',
  'audit:read': 'Read the audit: who did what to whom; verify stretches of its chain.',
  'privacy:read': 'Read the signed privacy report of a period.',
  'holds:read': 'Read holds: of whom nothing is removed, and why.',
  'holds:write': 'Place and lift holds.',
  'erasures:read': 'Read erasures and their certificates.',
  'erasures:write': 'Erase people. It cannot be undone.',
  'subjects:read': 'Get all that is held about one person, unmasked, for a reason. It is recorded.',
  'retention:read': 'Read how long everything is kept; preview what is due; read runs and certificates.',
  'retention:write': 'Remove what is due now.',
  'keys:read': 'List API keys; never what opens them.',
  'keys:write': 'Create, rotate and disable API keys with no scope that the caller lacks.',
  'clients:read':
    'List clients of the token URL, never their secrets; have Rollcall check its own public URL.',
  'clients:write': 'Create clients, give them secrets, disable and enable them.',
  'users:read': 'List people, their roles, and what each role allows.',
  'users:write': 'Invite people, change their roles, reset and disable them, end their sessions.',
  admin:
    'Operate the image mirror and the key ring, and end or change what another key created (exports, consumers).',
} as const;

export type Scope = keyof typeof SCOPE_MEANINGS;
export const SCOPES = Object.keys(SCOPE_MEANINGS) as Scope[];
export type GrantedScope = Scope | '*';
export const GRANTABLE: readonly GrantedScope[] = [...SCOPES, '*'];

/** Who calls the management API: set by `ApiDoor` as `request.actor`. */
export interface Actor {
  readonly kind: 'key' | 'person' | 'cli';
  /** As the audit shows it: the name of the API key, `user:<login>`, or `cli:<user>`. */
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
  /** How long the guard waited for the database; absent: not at all. */
  waitedMs?: number;
}

/** Minimum length in characters of a client secret that a person chose. */
export const MIN_CHOSEN_LENGTH = 16;
