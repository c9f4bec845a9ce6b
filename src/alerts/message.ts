import type { AlertRule } from '../config/alert-limits.js';
import type { AlertDto } from './alerts.dto.js';
import type { Alert, NotificationKind } from './alerts.types.js';
import { RULES } from './rules.js';

/** What a channel sends: the body of the webhook, and the content of the mail. */
export interface AlertMessage {
  type: `alert.${NotificationKind | 'test'}`;
  timestamp: string;
  data: Pick<AlertDto, 'subject' | 'title' | 'summary' | 'context' | 'resolvedAt' | 'link'> & {
    /** Null for a test. */
    id: string | null;
    rule: AlertRule | 'test';
    openedAt: string | null;
  };
}

/** What people see of an alert. @param baseUrl of the management API, without a slash at its end */
export function dataOf(alert: Alert, baseUrl: string) {
  const { id, rule, subject, summary, context, openedAt, resolvedAt } = alert;
  return {
    id,
    rule,
    subject,
    title: RULES[rule].title,
    summary,
    context,
    openedAt: openedAt?.toISOString() ?? null,
    resolvedAt: resolvedAt?.toISOString() ?? null,
    link: linkOf(alert, baseUrl),
  };
}

/** Where the API shows what is wrong. */
export function linkOf({ id, rule }: Pick<Alert, 'id' | 'rule'>, baseUrl: string): string {
  return baseUrl + (RULES[rule].shownAt ?? `/api/v1/alerts/${id}`);
}

/** A message that only shows that it arrived. */
export function testMessage(at: Date, baseUrl: string): AlertMessage {
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
      link: `${baseUrl}/api/v1/alerts?state=open`,
    },
  };
}
