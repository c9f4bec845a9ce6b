import { isTlsFault } from '../crypto/tls-fault.js';

/** Why the other side could not be asked, or did not answer. */
export type SocketFault =
  'TIMEOUT' | 'CONNECTION_REFUSED' | 'CONNECTION_LOST' | 'DNS' | 'TLS' | 'TARGET_FORBIDDEN' | 'CANCELLED';

/** Our own patience ran out. */
export class TimedOut extends Error {
  readonly code = 'TIMEOUT';
}

/** We leave, and wait no longer. */
export class Cancelled extends Error {
  readonly code = 'ABORT_ERR';
}

export function socketFaultOf(error: unknown): SocketFault {
  const code = errnoOf(error);
  switch (code) {
    case 'TIMEOUT':
    case 'TARGET_FORBIDDEN':
      return code;
    case 'ABORT_ERR':
      return 'CANCELLED';
    case 'ECONNREFUSED':
      return 'CONNECTION_REFUSED';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return 'DNS';
    default:
      return isTlsFault(code) ? 'TLS' : 'CONNECTION_LOST';
  }
}

/** The system's name of an error; where several addresses were tried the first failure speaks for all. */
export function errnoOf(error: unknown): string {
  const one: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { code, cause } = (one ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined ? '' : errnoOf(cause);
}
