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
  const hour = Math.floor(nowMs / HOUR_MS);
  if (hour !== lastDay.hour) {
    const text = new Date((hour + FURTHEST_EAST_HOURS) * HOUR_MS).toISOString().slice(0, 'yyyy-mm-dd'.length);
    lastDay = { hour, text };
  }
  return date > lastDay.text;
}
const HOUR_MS = 3_600_000;
const FURTHEST_EAST_HOURS = 14;
/** The day furthest east, in the hour that was asked for last: a batch asks for the same one hundreds of times. */
let lastDay = { hour: Number.NaN, text: '' };

/** `yyyy-mm-dd` if these are the numbers of a real day. A `Date` would take ten times as long. */
export function isoDate(year: number, month: number, day: number): string | undefined {
  const isReal = day >= 1 && day <= (daysOf(year, month) ?? 0);
  return isReal ? `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}` : undefined;
}

/** Of a month from 1 to 12. */
function daysOf(year: number, month: number): number | undefined {
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeapYear ? 29 : DAYS[month - 1];
}
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : `${number}`;
}

function toDate(year: string, month: string | undefined, day: string | undefined): PreciseDate | undefined {
  if (Number(year) < MIN_YEAR) return undefined;
  const date = isoDate(Number(year), Number(month ?? 1), Number(day ?? 1));
  if (date === undefined) return undefined;
  const precision = day !== undefined ? 'day' : month !== undefined ? 'month' : 'year';
  return { date, precision };
}
