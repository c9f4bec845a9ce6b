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
/** One to four characters over and over, the last time perhaps not whole. */
const REPEATED = /^(.{1,4}?)\1+(.{0,3})$/su;

/** What is wrong with a secret that anybody can guess, in words after its name. @param id what it goes with */
export function weaknessOf(secret: string, id?: { name: string; value: string }): string | undefined {
  if (secret === '') return undefined;
  if (isPublished(secret)) return 'is a published example value: set your own';
  if (isRepetitive(secret)) return 'repeats a few characters, which anybody can guess: set your own';
  const isId = id !== undefined && secret.toLowerCase() === id.value.toLowerCase();
  return isId ? `is the same as ${id.name}: set your own` : undefined;
}

/** Whether a published value is in it, in letters of any size. */
function isPublished(secret: string): boolean {
  const small = secret.toLowerCase();
  return PUBLISHED.some((value) => small.includes(value));
}

function isRepetitive(secret: string): boolean {
  const [, unit = '', rest = ''] = REPEATED.exec(secret.toLowerCase()) ?? [];
  return unit !== '' && unit.startsWith(rest);
}

/** Whether the bytes of a key go up by the same step: all the same, or counted. @param base64 of 32 bytes */
export function isRepetitiveKey(base64: string): boolean {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length < 2) return false;
  const step = stepAt(bytes, 1);
  return (
    bytes.every((_, at) => at === 0 || stepAt(bytes, at) === step) || isRepetitive(bytes.toString('latin1'))
  );
}

function stepAt(bytes: Buffer, at: number): number {
  return ((bytes[at] ?? 0) - (bytes[at - 1] ?? 0)) & 0xff;
}
