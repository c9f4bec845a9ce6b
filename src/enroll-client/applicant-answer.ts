import { Problem } from '../problem/problem.js';
import type { DialectSpec } from './dialect.js';
import type { EnrolledApplicant } from './enroll-client.types.js';
import { instantOf } from './expiry.js';
import { valueAt } from './json-place.js';

/**
 * The applicants of an answer, their fields renamed to the contract's names. A list that is null is empty; one
 * applicant without a list is a list of one (A1).
 * @param key The dialect's key, named in errors
 * @throws Problem ENROLL_BAD_ANSWER where there is no list
 */
export function applicantsOf(
  json: unknown,
  place: string,
  key: string,
  dialect: DialectSpec,
): EnrolledApplicant[] {
  const list = valueAt(json, place);
  if (list === null) return [];
  if (Array.isArray(list)) return list.map((item) => readApplicant(item, dialect.applicant));
  if (typeof list === 'object' && list !== null) {
    const one = readApplicant(list, dialect.applicant);
    if (one.applicantId !== undefined) return [one];
  }
  throw new Problem('ENROLL_BAD_ANSWER', `No list at "${place}" (dialect key ${key})`);
}

function readApplicant(value: unknown, spec: DialectSpec['applicant']): EnrolledApplicant {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { applicantId: undefined, element: value };
  }
  const { requestId, correlationId, enrolledAt, fields } = spec;
  const element = renamed(value, fields, [requestId, correlationId, enrolledAt?.at]);
  const text = (place: string | undefined) => place && textOf(valueAt(value, place));
  return {
    applicantId: textOf(element['applicantId']),
    element,
    requestId: text(requestId),
    correlationId: text(correlationId),
    enrolledAt: enrolledAt && instantOf(valueAt(value, enrolledAt.at), enrolledAt),
  };
}

/** The contract's names in place of eNROLL's; unknown keys stay, what was read from elsewhere goes. */
function renamed(
  value: object,
  fields: DialectSpec['applicant']['fields'],
  meta: (string | undefined)[],
): Record<string, unknown> {
  const element: Record<string, unknown> = { ...value };
  for (const place of [...Object.values(fields), ...meta]) {
    if (place !== undefined) delete element[place.split('.')[0] ?? place];
  }
  for (const [name, place] of Object.entries(fields)) {
    const found = valueAt(value, place);
    if (found !== undefined) element[name] = found;
  }
  return element;
}

/** An id as text; a blank or missing one is undefined. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
