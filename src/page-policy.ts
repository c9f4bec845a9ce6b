/** What a browser shows as a page. Everything else is data: see `answerHeaders`. */
export const PAGE = /^\/docs(\/|\?|$)/;

/**
 * What browsers may load and do on a page (Content-Security-Policy). The documentation page has its scripts and styles in files beside
 * it, and calls this server, also by the URL of its API (*Execute*). It sets inline styles, and shows images from data URLs and
 * from answers.
 */
export function policyOf(apiUrl: string): string {
  return headerOf({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'connect-src': `'self' ${new URL(apiUrl).origin}`,
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  });
}

function headerOf(directives: Record<string, string>): string {
  return Object.entries(directives)
    .map((directive) => directive.join(' '))
    .join('; ');
}
