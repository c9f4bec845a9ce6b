import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { toAsciiDigits } from './characters.js';

/** A phone number for look-up, and whether it can be dialled. */
export interface Phone {
  /** E.164, or the digits alone if they make no number, or '' without digits. */
  folded: string;
  isValid: boolean;
}

/** Country of numbers without a country code. */
const HOME_REGION = 'EG';
/** A longer text is no phone number (E.164 has 15 digits) and not worth the parser's time. */
const MAX_TEXT_LENGTH = 60;

/** Mobile numbers of Egypt, which are nearly all we see. They are valid (a property test compares with the library). */
const EGYPTIAN_MOBILE = /^(?:\+20|0020|0)(1[0125]\d{8})$/;

export function parsePhone(text: string): Phone {
  const mobile = EGYPTIAN_MOBILE.exec(text) ?? EGYPTIAN_MOBILE.exec(toAsciiDigits(text));
  return mobile ? { folded: `+20${mobile[1]}`, isValid: true } : parseByLibrary(text);
}

/** Between several numbers in one text, as people fill in forms. `27921234/5` is one number with its extension. */
const JOINED_BY = /[/\\|,;،؛\n]/;
const MIN_DIGITS = 7;
/** A longer text is not a list of somebody's numbers, and to read a thousand would hold up others. */
const MAX_JOINED_LENGTH = 200;

/** The numbers of one text: several if they are joined and each part can be dialled on its own. */
export function parsePhones(text: string): Phone[] {
  if (EGYPTIAN_MOBILE.test(text) || text.length > MAX_JOINED_LENGTH || !JOINED_BY.test(text))
    return [parsePhone(text)];
  const parts = text.split(JOINED_BY).filter((part) => part.trim() !== '');
  return parts.length > 1 && parts.every(isLikePhone) ? parts.map(parsePhone) : [parsePhone(text)];
}

export function isLikePhone(part: string): boolean {
  return (toAsciiDigits(part).match(/\d/g)?.length ?? 0) >= MIN_DIGITS;
}

/** The same text for all spellings of a phone number, for exact look-up. */
export function foldPhone(text: string): string {
  return parsePhone(text).folded;
}

/** Same result as {@link parsePhone}, without its short cut. */
export function parseByLibrary(text: string): Phone {
  if (text.length <= MAX_TEXT_LENGTH) {
    const number = parsePhoneNumberFromString(text, HOME_REGION);
    if (number) return { folded: number.number, isValid: number.isValid() };
  }
  const digits = toAsciiDigits(text).replace(/\D/g, '');
  return { folded: digits.slice(0, MAX_TEXT_LENGTH), isValid: false };
}
