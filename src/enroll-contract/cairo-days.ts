const HOUR_MS = 3_600_000;
const DAY = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Africa/Cairo',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The date in Cairo at an instant, `yyyy-MM-dd`. */
export function cairoDate(instant: Date): string {
  return DAY.format(instant);
}

/**
 * The first instant of a day in Cairo. On the last Friday of April there is no midnight, the day begins at 01:00; on the
 * last Thursday of October the hour before midnight comes twice, and both belong to the Thursday.
 * @param date `yyyy-MM-dd`; a day that does not exist, as 2026-02-30, is the one it would fall on
 */
export function startOfCairoDay(date: string): Date {
  const midnightUtc = Date.parse(`${date}T00:00:00Z`);
  // two hours east of Greenwich, three in summer; summer's midnight is the earlier instant
  const inSummer = new Date(midnightUtc - 3 * HOUR_MS);
  return cairoDate(inSummer) === date ? inSummer : new Date(midnightUtc - 2 * HOUR_MS);
}

/** The date `days` after another; negative: before. */
export function shiftDate(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 24 * HOUR_MS).toISOString().slice(0, 10);
}

/** An instant from a time with its zone, or from a date: the start of that day in Cairo. */
export function instantInCairo(text: string): Date {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? startOfCairoDay(text) : new Date(text);
}
