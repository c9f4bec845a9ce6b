import { Problem } from '../problem/problem.js';
import type { DialectSpec } from './dialect.js';
import type { EnrolledApplicant } from './enroll-client.types.js';
import { instantOf } from './expiry.js';
import { valueAt } from './json-place.js';

type ListCall = 'applicants' | 'applicantsByDate' | 'applicantsByIds';

/**
 * The applicants of an answer, with their fields renamed to the contract's names. A list that is null is empty. One
 * applicant without a list is a list of one (A1).
 * @throws Problem ENROLL_BAD_ANSWER if there is no list
 */
export function applicantsOf(json: unknown, call: ListCall, dialect: DialectSpec): EnrolledApplicant[] {
  const place = dialect.calls[call].answer.list;
  const list = valueAt(json, place);
  if (list === null) return [];
  if (Array.isArray(list)) return list.map((item) => readApplicant(item, dialect.applicant));
  const one = readApplicant(list, dialect.applicant);
  if (one.applicantId !== undefined) return [one];
  throw new Problem('ENROLL_BAD_ANSWER', `No list at "${place}" (dialect key calls.${call}.answer.list)`);
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

/** Puts the contract's names in the place of eNROLL's. Unknown keys stay, and keys that were read elsewhere go. */
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

/** An id as text. Undefined if it is blank or missing. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
