import { MASK, maskField } from '../enroll-contract/mask.js';
import { topLevelMembers } from '../enroll-contract/scanner.js';
import { FIELD_NAMES } from '../enroll-contract/types.js';
import { keysNamedBy } from './patch-limits.js';

export const VALUE_KINDS = ['text', 'number', 'boolean', 'null', 'list', 'object'] as const;
type ValueKind = (typeof VALUE_KINDS)[number];

/** What an element looks like: its fields in their order, repeated ones too. */
export interface MaskedElement {
  kind: ValueKind;
  fields: { name: string; kind: ValueKind; values: string[]; refused: boolean }[];
  leftOff: number;
}

const CONTRACT = new Map(
  ['applicantId', 'isUpdate', ...FIELD_NAMES].map((name) => [name.toLowerCase(), name]),
);
const MAX_FIELDS = 200;
const MAX_VALUES = 50;
const MAX_NAME_LENGTH = 100;
/** A longer one is no code, path or number: nobody knows what is in it. */
const MAX_SHOWN_LENGTH = 128;
const MAX_READ_BYTES = 64 * 1024;

/**
 * A refused element for those who may not read it: its names, what each holds, and which the refusal is about. Values are masked as those
 * of an applicant are; of names that the contract does not know, and of what is nested or long, nothing is shown. Pure.
 */
export function maskedElement(element: Buffer): MaskedElement {
  const refused = keysNamedBy(element);
  const members = topLevelMembers(element);
  const fields = members.slice(0, MAX_FIELDS).map(({ key, value }) => ({
    name: key.slice(0, MAX_NAME_LENGTH),
    kind: kindOf(value),
    values: valuesOf(CONTRACT.get(key.toLowerCase()), value),
    refused: refused.includes(key.toLowerCase()),
  }));
  return { kind: kindOf(element), fields, leftOff: members.length - fields.length };
}

function kindOf(json: Buffer): ValueKind {
  switch (json.toString('latin1', 0, 1)) {
    case '{':
      return 'object';
    case '[':
      return 'list';
    case '"':
      return 'text';
    case 't':
    case 'f':
      return 'boolean';
    case 'n':
      return 'null';
    default:
      return 'number';
  }
}

/** One for each entry of a list; none for null. */
function valuesOf(name: string | undefined, json: Buffer): string[] {
  const kind = kindOf(json);
  if (kind === 'null') return [];
  if (name === undefined || kind === 'object' || json.length > MAX_READ_BYTES) return [MASK];
  // as it was sent: a double may hold fewer digits
  if (kind === 'number') return [shown(name, json.toString('latin1'))];
  const sent = JSON.parse(json.toString('utf8')) as unknown;
  const entries: unknown[] = Array.isArray(sent) ? sent.slice(0, MAX_VALUES) : [sent];
  return entries.map((entry) => shown(name, entry));
}

function shown(name: string, value: unknown): string {
  if (typeof value === 'object') return MASK;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === '') return '';
  return text.length > MAX_SHOWN_LENGTH ? MASK : String(maskField(name, text));
}
