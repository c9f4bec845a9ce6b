import { isTlsFault } from '../crypto/tls-fault.js';

/** Why the other side could not be reached, or did not answer. */
export type SocketFault =
  'TIMEOUT' | 'CONNECTION_REFUSED' | 'CONNECTION_LOST' | 'DNS' | 'TLS' | 'TARGET_FORBIDDEN' | 'CANCELLED';

/** Our own time limit ended the attempt. */
export class TimedOut extends Error {
  readonly code = 'TIMEOUT';
}

/** We stop, and do not wait for the answer. */
export class Cancelled extends Error {
  readonly code = 'ABORT_ERR';
}

const FAULTS: Record<string, SocketFault> = {
  TIMEOUT: 'TIMEOUT',
  TARGET_FORBIDDEN: 'TARGET_FORBIDDEN',
  ABORT_ERR: 'CANCELLED',
  ECONNREFUSED: 'CONNECTION_REFUSED',
  ENOTFOUND: 'DNS',
  EAI_AGAIN: 'DNS',
  EAI_FAIL: 'DNS',
};

export function socketFaultOf(error: unknown): SocketFault {
  const code = errnoOf(error);
  return FAULTS[code] ?? (isTlsFault(code) ? 'TLS' : 'CONNECTION_LOST');
}

/** The system's name of an error. Where several addresses were tried, the first failure counts. */
export function errnoOf(error: unknown): string {
  const one: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { code, cause } = (one ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined ? '' : errnoOf(cause);
}
