import type { AlertRule } from '../config/alert-limits.js';
import type { Alert, Firing, NotificationKind } from './alerts.types.js';

/** Less than the minute between two evaluations, which the job schedule keeps within a few seconds. */
const HOLD_MS = 45_000;
const CALM_MS = 4.5 * 60_000;
const HOUR_MS = 3_600_000;

/** What each rule found wrong. A rule whose reading failed is absent. */
export type Findings = ReadonlyMap<AlertRule, readonly Firing[]>;

/** An alert with what its rule found: at least one of the two. */
export interface Case {
  rule: AlertRule;
  alert: Alert | undefined;
  firing: Firing | undefined;
}

/** All that may move: what was found, and alerts of the same rules that were not found again. */
export function casesOf(live: readonly Alert[], findings: Findings): Case[] {
  return [...findings].flatMap(([rule, firings]) => {
    const alerts = live.filter((alert) => alert.rule === rule);
    const found = firings.map((firing) => ({
      rule,
      firing,
      alert: alerts.find(({ subject }) => subject === firing.subject),
    }));
    const gone = alerts.filter(({ subject }) => firings.every((firing) => firing.subject !== subject));
    return [...found, ...gone.map((alert) => ({ rule, alert, firing: undefined }))];
  });
}

/** The move of an alert, and the notification about it. */
export interface Step {
  move: 'suspect' | 'forget' | 'open' | 'renew' | 'calm' | 'resolve' | 'stay';
  tells: NotificationKind | null;
}

type Known = Pick<Alert, 'state' | 'suspectedAt' | 'fineSince' | 'toldAt' | 'acknowledgedAt'>;

/**
 * The next move of an alert; the table is in `alerts.types.ts`. It depends on time and not on the number of evaluations, so
 * that an extra evaluation, by a command or a retried job, changes nothing.
 * @param alert undefined if none is suspected or open
 */
export function stepOf(alert: Known | undefined, fires: boolean, now: Date, remindHours: number): Step {
  if (alert === undefined) return { move: fires ? 'suspect' : 'stay', tells: null };
  if (alert.state === 'suspected') {
    if (!fires) return { move: 'forget', tells: null };
    const hasHeld = now.getTime() - alert.suspectedAt.getTime() >= HOLD_MS;
    return hasHeld ? { move: 'open', tells: 'opened' } : { move: 'renew', tells: null };
  }
  if (fires) return { move: 'renew', tells: whatToTell(alert, now, remindHours) };
  if (alert.fineSince === null) return { move: 'calm', tells: null };
  if (now.getTime() - alert.fineSince.getTime() < CALM_MS) return { move: 'stay', tells: null };
  return { move: 'resolve', tells: alert.toldAt === null ? null : 'resolved' };
}

/** Of an open alert. If it opened without any channel, its first notification is due now. */
function whatToTell({ toldAt, acknowledgedAt }: Known, now: Date, remindHours: number): Step['tells'] {
  if (acknowledgedAt !== null) return null;
  if (toldAt === null) return 'opened';
  return now.getTime() - toldAt.getTime() >= remindHours * HOUR_MS ? 'reminder' : null;
}
