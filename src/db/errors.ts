const UNAVAILABLE_ERRNO = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EADDRNOTAVAIL',
]);

/**
 * SQLSTATEs (Postgres, appendix A) that mean "not now" rather than "not this": classes 08 connection, 53 resources
 * (disk full, too many connections), 57P shutdown, 58 I/O; 57014 statement_timeout, 25006 read-only (a standby),
 * 25P03/25P04 idle and transaction time-outs.
 */
const UNAVAILABLE_STATE = /^(08|53|57P|58|57014$|25006$|25P03$|25P04$)/;

/** Messages of node-postgres and its pool, which set no code for these errors. */
const UNAVAILABLE_TEXT =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|timeout expired|Client was closed and is not queryable|Client has encountered a connection error|Cannot use a pool after calling end|The server does not support SSL)/i;

const UNSTORABLE_STATE = new Set(['22021', '22P05']);
const RETRYABLE_STATE = new Set(['40001', '40P01', '55P03']);

/** The SQLSTATE of an error of pg or TypeORM (five characters, e.g. `23505`), or undefined. */
export function sqlState(error: unknown): string | undefined {
  return chainOf(error)
    .map(codeOf)
    .find((code) => code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !UNAVAILABLE_ERRNO.has(code));
}

/**
 * The database cannot be reached, does not answer in time or cannot write now. The caller answers 503 and may try again.
 * The outcome of a COMMIT in flight is then unknown.
 */
export function isUnavailable(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return UNAVAILABLE_STATE.test(state);
  return chainOf(error).some(
    (link) => UNAVAILABLE_ERRNO.has(codeOf(link) ?? '') || UNAVAILABLE_TEXT.test(textOf(link)),
  );
}

/** The server takes no writes: a standby, a demoted primary, or `default_transaction_read_only`. */
export class ReadOnlyServerError extends Error {
  readonly code = '25006';
  constructor() {
    super('the server takes no writes: it is a standby, or read-only');
  }
}

/** A connection was closed because another one met a silent or demoted server at the same address. */
export class ConnectionLeftError extends Error {
  readonly code = 'ECONNABORTED';
  constructor() {
    super('the connection was closed: its server fell silent or takes no writes');
  }
}

/** The error concerns the server behind the address, not one connection, so no connection to it is worth keeping. */
export function tellsOfServer(error: unknown): boolean {
  return (
    sqlState(error) === '25006' || chainOf(error).some((link) => /^Query read timeout/.test(textOf(link)))
  );
}

/** A text holds U+0000, which neither `text` nor `jsonb` can store: the fault lies with the request. */
export function isUnstorable(error: unknown): boolean {
  return UNSTORABLE_STATE.has(sqlState(error) ?? '');
}

/** Serialization failure, deadlock or lock time-out: nothing was written, so the same work may be tried again at once. */
export function isRetryable(error: unknown): boolean {
  return RETRYABLE_STATE.has(sqlState(error) ?? '');
}

/** The error, the one it wraps (TypeORM's `driverError`), its causes, and the parts of an AggregateError; bounded. */
function chainOf(error: unknown, depth = 0): object[] {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  const inner = [
    'driverError' in error ? error.driverError : undefined,
    'cause' in error ? error.cause : undefined,
    ...('errors' in error && Array.isArray(error.errors) ? (error.errors as unknown[]) : []),
  ];
  return [error, ...inner.flatMap((link) => chainOf(link, depth + 1))];
}

function codeOf(link: object): string | undefined {
  return 'code' in link && typeof link.code === 'string' ? link.code : undefined;
}

function textOf(link: object): string {
  return 'message' in link && typeof link.message === 'string' ? link.message : '';
}

/** The text of an unknown error, e.g. `EROFS: read-only file system, mkdir '…'`. */
export function reasonOf(error: unknown): string {
  return (typeof error === 'object' && error !== null && textOf(error)) || String(error);
}

/** The system's name of an error (`ENOENT`) or its SQLSTATE, or undefined. */
export function errnoOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null ? codeOf(error) : undefined;
}
