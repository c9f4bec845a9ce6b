import { toAsciiDigits } from './characters.js';
import type { DatePrecision } from './types.js';

/** An ISO date: the first day of the month or year if we know no more. */
export interface PreciseDate {
  date: string;
  precision: DatePrecision;
}

const ISO_DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const BIDI_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** The time of day, which we drop: `T00:00:00Z`, `12:00:00 AM`, `12:00:00 ص`. */
const TIME = '(?:[T ][\\d:.,+\\-Z ]*(?:[ap]\\.?m\\.?|ص|م)?)?';
const YEAR_FIRST = new RegExp(`^(\\d{4})(?:[/.-](\\d{1,2})(?:[/.-](\\d{1,2})${TIME})?)?$`, 'i');
const DAY_FIRST = new RegExp(`^(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4})${TIME}$`, 'i');
const MIN_YEAR = 1900;
const MAX_TEXT_LENGTH = 60;

/**
 * The date on a document in any spelling that eNROLL may use (A19): `yyyy`, `yyyy/mm`, `yyyy-mm-dd`, `dd/mm/yyyy` (the
 * day is always first), or ISO with a time, of which the date counts as written. Digits may be of any script. Undefined
 * if it is no date.
 */
export function parseDocumentDate(text: string): PreciseDate | undefined {
  const iso = ISO_DAY.exec(text);
  if (iso) return toDate(iso[1]!, iso[2], iso[3]);
  if (text.length > MAX_TEXT_LENGTH) return undefined;
  const plain = toAsciiDigits(text.replace(BIDI_MARKS, '')).trim();
  const yearFirst = YEAR_FIRST.exec(plain);
  if (yearFirst) return toDate(yearFirst[1]!, yearFirst[2], yearFirst[3]);
  const dayFirst = DAY_FIRST.exec(plain);
  return dayFirst ? toDate(dayFirst[3]!, dayFirst[2], dayFirst[1]) : undefined;
}

/** Whether an ISO date is in the future of `nowMs` (milliseconds since 1970) everywhere on earth. */
export function isFutureDate(date: string, nowMs: number): boolean {
  return Date.parse(date) > nowMs + FURTHEST_EAST_MS;
}
const FURTHEST_EAST_MS = 14 * 3_600_000;

/** `yyyy-mm-dd` if these are the numbers of a real day. */
export function isoDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.toISOString().slice(0, 'yyyy-mm-dd'.length) : undefined;
}

function toDate(year: string, month: string | undefined, day: string | undefined): PreciseDate | undefined {
  if (Number(year) < MIN_YEAR) return undefined;
  const date = isoDate(Number(year), Number(month ?? 1), Number(day ?? 1));
  if (date === undefined) return undefined;
  const precision = day !== undefined ? 'day' : month !== undefined ? 'month' : 'year';
  return { date, precision };
}
