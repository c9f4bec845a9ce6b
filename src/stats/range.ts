import { cairoDate, instantInCairo, shiftDate, startOfCairoDay } from '../enroll-contract/cairo-days.js';
import { Problem } from '../problem/problem.js';
import type { Bucket, Range } from './stats.types.js';

const HOUR_MS = 3_600_000;
const DEFAULT_DAYS = 7;
export const MAX_BUCKETS = 400;
/** No data lies outside these years, and calendars stay simple within them. */
const [EARLIEST, LATEST] = [new Date('2000-01-01T00:00:00Z'), new Date('2100-01-01T00:00:00Z')];

/**
 * The whole hours that `from` and `to` touch; a date is the start of that day in Cairo. Without `to` the range ends with
 * this hour; without `from` it begins six days before the day of its end.
 * @throws Problem BAD_REQUEST
 */
export function rangeOf(given: { from?: string; to?: string }, now: Date): Range {
  const to = wholeHour(given.to === undefined ? new Date(now.getTime() + 1) : asked(given.to), Math.ceil);
  const from = wholeHour(given.from === undefined ? weekBefore(to) : asked(given.from), Math.floor);
  if (from >= to) throw new Problem('BAD_REQUEST', 'from must be before to');
  return { from, to };
}

function asked(text: string): Date {
  const instant = instantInCairo(text);
  if (instant < EARLIEST || instant > LATEST) {
    throw new Problem('BAD_REQUEST', 'from and to must be in the years 2000 to 2099');
  }
  return instant;
}

function weekBefore(to: Date): Date {
  return startOfCairoDay(shiftDate(cairoDate(new Date(to.getTime() - 1)), 1 - DEFAULT_DAYS));
}

function wholeHour(instant: Date, round: (hours: number) => number): Date {
  return new Date(round(instant.getTime() / HOUR_MS) * HOUR_MS);
}

/** @throws Problem BAD_REQUEST if the range has more than `MAX_BUCKETS` hours, or touches more days */
export function refuseTooMany({ from, to }: Range, bucket: Bucket): void {
  if (bucket === 'none') return;
  const isTooMany =
    bucket === 'hour'
      ? to.getTime() - from.getTime() > MAX_BUCKETS * HOUR_MS
      : shiftDate(cairoDate(from), MAX_BUCKETS - 1) < cairoDate(new Date(to.getTime() - 1));
  if (isTooMany) throw new Problem('BAD_REQUEST', `the range has more than ${MAX_BUCKETS} buckets`);
}
