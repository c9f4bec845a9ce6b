/**
 * A run's states:
 * 1. `waiting`: nobody works on it. It is new, or eNROLL or the database needs time;
 * 2. `running`: its owner works on it and holds a lease. When the lease ends (a crash), the run is waiting again;
 * 3. `completed`; `failed` where retrying brought it no further; or `cancelled` by somebody.
 */
export const RUN_STATES = ['waiting', 'running', 'completed', 'failed', 'cancelled'] as const;
export type RunState = (typeof RUN_STATES)[number];

export const RUN_TRIGGERS = ['schedule', 'api', 'cli'] as const;
export type RunTrigger = (typeof RUN_TRIGGERS)[number];

/**
 * `missing_here`: eNROLL has an applicant that never came; `different_here`: our content differs from eNROLL's;
 * `missing_there`: eNROLL does not know an applicant that we received. The last is reported and changes nothing.
 */
export const GAP_KINDS = ['missing_here', 'different_here', 'missing_there'] as const;
export type GapKind = (typeof GAP_KINDS)[number];

export const GAP_STATES = ['open', 'healed', 'ignored'] as const;
export type GapState = (typeof GAP_STATES)[number];

/** Why an applicant is asked for again by its id. */
export type RefreshReason = 'reverts_to' | 'conflict' | 'overtaken' | 'session';
