import type { DatePosition } from '../enroll-client/enroll-client.types.js';

/**
 * A run's states:
 * 1. `waiting`: nobody works on it: it is new, or eNROLL or the database must be given time;
 * 2. `running`: its owner does, for a lease; where that has ended (a crash), the run is waiting again;
 * 3. `completed`, or `failed` where trying again brought it no further, or `cancelled` by somebody.
 */
export const RUN_STATES = ['waiting', 'running', 'completed', 'failed', 'cancelled'] as const;
export type RunState = (typeof RUN_STATES)[number];

export const RUN_TRIGGERS = ['schedule', 'api', 'cli'] as const;
export type RunTrigger = (typeof RUN_TRIGGERS)[number];

/**
 * `missing_here`: eNROLL has an applicant that never came; `different_here`: what we hold is not what eNROLL has;
 * `missing_there`: eNROLL does not know an applicant that we received. The last is told and touches nothing.
 */
export const GAP_KINDS = ['missing_here', 'different_here', 'missing_there'] as const;
export type GapKind = (typeof GAP_KINDS)[number];

export const GAP_STATES = ['open', 'healed', 'ignored'] as const;
export type GapState = (typeof GAP_STATES)[number];

/** What a run has come to so far. */
export interface RunCounts {
  /** Pages of eNROLL's answers. */
  asked: number;
  /** Applicants in them. */
  found: number;
  missing: number;
  different: number;
  missingThere: number;
  healed: number;
  quarantined: number;
}

export interface Run extends RunCounts {
  id: string;
  from: Date;
  to: Date;
  trigger: RunTrigger;
  startedBy: string;
  dryRun: boolean;
  state: RunState;
  position: DatePosition | null;
  askedAll: boolean;
  attempts: number;
  errorCode: string | null;
  nextAttemptAt: Date;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

export interface Gap {
  id: string;
  runId: string;
  applicantId: string;
  kind: GapKind;
  state: GapState;
  enrolledAt: Date;
  foundAt: Date;
  healedAt: Date | null;
  lateSeconds: number | null;
  resolution: string | null;
}

/** Why an applicant is asked for again by its id. */
export type RefreshReason = 'reverts_to' | 'conflict' | 'overtaken' | 'session';
