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
