export const FINDING_STATUSES = ['ok', 'unproven', 'warning', 'failed', 'skipped'] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** What was found out about one thing, and what to change. */
export interface Finding {
  check: string;
  status: FindingStatus;
  found: string;
  /** What was asked, where that is not obvious. */
  tried?: string;
  fix?: string;
}

export type Verdict = Omit<Finding, 'check'>;

export function ok(found: string): Verdict {
  return { status: 'ok', found };
}

export function skipped(found: string, fix?: string): Verdict {
  return { status: 'skipped', found, fix };
}

export function warning(found: string, fix: string): Verdict {
  return { status: 'warning', found, fix };
}

export function failed(found: string, fix: string): Verdict {
  return { status: 'failed', found, fix };
}
