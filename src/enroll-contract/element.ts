import { readApplicantId } from './applicant-id.js';
import {
  isUnstorable,
  isUnstorableDeep,
  toAsciiDigits,
  withoutUnstorable,
  withoutUnstorableDeep,
} from './characters.js';
import { LONG_LIST_ENTRIES, LONG_TEXT_LENGTH } from './limits.js';
import { isLikePhone } from './phones.js';
import { parseStatus } from './status.js';
import {
  type ApplicantFields,
  type Defect,
  type Element,
  FIELD_NAMES,
  type FieldName,
  type ListField,
  type ParsedElement,
  type TextField,
} from './types.js';

/** An element that is being read. */
class Draft {
  readonly fields: ApplicantFields = {};
  readonly extras: Record<string, unknown> = {};
  readonly nulls: FieldName[] = [];
  readonly flags: string[] = [];

  constructor(
    readonly hasEscapes: boolean,
    readonly longNumbers: ReadonlySet<string> | undefined,
  ) {}

  flag(flag: string): void {
    if (!this.flags.includes(flag)) this.flags.push(flag);
  }

  /** Keeps a value of a type that the field cannot have among the unknown keys (M6, soft). */
  setAside(name: FieldName, value: unknown): void {
    this.extras[name] = value;
    this.flag(`wrongType:${name}`);
  }

  storableExtras(): Record<string, unknown> {
    if (!this.hasEscapes || !isUnstorableDeep(this.extras)) return this.extras;
    this.flag('removedCharacters');
    return withoutUnstorableDeep(this.extras);
  }
}

type Reader = (draft: Draft, name: never, value: unknown) => void;

/** Readers of the fields that are not plain text. */
const OTHER_READERS: Partial<Record<FieldName, Reader>> = {
  phoneNumbers: readList,
  emails: readList,
  idNumber: readId,
  documentNumber: readId,
  status: readStatus,
};
const READER_BY_KEY = new Map<string, Reader>(
  FIELD_NAMES.map((name) => [name, OTHER_READERS[name] ?? readText]),
);
// the hard fields are read once all keys are known
for (const name of ['applicantId', 'isUpdate']) READER_BY_KEY.set(name, () => {});
const KEY_BY_LOWER_CASE = new Map([...READER_BY_KEY.keys()].map((key) => [key.toLowerCase(), key]));

/** Whether {@link readElement} refused. */
export function isDefect(read: Element | Defect): read is Defect {
  return 'code' in read;
}

/**
 * Reads one element as leniently as it can without guessing (M6). It is a defect if we cannot know whom the element is
 * about, or whether it is an update. Everything else is coerced, flagged or kept as an extra.
 */
export function readElement(parsed: ParsedElement): Element | Defect {
  if (parsed.defect) return parsed.defect;
  const { index, value, hasEscapes, longNumbers } = parsed;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { code: 'NOT_AN_OBJECT', reason: 'the entry is not an object' };
  }
  const draft = new Draft(hasEscapes, longNumbers);
  const source = value as Record<string, unknown>;
  if (readFields(draft, source)) return finish(index, draft, source);

  const respelled = respellKeys(source);
  if ('code' in respelled) return respelled;
  const second = new Draft(hasEscapes, longNumbers);
  second.flag('coerced:keys');
  readFields(second, respelled.source);
  return finish(index, second, respelled.source);
}

/** Stops at the first contract key that is spelled in another case: returns false, and the draft is unusable. */
function readFields(draft: Draft, source: Record<string, unknown>): boolean {
  for (const key in source) {
    const read = READER_BY_KEY.get(key);
    if (read) read(draft, key as never, source[key]);
    else if (KEY_BY_LOWER_CASE.has(key.toLowerCase())) return false;
    else draft.extras[key] = source[key];
  }
  return true;
}

function finish(index: number, draft: Draft, source: Record<string, unknown>): Element | Defect {
  const { applicantId: sentId, isUpdate: sentIsUpdate } = source;
  const applicantId = readApplicantId(sentId);
  if (typeof applicantId !== 'string') return applicantId;
  if (applicantId !== sentId) {
    if (typeof sentId === 'string' && isUnstorable(sentId)) draft.flag('removedCharacters');
    else draft.flag('coerced:applicantId');
  } else if (draft.longNumbers?.has(applicantId)) draft.flag('coerced:applicantId');

  const isUpdate = readIsUpdate(sentIsUpdate);
  if (isUpdate === undefined)
    return { code: 'IS_UPDATE_WRONG_TYPE', reason: 'isUpdate is not true or false' };
  if (typeof sentIsUpdate !== 'boolean' && !isAbsent(sentIsUpdate)) draft.flag('coerced:isUpdate');
  return {
    index,
    applicantId,
    isUpdate,
    fields: draft.fields,
    extras: draft.storableExtras(),
    nulls: draft.nulls,
    flags: draft.flags,
  };
}

