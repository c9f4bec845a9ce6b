import type { DialectSpec } from './dialect.js';
import { wallClock } from './wall-clock.js';

const HOUR_MS = 3_600_000;

/** From (included) to (excluded). */
export interface DateRange {
  from: Date;
  to: Date;
}

/** The part of a range that begins at `from` and that we ask for at once. */
export function sliceAt(from: Date, range: DateRange, hours: number): DateRange {
  return { from, to: new Date(Math.min(from.getTime() + hours * HOUR_MS, range.to.getTime())) };
}

/**
 * An edge of a range in the dialect's spelling: a number for epochs, else text in the dialect's zone.
 *
 * Whole seconds, rounded outwards. When the clocks go back, one hour has the same name twice, and we cannot know which of
 * the two eNROLL means. So we move an edge within it outwards by an hour. Slices may then overlap: to see an applicant
 * twice costs nothing, but to miss one breaks our promise.
 */
export function spellEdge(instant: Date, edge: 'from' | 'to', dates: DialectSpec['dates']): string | number {
  const ms = instant.getTime();
  if (dates.format === 'epochMilliseconds') return ms;
  const round = edge === 'from' ? Math.floor : Math.ceil;
  if (dates.format === 'epochSeconds') return round(ms / 1000);
  const whole = dates.format.includes('SSS') ? ms : round(ms / 1000) * 1000;
  const outwards = edge === 'from' ? -HOUR_MS : HOUR_MS;
  return spell(new Date(whole + (isNamedTwice(whole, dates.zone) ? outwards : 0)), dates);
}

function isNamedTwice(ms: number, zone: string): boolean {
  const name = (at: number) => JSON.stringify(wallClock(new Date(at), zone));
  return name(ms) === name(ms + HOUR_MS) || name(ms) === name(ms - HOUR_MS);
}

function spell(instant: Date, { format, zone }: DialectSpec['dates']): string {
  const clock = wallClock(instant, zone);
  return format.replace(/yyyy|MM|dd|HH|mm|ss|SSS/g, (token) => clock[token] ?? token);
}
