import type { AlertRule } from '../config/alert-limits.js';
import type { Alert, AlertContext, NotificationKind } from './alerts.types.js';
import { RULES } from './rules.js';

/** What a channel sends: the body of the webhook as it is, and what the mail is made of. */
export interface AlertMessage {
  type: `alert.${NotificationKind | 'test'}`;
  timestamp: string;
  data: {
    /** Null of a test. */
    id: string | null;
    rule: AlertRule | 'test';
    subject: string;
    title: string;
    summary: string;
    context: AlertContext;
    openedAt: string | null;
    resolvedAt: string | null;
    /** Where to look. */
    link: string;
  };
}

/** The message of an alert that has just moved. @param publicUrl without a slash at its end */
export function messageOf(alert: Alert, kind: NotificationKind, at: Date, publicUrl: string): AlertMessage {
  const { id, rule, subject, summary, context, openedAt, resolvedAt } = alert;
  return {
    type: `alert.${kind}`,
    timestamp: at.toISOString(),
    data: {
      id,
      rule,
      subject,
      title: RULES[rule].title,
      summary,
      context,
      openedAt: openedAt?.toISOString() ?? null,
      resolvedAt: resolvedAt?.toISOString() ?? null,
      link: linkOf(alert, publicUrl),
    },
  };
}

/** Where the API shows what is wrong. */
export function linkOf({ id, rule }: Pick<Alert, 'id' | 'rule'>, publicUrl: string): string {
  return publicUrl + (RULES[rule].shownAt ?? `/api/v1/alerts/${id}`);
}

/** A message that says only that it arrived. */
export function testMessage(at: Date, publicUrl: string): AlertMessage {
  return {
    type: 'alert.test',
    timestamp: at.toISOString(),
    data: {
      id: null,
      rule: 'test',
      subject: '',
      title: 'Test',
      summary: 'Somebody asked for this test. Nothing is wrong.',
      context: {},
      openedAt: null,
      resolvedAt: null,
      link: `${publicUrl}/api/v1/alerts?state=open`,
    },
  };
}
