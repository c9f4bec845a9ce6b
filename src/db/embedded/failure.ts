/** Why there is no embedded Postgres. The message names the fix and holds no password. */
export class EmbeddedPostgresError extends Error {
  /** @param code `MISSING`: no binaries for this machine. `FAILED`: they are there, but the server does not run. */
  constructor(
    message: string,
    options?: ErrorOptions,
    readonly code: 'EMBEDDED_POSTGRES_FAILED' | 'EMBEDDED_POSTGRES_MISSING' = 'EMBEDDED_POSTGRES_FAILED',
  ) {
    super(message, options);
  }
}
