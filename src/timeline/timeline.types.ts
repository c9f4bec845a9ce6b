import type { Scope } from '../auth/auth.types.js';

/** What a timeline is made of. Beside `applicants:read` an entry needs the scope under which it is read elsewhere; null: no other. */
export const TIMELINE_TYPES = {
  version: null,
  repeat: 'receipts:read',
  quarantine: 'quarantine:read',
  image: null,
  gap: 'reconciliation:read',
  delivery: 'endpoints:read',
  audit: 'audit:read',
} as const satisfies Record<string, Scope | null>;

export type TimelineType = keyof typeof TIMELINE_TYPES;
export const TIMELINE_TYPE_NAMES = Object.keys(TIMELINE_TYPES) as TimelineType[];
