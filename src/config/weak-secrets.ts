/** Values printed in our own examples, and the usual placeholders, in small letters. */
const PUBLISHED = [
  'change-me',
  'change_me',
  'changeme',
  'changeit',
  'replace-me',
  'replaceme',
  'placeholder',
  'demo-secret',
  'demo_secret',
  'example-secret',
  'simulated-tenant-secret',
  // the key of As
  'a'.repeat(43),
];
/** So many characters or bytes over and over, the last time perhaps not whole, are no more than those few. */
const LONGEST_PATTERN = 8;
/** What programs put before a secret that they make: `whsec_`, `rca_`. */
const PREFIX = /^[a-z]{2,6}_(?=.)/;
/** The rest of a secret of Standard Webhooks is base64 of its bytes. */
const WEBHOOK_SECRET = /^whsec_(?=.)/;
/** Beside an id, so many digits and signs make no secret: a year, a date, `!`. */
const MAX_TRIMMINGS = 12;

/** An id or user that is known, and the name of its setting. */
export interface KnownId {
  name: string;
  value: string;
}

/** What is wrong with a secret that anybody can guess, in words after its name. @param ids what is no secret beside it */
export function weaknessOf(secret: string, ids: readonly KnownId[] = []): string | undefined {
  if (secret === '') return undefined;
  if (isPublished(secret)) return 'is a published example value: set your own';
  if (isRepetitive(secret)) return 'repeats a few characters, which anybody can guess: set your own';
  for (const { name, value } of ids) {
    if (secret.toLowerCase() === value.toLowerCase()) return `is the same as ${name}: set your own`;
    if (isMadeOf(secret, value)) return `is little more than ${name}: set your own`;
  }
  return undefined;
}

/** Whether a published value is in it, in letters of any size. */
function isPublished(secret: string): boolean {
  const small = secret.toLowerCase();
  return PUBLISHED.some((value) => small.includes(value));
}

function isRepetitive(secret: string): boolean {
  const own = secret.replace(PREFIX, '').toLowerCase();
  const bytes = WEBHOOK_SECRET.test(secret) ? secret.replace(WEBHOOK_SECRET, '') : undefined;
  return hasPattern([...own]) || (bytes !== undefined && isRepetitiveKey(bytes));
}

/** Whether nothing but the id is in it, once or more, and a few digits and signs. */
function isMadeOf(secret: string, id: string): boolean {
  const parts = id === '' ? [] : secret.toLowerCase().split(id.toLowerCase());
  const rest = parts.join('');
  return parts.length > 1 && rest.length <= MAX_TRIMMINGS && !/\p{L}/u.test(rest);
}

function hasPattern(units: readonly unknown[]): boolean {
  const longest = Math.min(LONGEST_PATTERN, Math.floor(units.length / 2));
  return Array.from({ length: longest }, (_, at) => at + 1).some((length) =>
    units.every((unit, at) => at < length || unit === units[at - length]),
  );
}

/** Whether the bytes of a key go up by the same step (all the same, or counted), or repeat a few. @param base64 of them */
export function isRepetitiveKey(base64: string): boolean {
  const bytes = [...Buffer.from(base64, 'base64')];
  if (bytes.length < 2) return false;
  const step = stepAt(bytes, 1);
  return bytes.every((_, at) => at === 0 || stepAt(bytes, at) === step) || hasPattern(bytes);
}

function stepAt(bytes: readonly number[], at: number): number {
  return ((bytes[at] ?? 0) - (bytes[at - 1] ?? 0)) & 0xff;
}
