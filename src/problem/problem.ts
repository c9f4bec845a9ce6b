import { CATALOGUE, type ProblemCode } from './catalogue.js';

export const MEDIA_TYPE = 'application/problem+json';

interface ProblemOptions {
  /** Seconds, for `Retry-After`. */
  retryAfterSeconds?: number;
  /** More response headers, e.g. `WWW-Authenticate`. */
  headers?: Record<string, string>;
  /** Further members of the problem document. */
  extra?: Record<string, unknown>;
  /** Private: for the log, never for the caller. */
  cause?: unknown;
}

/** A refusal with a stable code. `detail` is public and must not hold PII or secrets; `cause` is private. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;

  constructor(
    readonly code: ProblemCode,
    readonly detail?: string,
    readonly options: ProblemOptions = {},
  ) {
    super(detail ?? CATALOGUE[code][1], { cause: options.cause });
    [this.status, this.title] = CATALOGUE[code];
  }

  /**
   * The error as it leaves the building (RFC 9457, section 3), with further members in `extra`; `ProblemDto` documents it.
   * @param path of the request, without its query; undefined if it could not be read
   */
  document(path: string | undefined, requestId: string) {
    return {
      type: `urn:rollcall:problem:${this.code.toLowerCase().replaceAll('_', '-')}`,
      title: this.title,
      status: this.status,
      detail: this.detail,
      ...this.options.extra,
      code: this.code,
      instance: path,
      requestId,
    };
  }
}
