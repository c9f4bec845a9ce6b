/** Matches everything but a normal path. Nearly all requests need only this test. */
const ODD = /^[^/]|\/\/|[%#]|.\/(?:\?|$)/;
const ORIGIN = /^https?:\/\/[^/?#]*/i;
const USER = /^(https?:\/\/)[^/?#]*@/i;
const OF_ENROLL = /^\/(oauth\/token|callbacks)(?=[/?]|$)/;
const MAX_ASKED_CHARACTERS = 512;
const UNRESERVED = /[A-Za-z0-9._~-]/;

/**
 * The one spelling of a requested URL, for the router, the hooks and the 405 table alike (A35): without origin (RFC 9112,
 * 3.2.2), double slashes and a slash at the end; letters that need no `%` are decoded (RFC 3986, 6.2.2.2). `%2F` stays, since
 * it belongs to an id. `..` stays too, or a caller could bypass a proxy that only lets `/callbacks` through. The query stays
 * as it is; a fragment, which no request may have, is removed.
 */
export function normalUrl(asked: string): string {
  if (!ODD.test(asked)) return asked;
  const end = asked.search(/[?#]/);
  const path = (end < 0 ? asked : asked.slice(0, end))
    .replace(ORIGIN, '')
    .replace(/%[0-9a-f]{2}/gi, decodeUnreserved)
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '');
  return (path === '' ? '/' : path) + (asked[end] === '?' ? asked.slice(end) : '');
}

/** Whether the percent-encoded bytes of the query are UTF-8. The router would leave others undecoded. */
export function hasReadableQuery(url: string): boolean {
  const start = url.indexOf('?');
  if (start < 0 || !url.includes('%', start)) return true;
  try {
    decodeURIComponent(url.slice(start));
    return true;
  } catch {
    return false;
  }
}

function decodeUnreserved(encoded: string): string {
  const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
  return UNRESERVED.test(character) ? character : encoded;
}

/** The URLs of eNROLL's panel, as `normalUrl` spells them. */
export const ENROLL_URLS: ReadonlyMap<string, 'token' | 'success' | 'fail' | 'any'> = new Map([
  ['/oauth/token', 'token'],
  ['/callbacks/success', 'success'],
  ['/callbacks/fail', 'fail'],
  ['/callbacks', 'any'],
] as const);

/** Whether it is what eNROLL calls: the token URL and the callbacks. @param url as `normalUrl` spells it */
export function isOfEnroll(url: string): boolean {
  return OF_ENROLL.test(url);
}

/** The URL as it was asked, for people who look for a slash too many. A query, and the user of an origin, may hold a secret. */
export function askedUrl(asked: string): string {
  return pathOf(asked.replace(USER, '$1')).slice(0, MAX_ASKED_CHARACTERS);
}

/** The path of a URL, without its query. */
export function pathOf(url: string): string {
  return url.split('?', 1)[0] as string;
}
