import type { PrintableCredentials } from './auth/boot-credentials.service.js';
import type { Config } from './config/config.js';
import type { HttpServer } from './http-server.js';

/** What to paste into eNROLL's admin panel, printed once the server listens. It shows only secrets that Rollcall made. */
export function banner(
  config: Config,
  { firstLink, ...credentials }: PrintableCredentials & { firstLink?: string },
  { port, management }: HttpServer['ports'],
): string {
  // eNROLL does not call a worker, and the public URL leads to another process
  if (config.env.ROLLCALL_ROLE === 'worker')
    return `\nRollcall is ready: a worker, with its health on port ${port}.\n\n`;
  const base = config.env.ROLLCALL_PUBLIC_URL === undefined ? config.localUrl(port) : config.publicUrl;
  const own = management === undefined ? base : config.localUrl(management);
  const api = config.env.ROLLCALL_MANAGEMENT_URL === undefined ? own : config.managementUrl;
  const lines: [string, string | undefined][] = [
    ['Success Callback URL', `${base}/callbacks/success`],
    ['Fail Callback URL', `${base}/callbacks/fail`],
    ['Token URL', `${base}/oauth/token`],
    ['Client Id', credentials.clientId],
    ['Client Secret', credentials.clientSecret],
    ['API key', credentials.apiKey],
    ['Console', `${api}/console`],
    // a fragment is sent to no server, so it stands in no log
    ['Console, once', firstLink === undefined ? undefined : `${api}/console/first#${firstLink}`],
    ['Management API', management === undefined ? undefined : api],
    // a browser cannot send an API key there
    ['API documentation', config.opens('docs') ? `${api}/docs` : undefined],
  ];
  const shown = lines.filter(([, value]) => value !== undefined);
  const width = Math.max(...shown.map(([name]) => name.length));
  return [
    '',
    'Rollcall is ready. For the callback URLs screen of eNROLL:',
    '',
    ...shown.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    '',
    '',
  ].join('\n');
}
