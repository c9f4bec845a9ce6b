import type { AlertRule } from '../config/alert-limits.js';

/**
 * The states of an alert, and its moves. One row per time that something goes wrong; of one rule and subject at most one
 * is not resolved.
 *
 * | from | to | when |
 * |---|---|---|
 * | – | `suspected` | its rule fires; nobody is told yet |
 * | `suspected` | – | the rule is fine again: it was a flicker |
 * | `suspected` | `open` | the rule still fires at the next evaluation; whoever is to know is told |
 * | `open` | `open` | it goes on; they are reminded once a day, unless somebody has acknowledged it |
 * | `open` | `resolved` | the rule has been fine for five evaluations in a row; they are told |
 *
 * Where a reading cannot be had, the alerts of its rule stay as they are.
 */
export type AlertState = 'suspected' | 'open' | 'resolved';

/** The states that are shown: what is only suspected is nobody's business. */
export const SHOWN_STATES = ['open', 'resolved'] as const satisfies AlertState[];
export type ShownState = (typeof SHOWN_STATES)[number];

/** Counts, ages and names of our own: never personal data, since it leaves the building. */
export type AlertContext = Record<string, string | number | boolean | null>;

/** What a rule finds wrong. */
export interface Firing {
  /** Which one, of rules that look at several things: an endpoint, a client, a disk; else empty. */
  subject: string;
  /** One sentence for people. */
  summary: string;
  context: AlertContext;
}

export interface Alert extends Firing {
  id: string;
  rule: AlertRule;
  state: AlertState;
  suspectedAt: Date;
  openedAt: Date | null;
  fineSince: Date | null;
  resolvedAt: Date | null;
  toldAt: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
}

export const NOTIFICATION_KINDS = ['opened', 'reminder', 'resolved'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

export const CHANNELS = ['webhook', 'mail'] as const;
export type ChannelName = (typeof CHANNELS)[number];

/**
 * The states of a notification: `due` -> `sent`; or `given_up` where it could not be sent for three days, since nobody
 * needs it any more. A process that sends one holds it for a lease, after which, if it was killed, another sends it.
 */
export const NOTIFICATION_STATES = ['due', 'sent', 'given_up'] as const;
export type NotificationState = (typeof NOTIFICATION_STATES)[number];
