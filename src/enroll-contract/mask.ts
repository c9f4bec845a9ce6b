import type { ApplicantFields, FieldName } from './types.js';

/** Stands for hidden characters. Always of the same length, so that it does not reveal theirs. */
export const MASK = '•••';

const SHOWN_END = 2;
/** The end of a shorter text would be half of it. */
const MIN_LENGTH_WITH_END = 6;

/**
 * How each sensitive field is shown without the right to read PII: enough for an operator to tell two people apart and
 * to check what a caller says (initials, the last two digits), but not enough to misuse.
 */
const MASKS: { [Name in keyof ApplicantFields]?: (text: string) => string } = {
  firstName: maskName,
  familyName: maskName,
  idNumber: maskAllButEnd,
  documentNumber: maskAllButEnd,
  phoneNumbers: maskAllButEnd,
  emails: maskEmail,
  address: () => MASK,
  state: () => MASK,
};

/** Whether a contract field is shown only to those who may read PII. */
export function isSensitive(name: FieldName): boolean {
  return Object.hasOwn(MASKS, name);
}

/** The same fields with the sensitive ones masked. Absent fields stay absent. */
export function maskApplicant(fields: ApplicantFields): ApplicantFields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, maskField(name, value)]));
}

/** Unknown keys may hold anything: the names are shown, the values are not. */
export function maskExtras(extras: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(extras).map((name) => [name, MASK]));
}

/** The value of one contract field, masked if the field is sensitive. Lists are masked entry by entry. */
export function maskField(name: string, value: unknown): unknown {
  const mask = Object.hasOwn(MASKS, name) ? MASKS[name as keyof ApplicantFields] : undefined;
  if (mask === undefined || value === null || value === undefined) return value;
  if (Array.isArray(value)) return value.map((entry) => (typeof entry === 'string' ? mask(entry) : MASK));
  return typeof value === 'string' ? mask(value) : MASK;
}

/** «منى أحمد» -> «م••• أ•••» */
function maskName(text: string): string {
  return text
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map((word) => `${[...word][0] ?? ''}${MASK}`)
    .join(' ');
}

/** `29703012357788` -> `•••88` */
function maskAllButEnd(text: string): string {
  const characters = [...text];
  return characters.length < MIN_LENGTH_WITH_END ? MASK : MASK + characters.slice(-SHOWN_END).join('');
}

/** `mona@example.com` -> `m•••@•••` */
function maskEmail(text: string): string {
  const [local = '', ...rest] = text.split('@');
  return rest.length === 0 ? MASK : `${[...local][0] ?? ''}${MASK}@${MASK}`;
}
