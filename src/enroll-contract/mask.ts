import type { ApplicantFields, FieldName } from './types.js';

/** What stands for characters that are not shown; always as many, so that a mask does not tell a length. */
export const MASK = '•••';

const SHOWN_END = 2;
/** A shorter text would be half shown by its end. */
const MIN_LENGTH_WITH_END = 6;

/**
 * How each sensitive field is shown to who may not read PII: enough for an operator to tell two people apart and to
 * check what a caller says (initials, the last two digits), not enough to use.
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

/** Whether a contract field is shown only to who may read PII. */
export function isSensitive(name: FieldName): boolean {
  return Object.hasOwn(MASKS, name);
}

/** The same fields with the sensitive ones masked; absent ones stay absent. */
export function maskApplicant(fields: ApplicantFields): ApplicantFields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, maskField(name, value)]));
}

/** Keys the contract does not know may hold anything: they are named, their values are not shown. */
export function maskExtras(extras: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(extras).map((name) => [name, MASK]));
}

/** One contract field's value, masked where the field is sensitive. Lists are masked entry by entry. */
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
