/** `MISSING`: no binaries for this machine. `FAILED`: they are there, but the server does not run. */
export type EmbeddedPostgresCode = 'EMBEDDED_POSTGRES_MISSING' | 'EMBEDDED_POSTGRES_FAILED';

/** Why there is no embedded Postgres; the message names the fix and holds no password. */
export class EmbeddedPostgresError extends Error {
  constructor(
    readonly code: EmbeddedPostgresCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The text of an unknown error, e.g. `EROFS: read-only file system, mkdir '…'`. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The system's name of an error (`ENOENT`), or undefined. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
