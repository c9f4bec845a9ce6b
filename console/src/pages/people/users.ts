/** Path of the people, and the key of their list. */
export const USERS = '/api/v1/users';

export const ROLES = ['viewer', 'operator', 'investigator', 'compliance', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Roles as the server has them, without those of a newer release. */
export const knownRoles = (roles: readonly string[]): Role[] => ROLES.filter((role) => roles.includes(role));
