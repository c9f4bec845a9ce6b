import { isDeepStrictEqual } from 'node:util';
import { maskField, MASK } from '../enroll-contract/mask.js';
import type { Content } from '../enroll-contract/types.js';

/** One field that differs between two versions; null stands for "not there". */
export interface Difference {
  /** Name of a contract field, or of an extra, as in `changedFields`. */
  field: string;
  from: unknown;
  to: unknown;
}

/** What changed from one content to the next, contract fields first. Without a `before` everything is new. */
export function differences(before: Content | null, after: Content): Difference[] {
  return [...differing(before?.fields ?? {}, after.fields), ...differing(before?.extras ?? {}, after.extras)];
}

/** The same differences for who may not read PII. An extra that has a contract field's name is masked whole. */
export function maskedDifferences(before: Content | null, after: Content): Difference[] {
  const mask = (found: Difference[], masked: (field: string, value: unknown) => unknown) =>
    found.map(({ field, from, to }) => ({ field, from: masked(field, from), to: masked(field, to) }));
  return [
    ...mask(differing(before?.fields ?? {}, after.fields), maskField),
    ...mask(differing(before?.extras ?? {}, after.extras), (_field, value) => (value === null ? null : MASK)),
  ];
}

function differing(before: object, after: object): Difference[] {
  const old = new Map<string, unknown>(Object.entries(before));
  const now = new Map<string, unknown>(Object.entries(after));
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((field) => ({ field, from: old.get(field) ?? null, to: now.get(field) ?? null }))
    .filter(({ from, to }) => !isDeepStrictEqual(from, to));
}
