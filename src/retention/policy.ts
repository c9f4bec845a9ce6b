import type { Settings } from '../config/settings.js';

interface RetentionClass {
  /** What is kept, for people. */
  what: string;
  /** Why it is kept at all. */
  purpose: string;
  where: string;
  /** Who is shown it, by scope or role. */
  who: string;
  /** From when the days count. */
  from: string;
  /** The setting of the days; 0 days: without an end of its own. Null: not settable. */
  setting: Extract<keyof Settings, `ROLLCALL_${string}_DAYS`> | null;
  /** Where there is no setting. */
  days?: number;
  /** What 0 days mean. */
  withoutEnd?: string;
  reason: string;
  /** Who removes it: a run, an erasure that a run asks for, its own job, or the owner of the database. */
  by: 'run' | 'erasure' | 'own job' | 'owner';
}

const AML = 'AML law 80/2002 and its executive regulations: five years after the relationship ends';
const MINIMAL = 'PDPL 151/2020: no longer than its purpose needs';

/** How long each class of data is kept, and why. The policy in force and docs/privacy.md are made from this. */
export const RETENTION_CLASSES = {
  receipts: {
    what: 'callbacks as they were received, also those that were rejected',
    purpose: 'proof of what eNROLL reported and when',
    where: '`receipts`, sealed; `repeats`: ids, times and results',
    who: '`receipts:raw` with `pii:read`',
    from: 'the end of the month in which it was received',
    setting: 'ROLLCALL_KEEP_RECEIPTS_DAYS',
    reason: AML,
    by: 'run',
  },
  versions: {
    what: 'former and current versions in the history and the feed',
    purpose: 'what was known when; handing on',
    where: '`changes`, `notices`, sealed',
    who: '`applicants:read`, `changes:read`; unmasked with `pii:read` or `applicants:reveal`',
    from: 'the end of the month in which it was written',
    setting: 'ROLLCALL_KEEP_VERSIONS_DAYS',
    withoutEnd: 'as long as the applicant',
    reason: AML,
    by: 'run',
  },
  approved: {
    what: 'applicants who are not rejected, with everything of them',
    purpose: 'knowing the customer; decisions',
    where: '`applicants`, `changes`, image store; sealed but for names',
    who: '`applicants:read`; unmasked with `pii:read` or `applicants:reveal`',
    from: 'the last version',
    setting: 'ROLLCALL_KEEP_APPROVED_DAYS',
    withoutEnd: 'until erased: Rollcall does not know when the relationship ends',
    reason: `${AML}; FRA 139/2023: data of digital identity stay inside Egypt`,
    by: 'erasure',
  },
  rejected: {
    what: 'applicants who were rejected, with everything of them',
    purpose: 'proof of the decision; finding repeated attempts',
    where: '`applicants`, `changes`, image store; sealed but for names',
    who: '`applicants:read`; unmasked with `pii:read` or `applicants:reveal`',
    from: 'the last version',
    setting: 'ROLLCALL_KEEP_REJECTED_DAYS',
    withoutEnd: 'until erased',
    reason: `${AML}, also of attempts`,
    by: 'erasure',
  },
  images: {
    what: 'images of documents and faces',
    purpose: 'proof of identity',
    where: 'image store (disk or S3), sealed',
    who: '`images:read` with `pii:read` or `applicants:reveal`',
    from: 'when it was fetched',
    setting: 'ROLLCALL_KEEP_IMAGES_DAYS',
    withoutEnd: 'as long as the applicant',
    reason: `${AML}; PDPL 151/2020: biometric data are sensitive, so keep them shorter where you may`,
    by: 'run',
  },
  quarantine: {
    what: 'elements that could not be taken, once they are replayed or discarded',
    purpose: 'proof of repairs',
    where: '`quarantine`, sealed',
    who: '`quarantine:read`, masked; whole with `pii:read` or `applicants:reveal`',
    from: 'when it was settled; an open one stays',
    setting: 'ROLLCALL_KEEP_QUARANTINE_DAYS',
    reason: MINIMAL,
    by: 'run',
  },
  deliveries: {
    what: 'what was handed on to endpoints, and the tries',
    purpose: 'proof of handing on; repairing outages',
    where: '`deliveries`, `attempts`: ids and codes',
    who: '`endpoints:read`',
    from: 'when it was delivered or given up',
    setting: 'ROLLCALL_DELIVERY_KEEP_DAYS',
    reason: MINIMAL,
    by: 'run',
  },
  sessions: {
    what: 'sessions with eNROLL that were begun here',
    purpose: 'finding who began an enrollment',
    where: '`session_tokens`: ids and times',
    who: '`enroll:read`',
    from: 'when it was begun',
    setting: 'ROLLCALL_KEEP_SESSIONS_DAYS',
    reason: MINIMAL,
    by: 'run',
  },
  reconciliation: {
    what: 'gaps that were healed, and runs without gaps',
    purpose: 'signed statements of completeness',
    where: '`reconciliation_gaps`, `reconciliation_runs`: ids and counts',
    who: '`reconciliation:read`',
    from: 'when it was healed or finished',
    setting: 'ROLLCALL_KEEP_RECONCILIATION_DAYS',
    reason: AML,
    by: 'run',
  },
  probes: {
    what: 'Callback-Tests, the newest 1,000 at most',
    purpose: 'setting up the callbacks',
    where: '`probes`: addresses and times',
    who: '`receipts:read`',
    from: 'the last one of its hour',
    setting: 'ROLLCALL_KEEP_PROBES_DAYS',
    reason: MINIMAL,
    by: 'run',
  },
  refusals: {
    what: 'what the token URL and the callback URLs refused, the newest 1,000 of each kind of caller at most',
    purpose: 'finding out why something did not arrive; seeing attacks',
    where: '`refusals`: addresses, codes and times',
    who: '`receipts:read`',
    from: 'the last one of its hour',
    setting: 'ROLLCALL_KEEP_REFUSALS_DAYS',
    reason: MINIMAL,
    by: 'run',
  },
  exports: {
    what: 'files of applicants that somebody asked for',
    purpose: 'downloads',
    where: 'image store, sealed; `exports`',
    who: '`exports:read`, with `pii:read` where it is not masked',
    from: 'when it was finished',
    setting: 'ROLLCALL_EXPORT_DAYS',
    reason: MINIMAL,
    by: 'own job',
  },
  audit: {
    what: 'who did what to whom',
    purpose: 'accountability; its chain proves that nothing was removed',
    where: '`audit`, `audit_links`, `audit_heads`: ids and reasons',
    who: '`audit:read`',
    from: 'when it was written',
    setting: null,
    days: 3653,
    reason: 'PDPL 151/2020 and the log rules of the supervisors: longer than everything that it tells of',
    by: 'owner',
  },
} as const satisfies Record<string, RetentionClass>;

