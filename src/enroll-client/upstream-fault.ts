import { CATALOGUE, type ProblemCode } from '../problem/catalogue.js';
import { Problem } from '../problem/problem.js';

/**
 * Why an exchange with eNROLL failed.
 * `network`: no whole answer came; `tls`: its certificate is not trusted; `timeout`: ours ran out; `status`: it answered
 * with an error; `paused`: the breaker is open; `queue`: too many requests wait already; `cancelled`: the caller left.
 */
export type FaultKind = 'network' | 'tls' | 'timeout' | 'status' | 'paused' | 'queue' | 'cancelled';

interface FaultFacts {
  /** HTTP status, for `status`. */
  status?: number;
  /** eNROLL's own error code, for `status`. */
  errorCode?: string | number;
  /** How long eNROLL asks us to wait. */
  retryAfterMs?: number;
  /** Code of the socket or TLS error, for `network` and `tls`. */
  code?: string;
}

/** A failed exchange. Holds no part of request or answer, which are full of PII and secrets. */
export class UpstreamFault extends Error {
  readonly status: number | undefined;
  readonly errorCode: string | number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly code: string | undefined;

  constructor(
    readonly kind: FaultKind,
    facts: FaultFacts = {},
  ) {
    super([kind, facts.status, facts.code].filter((part) => part !== undefined).join(' '));
    this.name = 'UpstreamFault';
    this.status = facts.status;
    this.errorCode = facts.errorCode;
    this.retryAfterMs = facts.retryAfterMs;
    this.code = facts.code;
  }

  /** Worth another try at once (M9: 429, 5xx, network; not a time-out, which has cost its seconds already). */
  get passing(): boolean {
    return this.kind === 'network' || (this.kind === 'status' && (this.status === 429 || this.outage));
  }

  /** Says that eNROLL is down, as opposed to: does not like this one request. */
  get outage(): boolean {
    if (this.kind === 'status') return this.status !== undefined && this.status >= 500;
    return this.kind === 'network' || this.kind === 'tls' || this.kind === 'timeout';
  }
}

/** The error as it leaves the client (M9). `call` is the dialect's name of the call, e.g. `calls.image`. */
export function toProblem(error: unknown, call: string): unknown {
  if (!(error instanceof UpstreamFault)) return error;
  const code = codeOf(error);
  const { status, errorCode, retryAfterMs } = error;
  return new Problem(code, `${CATALOGUE[code][1]} (${call}${reasonOf(error)})`, {
    cause: error,
    ...(retryAfterMs !== undefined && { retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1000)) }),
    extra: {
      ...(status !== undefined && { upstreamStatus: status }),
      ...(errorCode !== undefined && { upstreamErrorCode: errorCode }),
    },
  });
}

function codeOf(fault: UpstreamFault): ProblemCode {
  switch (fault.kind) {
    case 'timeout':
      return 'ENROLL_TIMEOUT';
    case 'paused':
    case 'queue':
    case 'cancelled':
      return 'ENROLL_BUSY';
    case 'network':
    case 'tls':
      return 'ENROLL_UNAVAILABLE';
    case 'status':
      return codeOfStatus(fault.status ?? 0);
  }
}

function codeOfStatus(status: number): ProblemCode {
  if (status === 401) return 'ENROLL_AUTH';
  if (status === 403) return 'ENROLL_FORBIDDEN';
  if (status === 404) return 'ENROLL_NOT_FOUND';
  if (status === 429) return 'ENROLL_BUSY';
  if (status >= 500 || status === 407) return 'ENROLL_UNAVAILABLE';
  return 'ENROLL_REFUSED';
}

function reasonOf(fault: UpstreamFault): string {
  switch (fault.kind) {
    case 'tls':
      return `: its certificate is not trusted, ${fault.code}; see ENROLL_CA_FILE`;
    case 'network':
      return `: ${fault.code ?? 'the connection was cut'}`;
    case 'paused':
      return ': it failed too often just now';
    case 'queue':
      return ': too many requests wait already';
    case 'status':
      if (fault.status !== undefined && fault.status >= 300 && fault.status < 400) {
        return `: it redirects with ${fault.status}; check ENROLL_BASE_URL`;
      }
      return `: status ${fault.status}`;
    case 'timeout':
    case 'cancelled':
      return '';
  }
}
