/** Why elements are refused (docs/contract.md), and what is done about it. */
const CAUSES = [
  'APPLICANT_ID_MISSING',
  'APPLICANT_ID_TOO_LONG',
  'APPLICANT_ID_WRONG_TYPE',
  'APPLY_FAILED',
  'DUPLICATE_KEY',
  'ELEMENT_INVALID',
  'ELEMENT_TOO_LARGE',
  'FORBIDDEN_KEY',
  'IS_UPDATE_WRONG_TYPE',
  'NOT_AN_OBJECT',
  'TOO_DEEP',
] as const;

/** OTHER: a code of a newer release. */
type Cause = (typeof CAUSES)[number] | 'OTHER';

export function causeOf(code: string): Cause {
  return CAUSES.find((cause) => cause === code) ?? 'OTHER';
}

/** Whether a patch of fields can help at all. */
export function isMendable(code: string): boolean {
  return code !== 'NOT_AN_OBJECT' && code !== 'APPLY_FAILED';
}
