const API = /^\/api\//;

/**
 * Headers of every answer, whoever makes it: browsers do not guess its type and keep using HTTPS, and no cache keeps an
 * answer of the management API: nearly all of them are about persons. No controller says it again.
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
