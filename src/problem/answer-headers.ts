const API = /^\/api\//;

/**
 * Headers of every answer, whoever makes it: browsers do not guess its type, keep using HTTPS, load nothing because of it,
 * show it in no frame of others and tell nobody its URL, and no cache keeps an answer of the management API: nearly all of
 * them are about persons. A page has a policy of its own.
 * @param url path, with or without a query
 * @param isHttps whether the caller came by HTTPS: over plain HTTP nobody may say HSTS (RFC 6797, 7.2)
 */
export function answerHeaders(url: string, requestId: string, isHttps: boolean): Record<string, string> {
  return {
    'x-request-id': requestId,
    'x-content-type-options': 'nosniff',
    ...(isHttps && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
    'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    ...(API.test(url) && { 'cache-control': 'no-store' }),
  };
}
