import type { z } from 'zod';

/** The rules that can raise an alert; docs/alerts.md says what each one looks at. */
export const ALERT_RULES = [
  'silence',
  'tokens_refused',
  'callbacks_refused',
  'reject_spike',
  'quarantine_grows',
  'receipts_pending',
  'endpoint_failing',
  'consumer_behind',
  'images_behind',
  'gaps_open',
  'history_changed',
  'disk_full',
  'tampered',
  'erasure_stuck',
  'client_secret_expiring',
  'endpoint_secret_expiring',
] as const;

export type AlertRule = (typeof ALERT_RULES)[number];

/** The value from which each rule fires, and when reminders are sent. */
export const ALERT_LIMITS = {
  silenceHours: 24,
  refusedPerHour: 1,
  strangersRefusedPerHour: 10,
  rejectTimes: 2,
  quarantinedPerHour: 10,
  pendingMinutes: 5,
  endpointFailingMinutes: 15,
  consumerBehindMinutes: 60,
  imagesBehindMinutes: 60,
  openGaps: 1,
  historyChangedHours: 24,
  freeDiskGib: 2,
  erasureMinutes: 60,
  secretDays: 7,
  remindHours: 24,
};

export type AlertLimits = typeof ALERT_LIMITS;

/** `name=number` pairs joined by commas, over the defaults. For zod's `transform`, which collects what is wrong. */
export function readAlertLimits(text: string, context: z.RefinementCtx): AlertLimits {
  const limits = { ...ALERT_LIMITS };
  for (const pair of text.split(',').filter((item) => item.trim() !== '')) {
    const [name = '', value = ''] = pair.split('=').map((part) => part.trim());
    const limit = Number(value);
    if (!Object.hasOwn(limits, name)) {
      context.addIssue(`has no limit "${name}"; there are ${Object.keys(limits).join(', ')}`);
    } else if (value === '' || !(limit > 0)) context.addIssue(`the limit ${name} must be a number over 0`);
    else limits[name as keyof AlertLimits] = limit;
  }
  return limits;
}
