import { accessSync, constants } from 'node:fs';

/** A connection string of this form may be shown in part. Any other is not shown at all. */
const PLAIN =
  /^(postgres(?:ql)?):\/\/(?:([^:/?#@\s]*)(?::[^/?#@\s]*)?@)?([\w.,:%[\]-]*)(\/[\w.%-]*)?(?:\?((?:[\w.]+=[^&\s]*&?)*))?$/;
const SHOWN_PARAMETERS =
  /^(host|port|dbname|sslmode|sslrootcert|application_name|target_session_attrs|connect_timeout|channel_binding)$/;
/** We add it for node-postgres. */
const OURS = 'uselibpqcompat=true';
const MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];
const FILES = ['sslrootcert', 'sslcert', 'sslkey'] as const;
const WRITABLE = /^(any|read-write|primary)$/;
const ENCODE =
  'reserved characters of a user or password (: / ? # @ %) must be percent-encoded, e.g. # as %23';

/** The connection string without its secrets, for logs and messages. A password can break every parser, so it is not parsed. */
export function redactUrl(url: string): string {
  const [, scheme, user, host = '', path = '', parameters] = PLAIN.exec(url) ?? [];
  if (scheme === undefined) return 'postgres://***';
  const given = (parameters ?? '').split('&').filter((parameter) => parameter !== OURS);
  const shown = given.map((parameter) => {
    const [name = ''] = parameter.split('=', 1);
    return SHOWN_PARAMETERS.test(name) ? parameter : '***';
  });
  const login = user === undefined ? '' : `${user}:***@`;
  return `${scheme}://${login}${host}${path}${parameters && shown.length > 0 ? `?${shown.join('&')}` : ''}`;
}

/** What is wrong with a connection string, with the fix and without its secrets; undefined if nothing is. */
export function databaseUrlFault(text: string): string | undefined {
  if (/^["']/.test(text)) return 'stands in quotes: leave them out';
  if (!/^postgres(ql)?:\/\//.test(text)) return 'must be a URL starting with postgres:// or postgresql://';
  const authority = text.replace(/^\w+:\/\//, '').replace(/[/?].*$/s, '');
  const hosts = authority.slice(authority.lastIndexOf('@') + 1);
  if (/%2c|,/i.test(hosts)) {
    return 'names several hosts: name one, that of the primary or an address that follows it';
  }
  // libpq accepts a user without a host
  const readable = [text, text.replace('@/', '@socket/')].find((form) => URL.canParse(form));
  if (readable === undefined) return `cannot be read: ${ENCODE}`;
  const url = new URL(readable);
  if (url.hash !== '' || url.pathname.includes('@') || isCut(url) || !decodes(url)) {
    return `cannot be read: ${ENCODE}`;
  }
  return parameterFault(url.searchParams);
}

/** Whether a `?` of the password was read as the start of the query: no user was found, but an `@` follows. */
function isCut({ username, search, searchParams }: URL): boolean {
  return (
    username === '' && search.includes('@') && !searchParams.has('user') && !searchParams.has('password')
  );
}

function decodes({ username, password, pathname }: URL): boolean {
  return [username, password, pathname].every((part) => decoded(part) !== undefined);
}

/** Undefined where a % encodes nothing. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function parameterFault(parameters: URLSearchParams): string | undefined {
  if (parameters.get('host')?.includes(',') === true) {
    return 'names several hosts: name one, that of the primary or an address that follows it';
  }
  const mode = parameters.get('sslmode');
  if (mode !== null && !MODES.includes(mode)) return `sslmode=${mode}: must be one of ${MODES.join(', ')}`;
  if (mode === 'verify-ca' && !parameters.has('sslrootcert')) {
    return 'sslmode=verify-ca needs sslrootcert=<PEM file of the authority>; verify-full also trusts the public ones';
  }
  if (parameters.get('sslrootcert') === 'system' && mode !== 'verify-full') {
    return 'sslrootcert=system, the public authorities, needs sslmode=verify-full';
  }
  const session = parameters.get('target_session_attrs');
  if (session !== null && !WRITABLE.test(session)) {
    return `target_session_attrs=${session}: Rollcall writes; leave it out, or use read-write`;
  }
  return FILES.map((name) => fileFault(name, parameters.get(name))).find((fault) => fault !== undefined);
}

function fileFault(name: (typeof FILES)[number], path: string | null): string | undefined {
  if (path === null || path === '' || (name === 'sslrootcert' && path === 'system')) return undefined;
  try {
    accessSync(path, constants.R_OK);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return `${name}=${path}: the file cannot be read (${code}); name a file that exists, or leave ${name} out`;
  }
}

/**
 * The connection string for node-postgres, with `sslmode` as libpq understands it: without `sslrootcert`, `require`
 * encrypts and verifies nothing. One difference remains: `allow` and `prefer` do not fall back to an unencrypted connection.
 */
export function withLibpqMeaning(text: string): string {
  const url = text
    .replace(/([?&]sslmode=)allow(?=&|$)/, '$1prefer')
    .replace(/&?\bsslrootcert=system(?=&|$)/, '');
  return /[?&]sslmode=(?!no-verify)/.test(url) ? `${url}&${OURS}` : url;
}
