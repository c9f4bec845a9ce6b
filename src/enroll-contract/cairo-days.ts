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

/** How far Cairo's clock is ahead of UTC from an instant on, by the time zones that this process knows. */
export interface Offset {
  since: Date;
  aheadMs: number;
}

let offsets: Offset[] | undefined;

/** From 2000 to 2050. */
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
    // clocks change at full quarters of an hour
    found.push({ since: new Date(Math.floor(after / (HOUR_MS / 4)) * (HOUR_MS / 4)), aheadMs });
  }
  return found;
}

/** The time on Cairo's clock, `yyyy-MM-dd HH:mm`. */
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
 * The first instant of a day in Cairo. The last Friday of April has no midnight and begins at 01:00. On the last
 * Thursday of October the hour before midnight comes twice, and both hours belong to the Thursday.
 * @param date `yyyy-MM-dd`. A day that does not exist counts on: 2026-02-30 is 2026-03-02
 */
export function startOfCairoDay(date: string): Date {
  const midnightUtc = Date.parse(`${date}T00:00:00Z`);
  // Cairo is two hours ahead of UTC, three in summer: midnight in summer is the earlier instant
  const inSummer = new Date(midnightUtc - 3 * HOUR_MS);
  return cairoDate(inSummer) === date ? inSummer : new Date(midnightUtc - 2 * HOUR_MS);
}

/** The date this number of days later, or earlier if `days` is negative. */
export function shiftDate(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 24 * HOUR_MS).toISOString().slice(0, 10);
}

/** The instant of a time with its zone. A date stands for the start of that day in Cairo. */
export function instantInCairo(text: string): Date {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? startOfCairoDay(text) : new Date(text);
}
