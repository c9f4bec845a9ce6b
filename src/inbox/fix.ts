import { parseBody } from '../enroll-contract/body.js';
import { FORBIDDEN_KEY } from '../enroll-contract/limits.js';
import { mergePatch } from './merge-patch.js';
import { readList } from './read-elements.js';

/** Whether one element can be taken, as far as its bytes decide. */
export type Verdict = { passes: true; applicantId: string } | { passes: false; code: string; reason: string };

/** Whether the bytes of one element can be taken now. Pure. */
export function verdictOn(element: Buffer): Verdict {
  const list = readList(asList(element));
  if (!list.ok) return { passes: false, code: list.code, reason: 'the element is no JSON' };
  const [candidate] = list.candidates;
  if (candidate !== undefined) return { passes: true, applicantId: candidate.element.applicantId };
  const { code, reason } = list.refused[0] ?? { code: 'WRONG_SHAPE', reason: 'no element' };
  return { passes: false, code, reason };
}

/** The list that a replay hands to the inbox. */
export function asList(element: Buffer): Buffer {
  return Buffer.concat([Buffer.from('['), element, Buffer.from(']')]);
}

/**
 * An element with a JSON merge patch applied. Keys that are not allowed are left out: no patch can name them. Of a key
 * that is there twice the last counts. Long numbers keep their digits, as text.
 */
export function fixed(element: Buffer, patch: object): Buffer {
  return Buffer.from(JSON.stringify(mergePatch(valueOf(element), inSpellingOf(valueOf(element), patch))));
}

/** The value of one element; undefined if its bytes are no JSON. */
export function valueOf(element: Buffer): unknown {
  const parsed = parseBody(asList(element));
  const raw = parsed.ok ? parsed.elements[0] : undefined;
  if (raw !== undefined && raw.defect === undefined) return raw.value;
  try {
    return JSON.parse(element.toString('utf8'), (key, value: unknown) =>
      key === FORBIDDEN_KEY ? undefined : value,
    );
  } catch {
    return undefined;
  }
}

/** The contract takes keys in upper or lower case, so a patch does too: it replaces every spelling of its keys. */
function inSpellingOf(element: unknown, patch: object): object {
  if (typeof element !== 'object' || element === null) return patch;
  const patched = new Set(Object.keys(patch).map((key) => key.toLowerCase()));
  const others = Object.keys(element).filter(
    (key) => patched.has(key.toLowerCase()) && !Object.hasOwn(patch, key),
  );
  return { ...Object.fromEntries(others.map((key) => [key, null])), ...patch };
}
