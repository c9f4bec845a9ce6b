import { dayOf, startOfDay } from '../../i18n/format';

export const RANGES = ['24h', '7d', '30d'] as const;
export type RangeName = (typeof RANGES)[number];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAYS = { '24h': 1, '7d': 7, '30d': 30 } as const;

/** What somebody wrote into the URL may be anything. */
export function rangeNamed(name: string | undefined): RangeName {
  return RANGES.find((range) => range === name) ?? '7d';
}

/** The range that ends now: whole days of Cairo with today, or the last 24 hours. Instants of ISO 8601. */
export function rangeOf(name: RangeName, now = Date.now()): { from: string; to: string } {
  const start =
    name === '24h' ? new Date(now - DAY_MS) : startOfDay(dayOf(new Date(now - (DAYS[name] - 1) * DAY_MS)));
  return { from: start.toISOString(), to: new Date(now).toISOString() };
}

/** As long, and as many days earlier: Monday to this hour of Thursday is compared with Monday to this hour of Thursday. */
export function rangeBefore(name: RangeName, now = Date.now()): { from: string; to: string } {
  return rangeOf(name, now - DAYS[name] * DAY_MS);
}

export function bucketOf(name: RangeName): 'hour' | 'day' {
  return name === '24h' ? 'hour' : 'day';
}

/** Two times each hour of the week. */
export function lastTwoWeeks(now = Date.now()): { from: string; to: string } {
  return { from: new Date(now - 14 * DAY_MS).toISOString(), to: new Date(now).toISOString() };
}
