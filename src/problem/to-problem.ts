import { HttpException } from '@nestjs/common';
import { isUnavailable, isUnstorable } from '../db/errors.js';
import { type ProblemCode } from './catalogue.js';
import { urlNotEncoded } from './client-error.js';
import { Problem } from './problem.js';

const DATABASE_RETRY_SECONDS = 5;

/** Our code for a bare HTTP status of Nest, a pipe or Fastify. */
const CODE_OF_STATUS: Record<number, ProblemCode> = {
  401: 'TOKEN_INVALID',
  403: 'INSUFFICIENT_SCOPE',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  408: 'BODY_TOO_SLOW',
  409: 'CONFLICT',
  413: 'BODY_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
};

/** The one function that decides what of an error leaves the building. Every unknown error is `INTERNAL`. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isUnavailable(error)) {
    return new Problem('DATABASE_UNAVAILABLE', undefined, {
      cause: error,
      retryAfterSeconds: DATABASE_RETRY_SECONDS,
    });
  }
  if (isUnstorable(error)) {
    return new Problem('BAD_REQUEST', 'A text holds U+0000, which is not allowed here', { cause: error });
  }
  if (isBadUrl(error)) return urlNotEncoded();
  const status = statusOf(error);
  if (status === undefined || status < 400 || status >= 500) {
    return new Problem('INTERNAL', undefined, { cause: error });
  }
  return new Problem(CODE_OF_STATUS[status] ?? 'BAD_REQUEST', publicDetail(error), { cause: error });
}

function isBadUrl(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'FST_ERR_BAD_URL';
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  // Only Fastify's own errors (FST_ERR_*): other `statusCode`s come from libraries and mean something else.
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  return typeof code === 'string' && code.startsWith('FST_ERR_') && typeof statusCode === 'number'
    ? statusCode
    : undefined;
}

/**
 * The messages of Nest's validation name properties and limits. All other texts may quote the request (Node's JSON parser
 * quotes the body, Nest's 404 the query string), so they stay inside.
 */
function publicDetail(error: unknown): string | undefined {
  if (!(error instanceof HttpException)) return undefined;
  const answer = error.getResponse();
  const message = typeof answer === 'object' ? (answer as { message?: unknown }).message : answer;
  if (Array.isArray(message)) return message.map(String).join('; ');
  return typeof message === 'string' && message.startsWith('Validation failed (') ? message : undefined;
}
