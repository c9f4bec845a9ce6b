import type { Given } from './checks.js';

const HERE = /^(|localhost|127(\.\d+){3}|\[?::1\]?|\/.*|%2f.*)$/i;
const WITH_TLS = /[?&]ssl(mode=(?!disable)|=(?!0|false))/;

/** What goes to another host without TLS, one line each: for a network that is yours alone, and said aloud everywhere. */
export function clearTextWarnings(given: Given): string[] {
  const urls = {
    ROLLCALL_PUBLIC_URL: 'callbacks, with what is personal in them and their tokens, come in clear',
    ENROLL_BASE_URL: 'the tenant secret and what eNROLL answers go in clear',
    ROLLCALL_ALERT_WEBHOOK_URL: 'alerts go in clear',
  };
  const said = Object.entries(urls).flatMap(([name, what]) => {
    const url = parsed(given[name]);
    return url?.protocol === 'http:' && !HERE.test(url.hostname)
      ? [`${name}: ${what}, since it begins with http://; use https://`]
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
  if (typeof text !== 'string' || WITH_TLS.test(text)) return [];
  const url = parsed(text.replace('@/', '@localhost/').replace(/:\/\/\//, '://localhost/'));
  const host = url?.searchParams.get('host') ?? url?.hostname ?? '';
  if (HERE.test(host)) return [];
  return [
    `DATABASE_URL: the password and all that is kept go to ${host} in clear; add sslmode=verify-full, or at least sslmode=require`,
  ];
}

function storeWarning(store: unknown): string[] {
  const endpoint = parsed(parsed(store)?.searchParams.get('endpoint'));
  if (endpoint?.protocol !== 'http:' || HERE.test(endpoint.hostname)) return [];
  return [
    'ROLLCALL_IMAGE_STORE: its endpoint begins with http://; sealed images go there in clear, and their names',
  ];
}

/** What goes through it is tunnelled; its own password is not. */
function proxyWarning(text: unknown): string[] {
  const url = parsed(text);
  if (url?.protocol !== 'http:' || url.password === '' || HERE.test(url.hostname)) return [];
  return ['ENROLL_PROXY_URL: the password of the proxy goes there in clear, since it begins with http://'];
}

function parsed(text: unknown): URL | undefined {
  return typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
}
