import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { answerHeaders } from './answer-headers.js';
import { MEDIA_TYPE, Problem } from './problem.js';

/** Errors of Node's HTTP parser that mean something else than "not HTTP". */
const MEANT: Record<string, () => Problem> = {
  HPE_INVALID_URL: urlNotEncoded,
  HPE_HEADER_OVERFLOW: () => new Problem('HEADERS_TOO_LARGE'),
  ERR_HTTP_REQUEST_TIMEOUT: () => new Problem('REQUEST_TOO_SLOW'),
};

/** The URL holds bytes that are not allowed in a URL, or its percent-encoded bytes are not UTF-8. */
export function urlNotEncoded(): Problem {
  return new Problem(
    'URL_NOT_ENCODED',
    'Write each non-ASCII character as the percent-encoded bytes of its UTF-8, such as %D9%85 for U+0645, and a % as %25; curl does so with -G --data-urlencode',
  );
}

/** For Fastify's `clientErrorHandler`: Node could not read this as a request. The answer repeats nothing of it. */
export function clientErrorAnswer(isHttps: boolean) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => answerClientError(error, socket, isHttps);
}

function answerClientError(error: NodeJS.ErrnoException, socket: Socket, isHttps: boolean): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) {
    const problem = MEANT[error.code ?? '']?.() ?? new Problem('BAD_REQUEST', 'This is not an HTTP request');
    const requestId = randomUUID();
    const body = JSON.stringify(problem.document(undefined, requestId));
    const headers = {
      ...answerHeaders('', requestId, isHttps),
      'cache-control': 'no-store',
      'content-type': MEDIA_TYPE,
      'content-length': String(Buffer.byteLength(body)),
      connection: 'close',
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${lines.join('')}\r\n${body}`,
    );
  }
  socket.destroy();
}
