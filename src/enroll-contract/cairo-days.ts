const HOUR_MS = 3_600_000;
const DAY = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Africa/Cairo',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

const CLOCK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Africa/Cairo',
  dateStyle: 'short',
  timeStyle: 'medium',
});
const LOOK_EVERY_MS = 7 * 24 * HOUR_MS;
const [FIRST_YEAR, LAST_YEAR] = [2000, 2050];

/** From when on Cairo's clock is how far ahead of UTC, from 2000 to 2050, by the time zones that this process knows. */
export interface Offset {
  since: Date;
  aheadMs: number;
}

let offsets: Offset[] | undefined;

export function cairoOffsets(): readonly Offset[] {
  return (offsets ??= findOffsets());
}

function findOffsets(): Offset[] {
  const start = Date.UTC(FIRST_YEAR, 0);
  const found: Offset[] = [{ since: new Date(start), aheadMs: aheadAt(start) }];
  for (let at = start; at < Date.UTC(LAST_YEAR, 0); at += LOOK_EVERY_MS) {
    let [before, after] = [at, at + LOOK_EVERY_MS];
    const aheadMs = aheadAt(after);
    if (aheadMs === aheadAt(before)) continue;
    while (after - before > HOUR_MS / 4) {
      const middle = (before + after) / 2;
      if (aheadAt(middle) === aheadMs) after = middle;
      else before = middle;
    }
    // clocks change at a quarter of an hour
    found.push({ since: new Date(Math.floor(after / (HOUR_MS / 4)) * (HOUR_MS / 4)), aheadMs });
  }
  return found;
}

/** What Cairo's clock shows, `yyyy-MM-dd HH:mm`. */
export function cairoClock(instant: Date): string {
  return CLOCK.format(instant).slice(0, 'yyyy-MM-dd HH:mm'.length);
}

function aheadAt(instant: number): number {
  const second = Math.floor(instant / 1000) * 1000;
  return Date.parse(`${CLOCK.format(second).replace(' ', 'T')}Z`) - second;
}

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
