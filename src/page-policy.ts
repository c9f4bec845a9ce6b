/** What a browser shows as a page; all else is data. */
export const PAGE = /^\/docs(\/|\?|$)/;

/**
 * What browsers may load and do (Content-Security-Policy). The page of the documentation has scripts and styles as
 * files beside it, and asks this server, by its public URL too (*Execute*). It sets styles of its own in the page, and shows pictures
 * that are data, or were answered.
 */
export function policyOf(publicUrl: string): { page: string; data: string } {
  const page = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'connect-src': `'self' ${new URL(publicUrl).origin}`,
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  };
  const data = { 'default-src': "'none'", 'frame-ancestors': "'none'" };
  return { page: headerOf(page), data: headerOf(data) };
}

function headerOf(directives: Record<string, string>): string {
  return Object.entries(directives)
    .map((directive) => directive.join(' '))
    .join('; ');
}
