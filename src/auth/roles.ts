import { type Scope, SCOPES } from './auth.types.js';

interface RoleMeaning {
  readonly meaning: string;
  readonly scopes: readonly Scope[];
}

/** Masked lists and numbers, no search by a value, no image. */
const LOOK = [
  'applicants:read',
  'receipts:read',
  'quarantine:read',
  'changes:read',
  'endpoints:read',
  'stats:read',
  'reconciliation:read',
  'alerts:read',
] as const satisfies readonly Scope[];

/**
 * What a person may do: the scopes of each role; several roles add up. docs/access.md and the checks are made from this. A
 * scope is for people where a role names it. `pii:read`, `receipts:raw` and the minting of eNROLL's session tokens are for
 * systems: a person reveals, with a reason.
 */
export const ROLES = {
  viewer: { meaning: 'Looks at masked lists and numbers.', scopes: LOOK },
  operator: {
    meaning: 'Keeps enrollments flowing: searches, repairs, replays, resends. Sensitive values stay masked.',
    scopes: [
      ...LOOK,
      'applicants:search',
      'quarantine:write',
      'quarantine:decide',
      'endpoints:write',
      'exports:read',
      'exports:write',
      'enroll:read',
      'reconciliation:write',
      'alerts:write',
    ],
  },
  investigator: {
    meaning: 'Looks into one person, and says why.',
    scopes: [...LOOK, 'applicants:search', 'applicants:reveal', 'images:read', 'enroll:read'],
  },
  compliance: {
    meaning: 'Answers for retention, holds, erasure and subject access.',
    scopes: [
      ...LOOK,
      'applicants:search',
      'holds:read',
      'holds:write',
      'erasures:read',
      'erasures:write',
      'subjects:read',
      'retention:read',
      'retention:write',
      'privacy:read',
    ],
  },
  auditor: { meaning: 'Reads the audit, and nothing else.', scopes: ['audit:read'] },
  admin: {
    meaning: 'Administers people, clients, keys and where events go. Sees no applicant.',
    scopes: [
      'users:read',
      'users:write',
      'keys:read',
      'keys:write',
      'clients:read',
      'clients:write',
      'changes:read',
      'consumers:write',
      'endpoints:read',
      'endpoints:write',
      'stats:read',
      'alerts:read',
      'alerts:write',
      'admin',
    ],
  },
} as const satisfies Record<string, RoleMeaning>;

export type Role = keyof typeof ROLES;
export const ROLE_NAMES = Object.keys(ROLES) as Role[];

/** What these roles allow together, in the order of the table of scopes. A role of a newer release allows nothing. */
export function scopesOfRoles(roles: readonly string[]): Scope[] {
  const known = ROLE_NAMES.filter((role) => roles.includes(role));
  const granted = new Set<Scope>(known.flatMap((role) => [...ROLES[role].scopes]));
  return SCOPES.filter((scope) => granted.has(scope));
}