function readIsUpdate(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (isAbsent(value)) return false;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  switch (String(value).trim().toLowerCase()) {
    case 'true':
    case '1':
      return true;
    case 'false':
    case '0':
      return false;
    default:
      return undefined;
  }
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** Contract keys in the contract's spelling. A defect if two spellings have different values: we cannot know which counts. */
function respellKeys(source: Record<string, unknown>): { source: Record<string, unknown> } | Defect {
  const respelled: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(source)) {
    const name = KEY_BY_LOWER_CASE.get(key.toLowerCase()) ?? key;
    if (Object.hasOwn(respelled, name) && JSON.stringify(respelled[name]) !== JSON.stringify(value)) {
      return {
        code: 'DUPLICATE_KEY',
        reason: `the key "${name}" occurs in two spellings with different values`,
      };
    }
    respelled[name] = value;
  }
  return { source: respelled };
}

function readId(draft: Draft, name: TextField, value: unknown): void {
  readText(draft, name, value, true);
}

function readText(draft: Draft, name: TextField, value: unknown, isId = false): void {
  if (typeof value === 'string') {
    const tidied = tidy(draft, name, value, isId);
    if (tidied === '') draft.nulls.push(name);
    else draft.fields[name] = tidied;
  } else if (typeof value === 'number') {
    draft.fields[name] = String(value);
    draft.flag(`coerced:${name}`);
  } else if (isNothing(value)) draft.nulls.push(name);
  else draft.setAside(name, value);
}

function isNothing(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

/** A text as we keep it: storable, trimmed, digits of ids in ASCII. Flags what it changed. */
function tidy(draft: Draft, name: FieldName, sent: string, isId: boolean): string {
  let kept = sent;
  if (draft.hasEscapes && isUnstorable(sent)) {
    kept = withoutUnstorable(sent);
    draft.flag('removedCharacters');
  }
  const trimmed = kept.trim();
  const tidied = isId ? toAsciiDigits(trimmed) : trimmed;
  if (tidied !== '' && (tidied !== kept || draft.longNumbers?.has(sent))) draft.flag(`coerced:${name}`);
  if (tidied.length > LONG_TEXT_LENGTH) draft.flag(`longText:${name}`);
  return tidied;
}

function readList(draft: Draft, name: ListField, value: unknown): void {
  if (isNothing(value)) draft.nulls.push(name);
  else if (Array.isArray(value)) keepEntries(draft, name, value, value);
  else if (typeof value === 'string' || typeof value === 'number') {
    keepEntries(draft, name, value, typeof value === 'string' ? splitJoined(name, value) : [value]);
  } else draft.setAside(name, value);
}

/** Keeps the texts among the entries and drops blank ones. Sets the others aside, or all of `value` if it keeps nothing. */
function keepEntries(draft: Draft, name: ListField, value: unknown, entries: unknown[]): void {
  const kept: string[] = [];
  const wrong: unknown[] = [];
  for (const entry of entries) {
    const text = entryText(draft, name, entry);
    if (text === undefined) wrong.push(entry);
    else if (text !== '') kept.push(text);
  }
  if (wrong.length > 0) draft.setAside(name, kept.length > 0 ? wrong : value);
  else if (kept.length === 0) draft.nulls.push(name);
  if (kept.length === 0) return;
  draft.fields[name] = kept;
  if (entries !== value || kept.length + wrong.length < entries.length) draft.flag(`coerced:${name}`);
  if (kept.length > LONG_LIST_ENTRIES) draft.flag(`longText:${name}`);
}

/** The text of one entry. '' if it is blank, undefined if it has another type. */
function entryText(draft: Draft, name: ListField, entry: unknown): string | undefined {
  if (typeof entry === 'string') return tidy(draft, name, entry, name === 'phoneNumbers');
  if (typeof entry !== 'number') return isNothing(entry) ? '' : undefined;
  draft.flag(`coerced:${name}`);
  return String(entry);
}

/** Splits a list that came as one text with commas or semicolons, but only if every part is a whole entry. */
function splitJoined(name: ListField, joined: string): string[] {
  const parts = joined.split(/[,;،؛]/).filter((part) => part.trim() !== '');
  const isWhole = name === 'emails' ? isLikeEmail : isLikePhone;
  return parts.length > 1 && parts.every(isWhole) ? parts : [joined];
}

function isLikeEmail(part: string): boolean {
  return part.includes('@');
}

function readStatus(draft: Draft, _name: 'status', value: unknown): void {
  const status = parseStatus(value);
  if (status !== undefined) {
    draft.fields.status = status;
    if (status !== value) draft.flag('coerced:status');
  } else if (isNothing(value) || (typeof value === 'string' && value.trim() === ''))
    draft.nulls.push('status');
  else draft.setAside('status', value);
}
