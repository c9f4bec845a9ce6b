import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.js';

const NAME = 'host';
/** `uri-host [ ":" port ]` (RFC 3986, 3.2.2 and 3.2.3). The grammar allows an empty one. */
const VALID = /^(\[[\w.:%~!$&'()*+,;=-]+\]|([\w.~!$&'()*+,;=-]|%[0-9a-f]{2})*)(:\d*)?$/i;

/**
 * Refuses a request of HTTP/1.1 without `Host`, and any with several or an invalid one (RFC 9112, 3.2). Node would answer the first
 * without our headers and an id, and take the others.
 */
export function hostProblem({
  rawHeaders,
  httpVersion,
}: Pick<IncomingMessage, 'rawHeaders' | 'httpVersion'>): Problem | undefined {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!;
    if (name.length !== NAME.length || name.toLowerCase() !== NAME) continue;
    hosts += 1;
    if (hosts > 1 || !VALID.test(rawHeaders[at + 1]!))
      return refused('has more than one Host, or an invalid one');
  }
  return hosts === 0 && httpVersion === '1.1' ? refused('lacks the header Host') : undefined;
}

/** What is behind it on the connection may be meant for somebody else. */
function refused(why: string): Problem {
  return new Problem('BAD_REQUEST', `The request ${why}`, { headers: { connection: 'close' } });
}
