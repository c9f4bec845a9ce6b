import type { Problem } from './problem.js';

export const MEDIA_TYPE = 'application/problem+json';

/** An error as it leaves the building (RFC 9457, section 3). */
export interface ProblemDocument {
  /** `urn:rollcall:problem:` and the code in lower case; docs/errors.md lists them. */
  type: string;
  title: string;
  status: number;
  detail?: string;
  code: string;
  /** Path of the request, without its query; absent where there was none that could be read. */
  instance?: string;
  requestId: string;
  [extra: string]: unknown;
}

export function problemDocument(
  problem: Problem,
  path: string | undefined,
  requestId: string,
): ProblemDocument {
  return {
    type: `urn:rollcall:problem:${problem.code.toLowerCase().replaceAll('_', '-')}`,
    title: problem.title,
    status: problem.status,
    ...(problem.detail !== undefined && { detail: problem.detail }),
    ...problem.options.extra,
    code: problem.code,
    ...(path !== undefined && { instance: path }),
    requestId,
  };
}
