import { weaknessOf } from '../../config/weak-secrets.js';
import { Problem } from '../../problem/problem.js';
import { digestSecret, findChosen } from '../secrets.js';
import { isCommonPassword } from './common-passwords.js';

/** In characters (NIST SP 800-63B-4, 3.1.1.2: at least 15, or 8 with a second factor; no rules of composition). */
export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 256;
/** Nobody may have these in a password; ASVS 6.1.2. */
const PRODUCT_NAMES = ['rollcall', 'enroll', 'luminsoft'];
/** A login of fewer letters is in many words. */
const MIN_HELD_LENGTH = 4;

/** @throws Problem PASSWORD_REFUSED, which says why */
export function requireGoodPassword(password: string, person: { login: string; name: string }): void {
  const length = [...password.normalize('NFKC')].length;
  if (length < MIN_PASSWORD_LENGTH || length > MAX_PASSWORD_LENGTH) {
    throw refused(`has ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters, of any kind`);
  }
  const login = person.login.toLowerCase();
  const known = [
    { name: 'your login', value: login },
    { name: 'the name of your login', value: login.split('@', 1)[0] ?? '' },
    { name: 'your name', value: person.name },
    { name: 'a word that anybody tries', value: 'password' },
  ];
  const weakness = weaknessOf(password, known);
  if (weakness !== undefined) throw refused(weakness.replace(/: set your own$/, ''));
  const small = password.normalize('NFKC').toLowerCase();
  const held = [...known.slice(0, 2).map(({ value }) => value), ...PRODUCT_NAMES];
  if (held.some((word) => word.length >= MIN_HELD_LENGTH && small.includes(word)))
    throw refused('holds your login or the name of a product that anybody tries');
  if (isCommonPassword(password)) throw refused('is one of the commonest, which anybody tries');
}

/** Argon2id in PHC format. */
export async function hashPassword(password: string): Promise<string> {
  return (await digestSecret(asSecret(password))).digest;
}

/** Runs argon2 once, even where nothing is stored. */
export async function isPassword(stored: string | undefined, password: string): Promise<boolean> {
  const digests = stored === undefined ? [] : [{ kind: 'argon2id' as const, digest: stored }];
  return (await findChosen(digests, asSecret(password))) !== undefined;
}

/** One spelling, whatever the keyboard makes of it. The prefix keeps it apart from the secrets that Rollcall makes, which need no argon2. */
function asSecret(password: string): string {
  return `password:${password.normalize('NFKC')}`;
}

/** @param why as a text to follow `The password` */
export function refused(why: string): Problem {
  return new Problem('PASSWORD_REFUSED', `The password ${why}`);
}
