import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { toAsciiDigits } from './characters.js';

/** A phone number as it is looked up, and whether it is one that can be dialled. */
export interface Phone {
  /** E.164; the digits alone where no number can be made of it; '' without any. */
  folded: string;
  isValid: boolean;
}

/** Country of numbers that name none. */
const HOME_REGION = 'EG';
/** Longer texts are no phone number (E.164 has 15 digits) and are not worth the parser's time. */
const MAX_TEXT_LENGTH = 60;

/** Egypt's mobile numbers, nearly all there are: valid as they stand (a property test compares with the library). */
const EGYPTIAN_MOBILE = /^(?:\+20|0020|0)(1[0125]\d{8})$/;

export function parsePhone(text: string): Phone {
  const mobile = EGYPTIAN_MOBILE.exec(text) ?? EGYPTIAN_MOBILE.exec(toAsciiDigits(text));
  return mobile ? { folded: `+20${mobile[1]}`, isValid: true } : parseByLibrary(text);
}

/** Several numbers in one text, as forms have them; `27921234/5` is one with its extension. */
const JOINED_BY = /[/\\|,;،؛\n]/;
const MIN_DIGITS = 7;
/** Longer texts are no list of somebody's numbers, and reading each of a thousand would hold up others. */
const MAX_JOINED_LENGTH = 200;

/** The numbers of one text: several where they are joined, and every part could be dialled by itself. */
export function parsePhones(text: string): Phone[] {
  if (EGYPTIAN_MOBILE.test(text) || text.length > MAX_JOINED_LENGTH || !JOINED_BY.test(text))
    return [parsePhone(text)];
  const parts = text.split(JOINED_BY).filter((part) => part.trim() !== '');
  return parts.length > 1 && parts.every(isLikePhone) ? parts.map(parsePhone) : [parsePhone(text)];
}

export function isLikePhone(part: string): boolean {
  return (toAsciiDigits(part).match(/\d/g)?.length ?? 0) >= MIN_DIGITS;
}

/** One text for every spelling of a phone number, for exact look-up. */
export function foldPhone(text: string): string {
  return parsePhone(text).folded;
}

/** What {@link parsePhone} answers, without its short cut. */
export function parseByLibrary(text: string): Phone {
  if (text.length <= MAX_TEXT_LENGTH) {
    const number = parsePhoneNumberFromString(text, HOME_REGION);
    if (number) return { folded: number.number, isValid: number.isValid() };
  }
  const digits = toAsciiDigits(text).replace(/\D/g, '');
  return { folded: digits.slice(0, MAX_TEXT_LENGTH), isValid: false };
}
