import { toAsciiDigits } from './characters.js';

const FOLDED_ID = /^[0-9A-Z]*$/;
const BLANKS_AND_DASHES = /[\s\p{Pd}\p{Cf}]+/gu;
const FOLDED_EMAIL = /^[0-9a-z@._+-]*$/;
/** One @, no blanks, a domain with a dot. Takes time linear in the length of the text. */
const EMAIL = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;
const MAX_EMAIL_LENGTH = 254;

/** The same text for all spellings of an id or document number: ASCII digits, upper case, no blanks, dashes or marks. */
export function foldId(text: string): string {
  if (FOLDED_ID.test(text)) return text;
  return toAsciiDigits(text.normalize('NFKC')).replace(BLANKS_AND_DASHES, '').toUpperCase();
}

/** The same text for all spellings of an e-mail address: NFC, lower case, no blanks around it. */
export function foldEmail(text: string): string {
  return FOLDED_EMAIL.test(text) ? text : text.trim().normalize('NFC').toLowerCase();
}

export function isEmail(text: string): boolean {
  return text.length <= MAX_EMAIL_LENGTH && EMAIL.test(text);
}
