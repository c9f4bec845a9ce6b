import { cairoDate, shiftDate, startOfCairoDay } from '../enroll-contract/cairo-days.js';

const MOST_DAYS = 31;

/**
 * The range of a scheduled run: whole days in Cairo up to the last midnight, at most a month. It overlaps the previous run by
 * a day, because some applicants enroll around midnight or are reported late.
 */
export function scheduledRange(now: Date, lastEnd: Date | undefined): { from: Date; to: Date } {
  const today = cairoDate(now);
  const earliest = shiftDate(today, -MOST_DAYS);
  const wanted = lastEnd === undefined ? shiftDate(today, -7) : shiftDate(cairoDate(lastEnd), -1);
  const latest = shiftDate(today, -1);
  const first = [wanted, latest].sort()[0] ?? latest;
  return { from: startOfCairoDay(first < earliest ? earliest : first), to: startOfCairoDay(today) };
}
