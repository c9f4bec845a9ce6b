import { CATALOGUE, type ProblemCode } from '../problem/catalogue.js';
import { Problem } from '../problem/problem.js';

/**
 * Why an exchange with eNROLL failed.
 * `network`: no complete answer came. `tls`: we do not trust its certificate. `timeout`: it took too long. `status`: it
 * answered with an error. `paused`: the breaker is open. `queue`: too many requests are waiting. `cancelled`: the caller
 * left.
 */
export type FaultKind = 'network' | 'tls' | 'timeout' | 'status' | 'paused' | 'queue' | 'cancelled';

interface FaultFacts {
  /** HTTP status, for `status`. */
  status?: number | undefined;
  /** eNROLL's own error code, for `status`. */
  errorCode?: string | number | undefined;
  /** How long eNROLL asks us to wait. */
  retryAfterMs?: number | undefined;
  /** Code of the socket or TLS error, for `network` and `tls`. */
  code?: string | undefined;
}

/** A failed exchange. Holds no part of the request or answer, because they are full of PII and secrets. */
export class UpstreamFault extends Error {
  constructor(
    readonly kind: FaultKind,
    readonly facts: FaultFacts = {},
  ) {
    super([kind, facts.status, facts.code].filter((part) => part !== undefined).join(' '));
    this.name = 'UpstreamFault';
  }

  /** Worth another try at once (M9: 429, 5xx, network). A time-out is not, because it took many seconds already. */
  get passing(): boolean {
    return this.kind === 'network' || (this.kind === 'status' && (this.facts.status === 429 || this.outage));
  }

  /** Shows that eNROLL is down. Other faults are about this one request. */
  get outage(): boolean {
    if (this.kind === 'status') return (this.facts.status ?? 0) >= 500;
    return this.kind === 'network' || this.kind === 'tls' || this.kind === 'timeout';
  }
}

/** The error as it leaves the client (M9). `call` is the dialect's name of the call, e.g. `calls.image`. */
export function toProblem(error: unknown, call: string): unknown {
  if (!(error instanceof UpstreamFault)) return error;
  const { status, errorCode, retryAfterMs } = error.facts;
  const code = error.kind === 'status' ? codeOfStatus(status ?? 0) : CODES[error.kind];
  return new Problem(code, `${CATALOGUE[code][1]} (${call}${reasonOf(error)})`, {
    cause: error,
    ...(retryAfterMs !== undefined && { retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1000)) }),
    extra: { upstreamStatus: status, upstreamErrorCode: errorCode },
  });
}

const CODES: Record<Exclude<FaultKind, 'status'>, ProblemCode> = {
  timeout: 'ENROLL_TIMEOUT',
  paused: 'ENROLL_BUSY',
  queue: 'ENROLL_BUSY',
  cancelled: 'ENROLL_BUSY',
  network: 'ENROLL_UNAVAILABLE',
  tls: 'ENROLL_UNAVAILABLE',
};

function codeOfStatus(status: number): ProblemCode {
  if (status === 401) return 'ENROLL_AUTH';
  if (status === 403) return 'ENROLL_FORBIDDEN';
  if (status === 404) return 'ENROLL_NOT_FOUND';
  if (status === 429) return 'ENROLL_BUSY';
  if (status >= 500 || status === 407) return 'ENROLL_UNAVAILABLE';
  return 'ENROLL_REFUSED';
}

function reasonOf({ kind, facts: { status = 0, code } }: UpstreamFault): string {
  switch (kind) {
    case 'tls':
      return `: its certificate is not trusted, ${code}; see ENROLL_CA_FILE`;
    case 'network':
      return `: ${code ?? 'the connection was cut'}`;
    case 'paused':
      return ': it failed too often just now';
    case 'queue':
      return ': too many requests are waiting';
    case 'status':
      if (status < 300 || status > 399) return `: status ${status}`;
      return `: it redirects with ${status}; check ENROLL_BASE_URL`;
    case 'timeout':
    case 'cancelled':
      return '';
  }
}
