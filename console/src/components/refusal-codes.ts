/** Why the callback and token URLs refuse (docs/errors.md, RFC 6749). */
const REFUSALS = [
  'ADDRESS_NOT_ALLOWED',
  'ALL_ELEMENTS_REFUSED',
  'BAD_ENCODING',
  'BODY_TOO_LARGE',
  'BODY_TOO_SLOW',
  'CLIENT_CERTIFICATE_REQUIRED',
  'INSUFFICIENT_SCOPE',
  'NOT_JSON',
  'NOT_UTF8',
  'TOKEN_INVALID',
  'TOKEN_MISSING',
  'TOO_DEEP',
  'UNSUPPORTED_MEDIA_TYPE',
  'WRONG_SHAPE',
  'access_denied',
  'invalid_client',
  'invalid_request',
  'too_many_requests',
  'unsupported_grant_type',
] as const;

/** OTHER: a code that has no words here. */
type Refusal = (typeof REFUSALS)[number] | 'OTHER';

export function refusalOf(code: string): Refusal {
  return REFUSALS.find((refusal) => refusal === code) ?? 'OTHER';
}
