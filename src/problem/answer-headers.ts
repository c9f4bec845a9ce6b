const API = /^\/api\//;

/**
 * Headers of every answer, whoever makes it: its type is not guessed at, a browser that came by HTTPS comes by it again,
 * and nobody on the way keeps what the management API told.
 * @param url path, with or without a query
 */
export function answerHeaders(url: string, requestId: string): Record<string, string> {
  return {
    'x-request-id': requestId,
    'x-content-type-options': 'nosniff',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    ...(API.test(url) && { 'cache-control': 'no-store' }),
  };
}
