import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const ISSUER = 'Rollcall';
const PERIOD_SECONDS = 30;
/** RFC 4226, 4 recommends 160 bits. */
const SECRET_BYTES = 20;
/** Clocks may differ by one step (RFC 6238, 5.2). */
const WINDOW = 1;
const RECOVERY_CODES = 10;
/** 112 bits at least, so that a fast hash will do (ASVS 6.5.2). */
const RECOVERY_BYTES = 15;
/** Crockford's base 32: no letter is read as a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

export function newTotpSecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}

/** For an authenticator app: SHA-1, six digits, 30 s, which all of them can do. */
export function otpauthUri(login: string, secret: Buffer): string {
  return totpOf(secret, login).toString();
}

/** The secret in base 32, for those who type it. */
export function secretText(secret: Buffer): string {
  return totpOf(secret).secret.base32;
}

/** The time step whose code this is, at most one away from now; undefined for any other code. */
export function stepOf(secret: Buffer, code: string, nowMs = Date.now()): number | undefined {
  const delta = totpOf(secret).validate({ token: code, timestamp: nowMs, window: WINDOW });
  return delta === null ? undefined : Math.floor(nowMs / 1000 / PERIOD_SECONDS) + delta;
}

/** Ten codes of 120 bits, in groups to be written down: `7k2m-9qtx-4hvn-0wzs-b3de-8yj6`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => grouped(base32(randomBytes(RECOVERY_BYTES))));
}

/** As it was given out, however it was typed. */
export function canonicalRecoveryCode(typed: string): string {
  const letters = typed.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
  return grouped(letters);
}

function totpOf(secret: Buffer, label = ISSUER): TOTP {
  const bytes = new Uint8Array(secret);
  return new TOTP({
    issuer: ISSUER,
    label,
    secret: new Secret({ buffer: bytes.buffer }),
    period: PERIOD_SECONDS,
  });
}

/** Every five bits are one letter. */
function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join('');
}

function grouped(letters: string): string {
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}
