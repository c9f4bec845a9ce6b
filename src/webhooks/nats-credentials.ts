import type * as Nats from '@nats-io/transport-node';

const FILE = '-----BEGIN NATS USER JWT-----';
/** What the client itself looks for, twice: the JWT and the seed. */
const BLOCK = /-{3,}BEGIN [^\n]*-{3,}\n\s*(\S+)\s*\n\s*-{3,}END [^\n]*-{3,}/g;

/** The text of a credentials file, `user:password`, or a token. */
export type NatsCredentials =
  | { kind: 'file'; text: string }
  | { kind: 'password'; user: string; password: string }
  | { kind: 'token'; token: string };

/**
 * Reads what was pasted or piped: line ends of Windows, a byte order mark and blanks at the ends are nobody's secret.
 * @returns undefined for a credentials file that lacks its JWT or its seed
 */
export function readNatsCredentials(given: string): NatsCredentials | undefined {
  const text = given
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .trim();
  if (text.includes(FILE)) {
    const isWhole = (text.match(BLOCK) ?? []).length >= 2;
    return isWhole ? { kind: 'file', text: `${text}\n` } : undefined;
  }
  const [, user, password] = /^([^:]+):(.+)$/s.exec(text) ?? [];
  if (user === undefined || password === undefined) return { kind: 'token', token: text };
  return { kind: 'password', user, password };
}

/** @throws Error for a credentials file that is not whole */
export function authenticatorOf(given: string, nats: typeof Nats): Nats.Authenticator {
  const credentials = readNatsCredentials(given);
  switch (credentials?.kind) {
    case 'file':
      return nats.credsAuthenticator(Buffer.from(credentials.text));
    case 'password':
      return nats.usernamePasswordAuthenticator(credentials.user, credentials.password);
    case 'token':
      return nats.tokenAuthenticator(credentials.token);
    case undefined:
      throw new nats.errors.AuthorizationError('the credentials file is not whole');
  }
}
