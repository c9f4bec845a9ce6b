const FILE = '-----BEGIN NATS USER JWT-----';
/** The pattern that the client looks for, too; a file has two such blocks, the JWT and the seed. */
const BLOCK = /-{3,}BEGIN [^\n]*-{3,}\n\s*(\S+)\s*\n\s*-{3,}END [^\n]*-{3,}/g;

/** The text of a credentials file, `user:password`, or a token. */
export type NatsCredentials =
  | { kind: 'file'; text: string }
  | { kind: 'password'; user: string; password: string }
  | { kind: 'token'; token: string };

/**
 * Reads pasted or piped text: Windows line ends, a byte order mark and blanks around it are not part of the secret.
 * @returns undefined for a credentials file without its JWT or its seed
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
