import { type FastifyRequest } from 'fastify';
import { addressOf } from './address.js';

/** What the handling of a callback adds to its log line. Counts are elements. */
export interface CallbackFacts {
  receiptId: string | null;
  bodyBytes: number;
  received: number;
  applied: number;
  duplicates: number;
  quarantined: number;
  /** Committed; the job will apply it. */
  pending: boolean;
  /** A Callback-Test (M3). */
  test: boolean;
}

/** What guards, controllers and the problem filter add to the log line of a request. */
export interface RequestFacts {
  /** Of the caller. It is read at the start, since a closed connection has no address. */
  address: string;
  /** Code of the problem that was answered, or the RFC 6749 error. */
  code: string | null;
  /** Client id, or name of the API key. */
  actor: string | null;
  callback: CallbackFacts | null;
  /** Where the bytes of a refused callback are kept. */
  keptIn: string | null;
  /** The failure is expected, so it is logged without a warning. */
  expected: boolean;
  /** Strangers cause it as often as they like, so it is logged at `debug`. */
  quiet: boolean;
  written: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Use `factsOf(request)`. */
    facts: RequestFacts | null;
  }
}

/** The facts of a request, which fill up while it is answered. */
export function factsOf(request: FastifyRequest): RequestFacts {
  request.facts ??= {
    address: addressOf(request),
    code: null,
    actor: null,
    callback: null,
    keptIn: null,
    expected: false,
    quiet: false,
    written: false,
  };
  return request.facts;
}
