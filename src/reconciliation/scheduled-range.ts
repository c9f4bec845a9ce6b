import { cairoDate, shiftDate, startOfCairoDay } from '../enroll-contract/cairo-days.js';

const MOST_DAYS = 31;

/**
 * The range of a scheduled run: whole days in Cairo up to the last midnight. It begins a day before the end of the run
 * before, because some are enrolled around midnight or told late, and at most a month ago.
 */
export function scheduledRange(now: Date, lastEnd: Date | undefined): { from: Date; to: Date } {
  const today = cairoDate(now);
  const earliest = shiftDate(today, -MOST_DAYS);
  const wanted = lastEnd === undefined ? shiftDate(today, -7) : shiftDate(cairoDate(lastEnd), -1);
  const latest = shiftDate(today, -1);
  const first = [wanted, latest].sort()[0] ?? latest;
  return { from: startOfCairoDay(first < earliest ? earliest : first), to: startOfCairoDay(today) };
}
