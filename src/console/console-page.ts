import { randomBytes } from 'node:crypto';

const NONCE_BYTES = 16;

interface Settings {
  /** Path that a proxy puts in front of ours, without a slash at its end. */
  prefix: string;
  /** Whether people may log in by an identity provider. */
  singleSignOn: boolean;
}

/** The page of the console and its policy, with a nonce that no other answer has. */
export class ConsolePage {
  private readonly parts: readonly string[];

  /** @param html index.html as Vite built it */
  constructor(html: string, { prefix, singleSignOn }: Settings) {
    this.parts = html
      .replaceAll('"./assets/', `"${prefix}/console/assets/`)
      .replaceAll('{{sso}}', singleSignOn ? 'on' : 'off')
      .split('{{nonce}}');
  }

  render(): { html: string; policy: string } {
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    return { html: this.parts.join(nonce), policy: policyWith(nonce) };
  }
}

/**
 * What a browser loads and does on the page (Content-Security-Policy): our scripts, calls of this server, and the one style element
 * that Mantine makes. Images of applicants come as blobs.
 */
function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' blob:",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** What stands there instead, where only the server was built. */
export const NOT_BUILT = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Rollcall</title></head>
<body>
<h1>The console is not built</h1>
<p>The server runs, and its API works. In the server's folder, <code>npm ci &amp;&amp; npm run build</code> builds the console; then start
the server again.</p>
</body>
</html>
`;
