import { parseBody } from '../enroll-contract/body.js';
import { FIELD_NAMES } from '../enroll-contract/types.js';
import { FORBIDDEN_KEY, MAX_ELEMENT_DEPTH } from '../enroll-contract/limits.js';
import { topLevelKeys } from '../enroll-contract/scanner.js';
import { asList, fixed, valueOf, verdictOn } from './fix.js';

const CONTRACT_KEYS = new Set(['applicantId', 'isUpdate', ...FIELD_NAMES].map((name) => name.toLowerCase()));
/** The decision about the person itself: whoever writes it decides, also where it was refused. */
const DECISION = 'status';
/** A value beyond this is what makes an element too large. */
const LARGE_VALUE_BYTES = 64 * 1024;

/**
 * The keys, in lower case, in which a patch goes beyond what the refusal of an element named: those are a decision
 * about a person, not a repair. A contract key that was given twice and is not in the patch counts too: the last value
 * would be taken without anybody's word. Pure.
 */
export function beyondRefusal(element: Buffer, patch: object): string[] {
  const patched = Object.keys(patch).map((key) => key.toLowerCase());
  const refused = refusedKeys(element, patch);
  const undecided = repeatedKeys(element).filter((key) => CONTRACT_KEYS.has(key) && !patched.includes(key));
  const beyond = patched.filter((key) => !refused.has(key) || key === DECISION);
  return [...new Set([...beyond, ...undecided])];
}

/** What stands in the way, one refusal after the other: what is behind the first shows once the patch has mended that. */
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

/** The top-level keys, in lower case, that the refusal of these bytes is about. */
function keysNamedBy(element: Buffer): string[] {
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
      return deepKeys(element);
    case 'ELEMENT_TOO_LARGE':
      return largeKeys(element);
    case 'ELEMENT_INVALID':
      // class-validator's words, which name the properties
      return verdict.reason.split(/\W+/).flatMap((word) => contractKey(word));
    default:
      return [];
  }
}

function contractKey(word: string): string[] {
  const key = word.toLowerCase();
  return CONTRACT_KEYS.has(key) ? [key] : [];
}

/** Keys that are there more than once, in any case. */
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

function deepKeys(element: Buffer): string[] {
  const value = valueOf(element);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([, inner]) => depthOf(inner) >= MAX_ELEMENT_DEPTH)
    .map(([key]) => key.toLowerCase());
}

/** Keys without which an element would be of an ordinary size. */
function largeKeys(element: Buffer): string[] {
  const value = valueOf(element);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([, inner]) => Buffer.byteLength(JSON.stringify(inner)) > LARGE_VALUE_BYTES)
    .map(([key]) => key.toLowerCase());
}

/** Levels of lists and objects. */
function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let deepest = 0;
  for (const inner of Object.values(value)) deepest = Math.max(deepest, depthOf(inner));
  return deepest + 1;
}
