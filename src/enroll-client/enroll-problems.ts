import type { ProblemCode } from '../problem/catalogue.js';

/** Problems of each endpoint that asks eNROLL (M9). To look up the API key may fail as well. */
export const ENROLL_PROBLEMS = [
  'ENROLL_AUTH',
  'ENROLL_FORBIDDEN',
  'ENROLL_REFUSED',
  'ENROLL_UNAVAILABLE',
  'ENROLL_BAD_ANSWER',
  'ENROLL_ANSWER_TOO_LARGE',
  'ENROLL_NOT_CONFIGURED',
  'ENROLL_BUSY',
  'ENROLL_TIMEOUT',
  'DATABASE_UNAVAILABLE',
] as const satisfies readonly ProblemCode[];
