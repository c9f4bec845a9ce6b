import { type FastifyRequest } from 'fastify';
import { addressOf } from './address.js';

/** What the main job adds to the line of its callback; counts are elements. */
export interface CallbackFacts {
  receiptId: string | null;
  bodyBytes: number;
  received: number;
  applied: number;
  duplicates: number;
  quarantined: number;
  /** Committed, but to be applied by the job. */
  pending: boolean;
  /** A Callback-Test (M3). */
  test: boolean;
}

/** What guards, controllers and the problem filter add to the line of the request at hand. */
export interface RequestFacts {
  /** Whence it came; taken at its begin, since a connection that is gone has no address. */
  address: string;
  /** Code of the problem that was answered, or the RFC 6749 error. */
  code: string | null;
  /** Client id, or name of the API key. */
  actor: string | null;
  callback: CallbackFacts | null;
  /** A failure that is no fault: nobody is to be warned of it. */
  expected: boolean;
  written: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Use `factsOf(request)`. */
    facts: RequestFacts | null;
  }
}

/** The facts of a request, to be filled in while it is answered. */
export function factsOf(request: FastifyRequest): RequestFacts {
  request.facts ??= {
    address: addressOf(request),
    code: null,
    actor: null,
    callback: null,
    expected: false,
    written: false,
  };
  return request.facts;
}
