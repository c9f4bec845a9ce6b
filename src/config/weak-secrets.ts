/** Values from our own examples and the usual placeholders, in lower case. */
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
/** A pattern of up to this many characters or bytes that only repeats adds no strength. The last repeat may be cut off. */
const LONGEST_PATTERN = 8;
/** A prefix that programs give their secrets: `whsec_`, `rca_`. */
const PREFIX = /^[a-z]{2,6}_(?=.)/;
/** A secret of Standard Webhooks is this prefix and its bytes in base64. */
const WEBHOOK_SECRET = /^whsec_(?=.)/;
/** An id plus at most this many digits and signs (a year, a date, `!`) is not a secret. */
const MAX_TRIMMINGS = 12;

/** A known id or user, and the name of its setting. */
export interface KnownId {
  name: string;
  value: string;
}

/**
 * Why anybody can guess a secret, as a text to follow its name; undefined if they cannot.
 * @param ids known values that it must not be made of
 */
export function weaknessOf(secret: string, ids: readonly KnownId[] = []): string | undefined {
  if (secret === '') return undefined;
  if (isPublished(secret)) return 'is a published example value: set your own';
  if (isRepetitive(secret)) return 'repeats a few characters, so anybody can guess it: set your own';
  for (const { name, value } of ids) {
    if (secret.toLowerCase() === value.toLowerCase()) return `is the same as ${name}: set your own`;
    if (isMadeOf(secret, value)) return `is little more than ${name}: set your own`;
  }
  return undefined;
}

/** Whether it holds a published value, in upper or lower case. */
function isPublished(secret: string): boolean {
  const small = secret.toLowerCase();
  return PUBLISHED.some((value) => small.includes(value));
}

function isRepetitive(secret: string): boolean {
  const own = secret.replace(PREFIX, '').toLowerCase();
  const bytes = WEBHOOK_SECRET.test(secret) ? secret.replace(WEBHOOK_SECRET, '') : undefined;
  return hasPattern([...own]) || (bytes !== undefined && isRepetitiveKey(bytes));
}

/** Whether it is only the id, once or more, plus a few digits and signs. */
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

/** Whether the bytes of a key increase by a constant step (0 included) or repeat a short pattern. @param base64 the key */
export function isRepetitiveKey(base64: string): boolean {
  const bytes = [...Buffer.from(base64, 'base64')];
  if (bytes.length < 2) return false;
  const step = stepAt(bytes, 1);
  return bytes.every((_, at) => at === 0 || stepAt(bytes, at) === step) || hasPattern(bytes);
}

function stepAt(bytes: readonly number[], at: number): number {
  return ((bytes[at] ?? 0) - (bytes[at - 1] ?? 0)) & 0xff;
}
