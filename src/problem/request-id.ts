import { randomUUID } from 'node:crypto';
import { type IncomingMessage } from 'node:http';

/** Ids that callers may choose: long enough to be told apart, and nothing that could break a log or a header. */
const ACCEPTED = /^[A-Za-z0-9._-]{8,64}$/;

/**
 * The id under which a request is found in answers and logs: the caller's `X-Request-Id` where it has the form above,
 * else a new UUID. Given to Fastify as `genReqId`; echoed by `installProblems`.
 */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && ACCEPTED.test(given) ? given : randomUUID();
}
