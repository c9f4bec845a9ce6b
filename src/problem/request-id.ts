import { randomUUID } from 'node:crypto';
import { type IncomingMessage } from 'node:http';

/** Ids that callers may choose: long enough to be told apart, and nothing that could break a log or a header. */
const ACCEPTED = /^[A-Za-z0-9._-]{8,64}$/;
/** Random hexadecimal digits may look like one, too. */
const RANDOM = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})$/i;
/** A national id, a telephone number: the log holds none, and lines of requests are not cleaned of them once more. */
const LONG_NUMBER = /\d([._-]?\d){9}/;

/**
 * The id under which a request is found in answers and logs: the caller's `X-Request-Id` where it has the form above
 * and holds no number of ten and more digits, else a new UUID. Given to Fastify as `genReqId`; echoed by `installProblems`.
 */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && isFit(given) ? given : randomUUID();
}

function isFit(id: string): boolean {
  return ACCEPTED.test(id) && (!LONG_NUMBER.test(id) || RANDOM.test(id));
}