export type ClassName = keyof typeof RETENTION_CLASSES;
export const CLASS_NAMES = Object.keys(RETENTION_CLASSES) as ClassName[];

/** What is removed month by month, in whole partitions: from the first day of a month, UTC. */
const BY_MONTH: readonly ClassName[] = ['receipts', 'versions'];
const DAY_MS = 86_400_000;

/** One class of the policy in force. */
export interface Rule {
  class: ClassName;
  by: RetentionClass['by'];
  /** 0: without an end of its own. */
  keepDays: number;
  /** What is older is due; null: nothing is. */
  dueBefore: Date | null;
}

/** What a preview counts and a run removes, or has erased. */
export const isCounted = ({ by }: Rule): boolean => by === 'run' || by === 'erasure';

export function policyOf(env: Settings, now: Date): Rule[] {
  return CLASS_NAMES.map((name) => {
    const { setting, by, days }: RetentionClass = RETENTION_CLASSES[name];
    const keepDays = setting === null ? (days ?? 0) : env[setting];
    return { class: name, by, keepDays, dueBefore: keepDays === 0 ? null : dueBefore(name, keepDays, now) };
  });
}

function dueBefore(name: ClassName, keepDays: number, now: Date): Date {
  const at = new Date(now.getTime() - keepDays * DAY_MS);
  return BY_MONTH.includes(name) ? new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth())) : at;
}
