import type { Given } from './checks.js';

const HERE = /^(|localhost|127(\.\d+){3}|\[?::1\]?|\/.*|%2f.*)$/i;
const WITH_TLS = /[?&]ssl(mode=(?!disable)|=(?!0|false))/;

/** One warning for each thing sent to another host without TLS, or to whoever answers in its place. That may be fine in a private network, so it only warns. */
export function clearTextWarnings(given: Given): string[] {
  const urls = {
    ROLLCALL_PUBLIC_URL: 'callbacks arrive unencrypted, with personal data and tokens',
    ROLLCALL_MANAGEMENT_URL: 'people log in unencrypted, and read personal data',
    ENROLL_BASE_URL: 'the tenant secret and the answers of eNROLL are sent unencrypted',
    ROLLCALL_ALERT_WEBHOOK_URL: 'alerts are sent unencrypted',
  };
  const said = Object.entries(urls).flatMap(([name, what]) => {
    const url = parsed(given[name]);
    return url?.protocol === 'http:' && !HERE.test(url.hostname)
      ? [`${name}: ${what}, because the URL begins with http://; use https://`]
      : [];
  });
  return [
    ...databaseWarning(given.DATABASE_URL),
    ...said,
    ...storeWarning(given.ROLLCALL_IMAGE_STORE),
    ...proxyWarning(given.ENROLL_PROXY_URL),
  ];
}

function databaseWarning(text: unknown): string[] {
  if (typeof text !== 'string') return [];
  const url = parsed(text.replace('@/', '@localhost/').replace(/:\/\/\//, '://localhost/'));
  const host = url?.searchParams.get('host') ?? url?.hostname ?? '';
  if (HERE.test(host)) return [];
  if (!WITH_TLS.test(text)) {
    return [
      `DATABASE_URL: the password and all data go to ${host} unencrypted; add sslmode=verify-full, or at least sslmode=require`,
    ];
  }
  if (url !== undefined && !verifies(url.searchParams)) {
    return [`DATABASE_URL: nobody checks that it is ${host} that answers; use sslmode=verify-full`];
  }
  return [];
}

/** As libpq understands it, see `withLibpqMeaning`. */
function verifies(parameters: URLSearchParams): boolean {
  const mode = parameters.get('sslmode') ?? 'verify-full';
  return mode.startsWith('verify-') || (mode === 'require' && parameters.has('sslrootcert'));
}

function storeWarning(store: unknown): string[] {
  const endpoint = parsed(parsed(store)?.searchParams.get('endpoint'));
  if (endpoint?.protocol !== 'http:' || HERE.test(endpoint.hostname)) return [];
  return [
    'ROLLCALL_IMAGE_STORE: the endpoint begins with http://, so sealed images and their names are sent unencrypted',
  ];
}

/** The proxy tunnels our TLS, but its own password is sent as it is. */
function proxyWarning(text: unknown): string[] {
  const url = parsed(text);
  if (url?.protocol !== 'http:' || url.password === '' || HERE.test(url.hostname)) return [];
  return [
    'ENROLL_PROXY_URL: the password of the proxy is sent unencrypted, because the URL begins with http://',
  ];
}

function parsed(text: unknown): URL | undefined {
  return typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
}
