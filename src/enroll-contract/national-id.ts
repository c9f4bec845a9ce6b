import { isFutureDate, isoDate } from './dates.js';
import { GOVERNORATES } from './governorates.js';

/** Contents of the 14 digits of an Egyptian national id: `C YYMMDD GG SSSS K`. */
export interface NationalId {
  /** ISO date. Undefined if the digits are not a real day of the past. */
  birthDate: string | undefined;
  /** Two-digit code of a known governorate of birth. */
  governorate: string | undefined;
  /** From digit 13: odd is male. */
  gender: 'M' | 'F';
  /** Uses the unofficial weights: a hint, never a reason to refuse. */
  hasValidCheckDigit: boolean;
}

const CENTURY_STARTS: Readonly<Record<string, number>> = { '2': 1900, '3': 2000 };
const WEIGHTS = [2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2] as const;
const ZERO = 0x30;

export function isNationalIdShaped(text: string): boolean {
  return /^\d{14}$/.test(text);
}

/** Reads 14 ASCII digits. A birth date after `nowMs` (milliseconds since 1970) is not in the past. */
export function readNationalId(digits: string, nowMs: number): NationalId {
  const governorate = digits.slice(7, 9);
  return {
    birthDate: birthDate(digits, nowMs),
    governorate: Object.hasOwn(GOVERNORATES, governorate) ? governorate : undefined,
    gender: digits.charCodeAt(12) % 2 === 1 ? 'M' : 'F',
    hasValidCheckDigit: digits.charCodeAt(13) - ZERO === nationalIdCheckDigit(digits),
  };
}

/** The check digit (0-9) that belongs to the first 13 digits. */
export function nationalIdCheckDigit(digits: string): number {
  let sum = 0;
  for (let i = 0; i < WEIGHTS.length; i++) sum += WEIGHTS[i]! * (digits.charCodeAt(i) - ZERO);
  const check = 11 - (sum % 11);
  return check > 9 ? check - 10 : check;
}

function birthDate(digits: string, nowMs: number): string | undefined {
  const century = CENTURY_STARTS[digits[0]!];
  if (century === undefined) return undefined;
  const year = century + Number(digits.slice(1, 3));
  const date = isoDate(year, Number(digits.slice(3, 5)), Number(digits.slice(5, 7)));
  return date !== undefined && !isFutureDate(date, nowMs) ? date : undefined;
}
