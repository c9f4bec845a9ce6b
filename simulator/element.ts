import type { Enrollment } from './enrollment.js';

/** How an element is written: in full, loosely, or with nothing but what changed. */
export type Form = 'full' | 'sloppy' | 'partial';

/** One entry of a callback's list. */
export interface Element {
  index: number;
  revision: number;
  isUpdate: boolean;
  form: Form;
  enrollment: Enrollment;
}

const STATUS_NAMES: Record<number, string> = { 1: 'Accepted', 4: 'ManuallyAccepted', 5: 'ManuallyRejected' };

/** The element as it is written into the body; `before` is the state that a partial update starts from. */
export function wireOf(
  { isUpdate, form, enrollment }: Element,
  before?: Enrollment,
): Record<string, unknown> {
  if (form === 'sloppy') return sloppy(isUpdate, enrollment);
  if (form === 'partial' && before !== undefined) return { isUpdate, ...changesOf(enrollment, before) };
  return { isUpdate, ...enrollment };
}

function changesOf(enrollment: Enrollment, before: Enrollment): Record<string, unknown> {
  const entries = Object.entries(enrollment).map(([key, value]: [string, unknown]) => [
    key,
    key === 'applicantId' || JSON.stringify(value) !== JSON.stringify(before[key as keyof Enrollment])
      ? value
      : null,
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** The same content as a careless serializer would write it; which carelessness follows from the id. */
function sloppy(isUpdate: boolean, enrollment: Enrollment): Record<string, unknown> {
  const { applicantId, phoneNumbers, status } = enrollment;
  const way = Number.parseInt(applicantId.slice(-1), 16) % 4;
  const wire: Record<string, unknown> = { isUpdate, ...enrollment };
  wire.isUpdate = way % 2 === 0 ? String(isUpdate) : Number(isUpdate);
  wire.status = way < 2 ? String(status) : (STATUS_NAMES[status] ?? status);
  if (phoneNumbers.length === 1) wire.phoneNumbers = phoneNumbers[0];
  if (way !== 1) return wire;
  return Object.fromEntries(
    Object.entries(wire).map(([key, value]) => [`${key.charAt(0).toUpperCase()}${key.slice(1)}`, value]),
  );
}
