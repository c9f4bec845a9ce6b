import { isKnownStatus, STATUS } from '../enroll-contract/status.js';
import type { CallbackKind, Outcome } from '../enroll-contract/types.js';

/** What the URL alone says of an enrollment; `POST /callbacks` says nothing (A27). */
const OUTCOME_OF_URL: Record<CallbackKind, Outcome | undefined> = {
  success: 'accepted',
  fail: 'rejected',
  any: undefined,
};

/** What the status alone says; statuses without a published name say nothing (A15). */
function outcomeOfStatus(status: number | undefined): Outcome | undefined {
  if (status === STATUS.Accepted || status === STATUS.ManuallyAccepted) return 'accepted';
  return status === STATUS.ManuallyRejected ? 'rejected' : undefined;
}

/**
 * The outcome of one delivery (A16, A17, A27).
 * @param previous the applicant's outcome so far, which stands where neither URL nor status says anything
 */
export function outcomeOf(kind: CallbackKind, status: number | undefined, previous?: Outcome): Outcome {
  const byUrl = OUTCOME_OF_URL[kind];
  const byStatus = outcomeOfStatus(status);
  if (byUrl !== undefined && byStatus !== undefined && byUrl !== byStatus) return 'conflict';
  const said = byUrl ?? byStatus;
  if (said !== undefined) return said;
  return status === undefined ? (previous ?? 'unknown') : 'unknown';
}

/**
 * The kind under which an answer of eNROLL is delivered. A query has no URL that would say the outcome, and neither does a
 * status that the guide does not name: then the outcome that the URL gave earlier stands.
 */
export function kindKeeping(status: number | undefined, outcome: Outcome | undefined): CallbackKind {
  if (status === undefined || isKnownStatus(status)) return 'any';
  if (outcome === 'accepted') return 'success';
  return outcome === 'rejected' ? 'fail' : 'any';
}
