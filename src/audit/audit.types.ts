import type { AuditAction } from './audit.actions.js';

/** One entry to record. */
export interface AuditEntry {
  /** Name of the API key, `cli:<user>` or `system`. */
  actor: string;
  /** `<noun>.<verb>`; `audit.actions.ts` lists them. */
  action: AuditAction;
  /** `<noun>:<id>`, e.g. `applicant:A-1001`. */
  subject: string;
  /** Why, where a person gave a reason. */
  reason?: string;
  /** Free of PII. */
  detail?: Record<string, unknown>;
}
