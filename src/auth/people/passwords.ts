import { weaknessOf } from '../../config/weak-secrets.js';
import { Problem } from '../../problem/problem.js';
import { digestSecret, findChosen } from '../secrets.js';

/** In characters (NIST SP 800-63B-4, 3.1.1.2: at least 15, or 8 with a second factor; no rules of composition). */
export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 256;
const PRODUCT_NAMES = ['rollcall', 'enroll', 'luminsoft', 'password'];

/** @throws Problem PASSWORD_REFUSED, which says why */
export function requireGoodPassword(password: string, person: { login: string; name: string }): void {
  const length = [...password.normalize('NFKC')].length;
  if (length < MIN_PASSWORD_LENGTH || length > MAX_PASSWORD_LENGTH) {
    throw refused(`has ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters, of any kind`);
  }
  const known = [
    { name: 'your login', value: person.login },
    { name: 'the name of your login', value: person.login.split('@', 1)[0] ?? '' },
    { name: 'your name', value: person.name },
    ...PRODUCT_NAMES.map((value) => ({ name: 'a name that anybody tries', value })),
  ];
  const weakness = weaknessOf(password, known);
  if (weakness !== undefined) throw refused(weakness.replace(/: set your own$/, ''));
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

function refused(why: string): Problem {
  return new Problem('PASSWORD_REFUSED', `The password ${why}`);
}
