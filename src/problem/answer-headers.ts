const API = /^\/api\//;

/**
 * Headers of every answer, whoever makes it: browsers do not guess its type, keep using HTTPS, load nothing because of it,
 * show it in no frame of others and tell nobody its URL, and no cache keeps an answer of the management API. A page has a
 * policy of its own.
 * @param url path, with or without a query
 */
export function answerHeaders(url: string, requestId: string): Record<string, string> {
  return {
    'x-request-id': requestId,
    'x-content-type-options': 'nosniff',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    ...(API.test(url) && { 'cache-control': 'no-store' }),
  };
}
