import { createHash } from 'node:crypto';

const STYLE =
  'body{font:1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem;color:#222;background:#fff}' +
  'dt{margin-top:1rem}dd{margin:0}code{font-size:.95em}';

/** Nothing is loaded, framed or sent, and no script runs; the one style is named by its hash. */
export const FRONT_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface Shown {
  /** Whether a browser may open the documentation, and the metrics. */
  docs: boolean;
  metrics: boolean;
  /** Whether `security.txt` names a contact. */
  contact: boolean;
}

/**
 * A page that links what a stranger may open here, and says nothing else: no version, no setting, no name of the organization.
 * Its links are relative, since a proxy may remove a path in front of ours.
 */
export function frontPage({ docs, metrics, contact }: Shown): string {
  const links: [isOpen: boolean, path: string, meaning: string][] = [
    [true, 'console', 'for people: see what came, put right what did not'],
    [docs, 'docs', 'the API, with examples to try'],
    [docs, 'openapi.json', 'its description, for programs'],
    [metrics, 'metrics', 'what is measured, for Prometheus'],
    [true, 'health/ready', 'whether this server takes requests'],
    [true, 'health/live', 'whether it runs, and which installation it is'],
    [true, '.well-known/jwks.json', 'the keys with which it signs'],
    [contact, '.well-known/security.txt', 'whom to tell of a weakness'],
  ];
  const shown = links.filter(([isOpen]) => isOpen);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Rollcall</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Rollcall</h1>
<p>This server takes the calls of eNROLL, which are posted by programs.</p>
<dl>
${shown.map(([, path, meaning]) => `<dt><a href="${path}">/${path}</a></dt><dd>${meaning}</dd>`).join('\n')}
</dl>
</body>
</html>
`;
}
