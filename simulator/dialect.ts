import type { IncomingHttpHeaders } from 'node:http';
import type { Entry, Session } from './book.js';
import type { CallName } from './misbehaviour.js';

/** A request as the routes of a dialect see it. */
export interface Asked {
  params: unknown;
  query: unknown;
  body: unknown;
}

export interface IssuedToken {
  token: string;
  expiresAtMs: number;
}

/** What a dialect may ask eNROLL's stand-in for; every `undefined` means "not known". */
export interface Source {
  /** @throws Refusal 401 for wrong credentials. */
  issueToken(tenantId: string, tenantSecret: string): IssuedToken;
  /**
   * Begins a session for somebody to enroll or to prove who they are; its token opens no query call.
   * @throws Refusal 401 for wrong credentials.
   */
  startSession(tenantId: string, tenantSecret: string): IssuedToken;
  /** Notes that an enrollment under these ids is to come. */
  expectEnrollment(session: Session): void;
  byApplicantId(applicantId: string): Entry | undefined;
  byRequestId(requestId: string): Entry | undefined;
  byCorrelationId(correlationId: string): Entry[];
  /** Enrolled from `fromMs` (included) to `toMs` (excluded), oldest first. */
  byDate(
    fromMs: number,
    toMs: number,
    page: { offset: number; limit: number },
  ): { entries: Entry[]; total: number };
  /** Base64. */
  image(path: string): Promise<string | undefined>;
  isPhoto(path: string): boolean;
}

/** One call in one spelling. */
export interface Route {
  call: CallName;
  method: 'GET' | 'POST';
  url: string;
  /** Tokens and sessions carry the tenant's credentials in their body instead of a token. */
  open?: boolean;
  answer(asked: Asked, source: Source): unknown;
}

/** A way to spell the query API. */
export interface Dialect {
  routes: readonly Route[];
  tokenIn(headers: IncomingHttpHeaders): string | undefined;
  errorBody(status: number, message: string): unknown;
}

/** An answer that is not 200. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
