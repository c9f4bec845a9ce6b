import { isUnavailable } from '../db/errors.js';
import { Problem } from '../problem/problem.js';

/** The codes of RFC 6749, 5.2, and ours for what it does not cover. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'unsupported_grant_type'
  | 'access_denied'
  | 'too_many_requests'
  | 'temporarily_unavailable'
  | 'server_error';

const RETRY_SECONDS = 5;

/** A refusal of the token URL. `description` is public, in ASCII (RFC 6749, 5.2), and quotes nothing of the request. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';

  constructor(
    readonly status: number,
    readonly code: OAuthErrorCode,
    readonly description: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(description);
  }
}

/** The same for every reason, so that nobody learns which ids exist (M1). */
export function invalidClient(basicUsed: boolean): OAuthError {
  return new OAuthError(
    401,
    'invalid_client',
    'Client authentication failed',
    basicUsed ? { 'www-authenticate': 'Basic realm="rollcall", charset="UTF-8"' } : {},
  );
}

export function tooManyRequests(retryAfterSeconds: number): OAuthError {
  return new OAuthError(429, 'too_many_requests', 'Too many failed requests, try again later', {
    'retry-after': String(retryAfterSeconds),
  });
}

export function methodNotAllowed(): OAuthError {
  return new OAuthError(405, 'invalid_request', 'The token endpoint takes POST alone', { allow: 'POST' });
}

/** What leaves the token URL of any error. Refusals of Fastify and of our body reader keep their status; the rest is 500. */
export function toOAuthError(error: unknown): OAuthError {
  if (error instanceof OAuthError) return error;
  if (isUnavailable(error)) return unavailable('The database does not answer');
  if (error instanceof Problem && error.status === 503) {
    return unavailable(error.title, error.options.retryAfterSeconds);
  }
  if (error instanceof Problem && error.status === 403)
    return new OAuthError(403, 'access_denied', error.title);
  const status = statusOf(error);
  if (status === undefined) return new OAuthError(500, 'server_error', 'Something went wrong on our side');
  return new OAuthError(status, 'invalid_request', DESCRIPTIONS[status] ?? 'The request cannot be read');
}

function unavailable(description: string, retryAfterSeconds = RETRY_SECONDS): OAuthError {
  const headers = { 'retry-after': String(retryAfterSeconds) };
  return new OAuthError(503, 'temporarily_unavailable', description, headers);
}

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  408: 'The body took too long to arrive',
  413: 'The body is too large',
  415: 'The body must be application/x-www-form-urlencoded, and not compressed',
};

function statusOf(error: unknown): number | undefined {
  if (error instanceof Problem) return error.status < 500 ? error.status : undefined;
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  if (typeof code !== 'string' || !code.startsWith('FST_ERR_') || typeof statusCode !== 'number')
    return undefined;
  return statusCode >= 400 && statusCode < 500 ? statusCode : undefined;
}
