import { randomUUID } from 'node:crypto';
import { type IncomingMessage } from 'node:http';

/** Ids that callers may choose: long enough to be distinct, and with no character that could break a log or a header. */
const ACCEPTED = /^[A-Za-z0-9._-]{8,64}$/;
/** Random hexadecimal digits, which may contain a long number by chance. */
const RANDOM = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})$/i;
/** A national id or a telephone number. The log must hold none, and lines of requests are not cleaned. */
const LONG_NUMBER = /\d([._-]?\d){9}/;

/**
 * The id of a request in answers and logs: the caller's `X-Request-Id` if it has the form above and no number of ten or
 * more digits, else a new UUID. Fastify calls it as `genReqId`; `installProblems` sends it back.
 */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && isFit(given) ? given : randomUUID();
}

function isFit(id: string): boolean {
  return ACCEPTED.test(id) && (!LONG_NUMBER.test(id) || RANDOM.test(id));
}
