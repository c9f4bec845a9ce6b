import { CATALOGUE, type ProblemCode } from './catalogue.js';

interface ProblemOptions {
  /** Seconds, for `Retry-After`. */
  retryAfterSeconds?: number;
  /** More response headers, e.g. `WWW-Authenticate`. */
  headers?: Record<string, string>;
  /** Further members of the problem document. */
  extra?: Record<string, unknown>;
  /** Private: goes to the log, never out. */
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
}
