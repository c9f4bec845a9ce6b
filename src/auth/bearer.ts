const NAME = 'authorization';
const SCHEME = /^bearer /i;
const SCHEME_LENGTH = 'bearer '.length;

/**
 * The token of the `Authorization` header (RFC 6750, 2.1), or undefined where there is none: no header, another
 * scheme, an empty token, or more than one `Authorization` header (Node would keep the first and hide the rest). The
 * verifier judges the token itself.
 *
 * @param rawHeaders names and values in turn, as Node received them
 */
export function readBearer(rawHeaders: readonly string[]): string | undefined {
  let found: string | undefined;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length !== NAME.length || name.toLowerCase() !== NAME) continue;
    if (found !== undefined) return undefined;
    found = rawHeaders[at + 1] ?? '';
  }
  if (found === undefined || !SCHEME.test(found)) return undefined;
  const token = found.slice(SCHEME_LENGTH).trim();
  return token === '' ? undefined : token;
}

/** The header of a refusal. @param error as RFC 6750, 3 has it; none for a request without credentials (3.1) */
export function challenge(realm: string, error?: string): { headers: Record<string, string> } {
  const scheme = `Bearer realm="${realm}"`;
  return { headers: { 'WWW-Authenticate': error === undefined ? scheme : `${scheme}, ${error}` } };
}
