import { parseBody } from '../enroll-contract/body.js';
import { FIELD_NAMES } from '../enroll-contract/types.js';
import { FORBIDDEN_KEY, MAX_ELEMENT_DEPTH } from '../enroll-contract/limits.js';
import { topLevelKeys } from '../enroll-contract/scanner.js';
import { asList, fixed, valueOf, verdictOn } from './fix.js';

const CONTRACT_KEYS = new Set(['applicantId', 'isUpdate', ...FIELD_NAMES].map((name) => name.toLowerCase()));
/** The decision about the person: to write it is to decide, even if it was refused. */
const DECISION = 'status';
/** A value beyond this is what makes an element too large. */
const LARGE_VALUE_BYTES = 64 * 1024;

/**
 * The keys, in lower case, that a patch changes although the refusal did not name them: that is a decision about a person, not
 * a repair. A contract key that was sent twice and is not in the patch counts too: its last value would be taken, and nobody
 * decided that. Pure.
 */
export function beyondRefusal(element: Buffer, patch: object): string[] {
  const patched = Object.keys(patch).map((key) => key.toLowerCase());
  const refused = refusedKeys(element, patch);
  const undecided = repeatedKeys(element).filter((key) => CONTRACT_KEYS.has(key) && !patched.includes(key));
  const beyond = patched.filter((key) => !refused.has(key) || key === DECISION);
  return [...new Set([...beyond, ...undecided])];
}

/** All refused keys, one refusal after the other: the second shows only once the patch has repaired the first. */
function refusedKeys(element: Buffer, patch: object): Set<string> {
  const refused = new Set<string>();
  for (let current = element; ;) {
    const named = keysNamedBy(current).filter((key) => !refused.has(key));
    if (named.length === 0) return refused;
    for (const key of named) refused.add(key);
    const allowed = Object.entries(patch).filter(([key]) => refused.has(key.toLowerCase()));
    current = fixed(element, Object.fromEntries(allowed));
  }
}

/** The top-level keys, in lower case, that the refusal of these bytes is about. Pure. */
export function keysNamedBy(element: Buffer): string[] {
  const verdict = verdictOn(element);
  if (verdict.passes) return [];
  switch (verdict.code) {
    case 'APPLICANT_ID_MISSING':
    case 'APPLICANT_ID_TOO_LONG':
    case 'APPLICANT_ID_WRONG_TYPE':
      return ['applicantid'];
    case 'IS_UPDATE_WRONG_TYPE':
      return ['isupdate'];
    case 'DUPLICATE_KEY':
      return repeatedKeys(element);
    case 'FORBIDDEN_KEY':
      return [FORBIDDEN_KEY];
    case 'TOO_DEEP':
      return keysWhere(element, isDeep);
    case 'ELEMENT_TOO_LARGE':
      return keysWhere(element, isLarge);
    case 'ELEMENT_INVALID':
      // class-validator's words, which name the properties
      return verdict.reason
        .toLowerCase()
        .split(/\W+/)
        .filter((word) => CONTRACT_KEYS.has(word));
    default:
      return [];
  }
}

/** Keys that occur more than once, in upper or lower case. */
function repeatedKeys(element: Buffer): string[] {
  const parsed = parseBody(asList(element));
  if (!parsed.ok || parsed.elements.length !== 1) return [];
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const name of topLevelKeys(element)) {
    const key = name.toLowerCase();
    if (seen.has(key)) repeated.add(key);
    seen.add(key);
  }
  return [...repeated];
}

/** Keys with such a value. */
function keysWhere(element: Buffer, isSo: (value: unknown) => boolean): string[] {
  const value = valueOf(element);
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value).filter(([, inner]) => isSo(inner));
  return entries.map(([key]) => key.toLowerCase());
}

function isDeep(value: unknown): boolean {
  return depthOf(value) >= MAX_ELEMENT_DEPTH;
}

/** Whether an element would be of an ordinary size without it. */
function isLarge(value: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(value)) > LARGE_VALUE_BYTES;
}

/** Levels of lists and objects. */
function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let deepest = 0;
  for (const inner of Object.values(value)) deepest = Math.max(deepest, depthOf(inner));
  return deepest + 1;
}
