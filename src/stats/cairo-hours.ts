import { cairoDate, cairoOffsets, shiftDate, startOfCairoDay } from '../enroll-contract/cairo-days.js';
import type { Range } from './stats.types.js';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** A part of a range that is counted from rows of one grain. */
export interface Stretch extends Range {
  grain: 'hour' | 'day';
}

/** Step from one day of Cairo to the next. */
const dayAfter = (day: Date): Date => startOfCairoDay(shiftDate(cairoDate(day), 1));
const dayOf = (instant: Date): Date => startOfCairoDay(cairoDate(instant));

/** The day of Cairo that begins at `from`. */
export function cairoDay(from: Date): Range {
  return { from, to: dayAfter(from) };
}

/** The months of Cairo that hold these instants, each once, in order. */
export function cairoMonths(instants: readonly Date[]): Range[] {
  const months = new Set(instants.map((instant) => cairoDate(instant).slice(0, 7)));
  return [...months].sort().map((month) => ({
    from: startOfCairoDay(`${month}-01`),
    to: startOfCairoDay(`${shiftDate(`${month}-01`, 31).slice(0, 7)}-01`),
  }));
}

/** Cuts a range into its whole days, the hours before them and the hours after them. */
export function cutRange({ from, to }: Range): Stretch[] {
  const first = dayOf(from) < from ? dayAfter(from) : from;
  const last = dayOf(to);
  if (first >= last) return [{ grain: 'hour', from, to }];
  const stretches: Stretch[] = [
    { grain: 'hour', from, to: first },
    { grain: 'day', from: first, to: last },
    { grain: 'hour', from: last, to },
  ];
  return stretches.filter((stretch) => stretch.from < stretch.to);
}

/** Starts of the days that a range touches; the first is the start of the range. */
export function daysOf({ from, to }: Range): Date[] {
  const days: Date[] = [];
  for (let day = from; day < to; day = dayAfter(day)) days.push(day);
  return days;
}

/** The same hour of the week on Cairo's clock, in each of the weeks before an instant. */
export function sameHoursBefore(now: Date, weeks: number): Date[] {
  const ahead = (instant: Date) => cairoOffsets().findLast(({ since }) => since <= instant)?.aheadMs ?? 0;
  const local = now.getTime() + ahead(now);
  return Array.from({ length: weeks }, (_, week) => {
    const then = local - (week + 1) * WEEK_MS;
    const hour = new Date(then - ahead(new Date(then - ahead(now))));
    return new Date(Math.floor(hour.getTime() / HOUR_MS) * HOUR_MS);
  });
}

/**
 * SQL: the first instant of the day of Cairo that holds `at`. The offsets come from this process: the time zone tables of
 * Postgres may be years older, and would split a day in two.
 */
export function cairoDayOf(at: string): string {
  const offsets = cairoOffsets();
  const since = offsets.map(({ since }, index) => (index === 0 ? '-infinity' : since.toISOString())).join();
  const ahead = offsets.map(({ aheadMs }) => `${aheadMs / 60_000} minutes`).join();
  const aheadAt = (instant: string) =>
    `('{${ahead}}'::interval[])[width_bucket(${instant}, '{${since}}'::timestamptz[])]`;
  // midnight may have another offset than `at`
  return `(select midnight - ${aheadAt('midnight - ahead')}
    from (select date_trunc('day', ${at} + ahead, 'UTC') as midnight, ahead from (select ${aheadAt(at)} as ahead) a) m)`;
}
