import type { AlertRule } from '../config/alert-limits.js';

/**
 * The states of an alert, and its moves. There is one row each time that something goes wrong; of one rule and subject at
 * most one is not resolved.
 *
 * | from | to | when |
 * |---|---|---|
 * | – | `suspected` | its rule fires; nothing is sent yet |
 * | `suspected` | – | the rule is fine again: a false alarm |
 * | `suspected` | `open` | the rule still fires at the next evaluation; notifications are sent |
 * | `open` | `open` | the rule still fires; reminders are sent once a day, unless somebody acknowledged the alert |
 * | `open` | `resolved` | the rule was fine at five evaluations in a row; notifications are sent |
 *
 * If a reading fails, the alerts of its rule stay as they are.
 */
export type AlertState = 'suspected' | 'open' | 'resolved';

/** The states that are shown. A suspected alert is internal. */
export const SHOWN_STATES = ['open', 'resolved'] as const satisfies AlertState[];
export type ShownState = (typeof SHOWN_STATES)[number];

/** Counts, ages and our own names. Never personal data, since it leaves the building. */
export type AlertContext = Record<string, string | number | boolean | null>;

/** What a rule finds wrong. */
export interface Firing {
  /** An endpoint, client or disk, if the rule checks several; else empty. */
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
 * The states of a notification: `due` -> `sent`; or `given_up` when it could not be sent for three days, since by then
 * nobody needs it. The process that sends one holds a lease. If it is killed, another process sends it after the lease.
 */
export const NOTIFICATION_STATES = ['due', 'sent', 'given_up'] as const;
export type NotificationState = (typeof NOTIFICATION_STATES)[number];
