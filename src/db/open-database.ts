import type { Config } from '../config/config.js';
import { withLibpqMeaning } from '../config/database-url.js';
import { EmbeddedPostgres, locateEmbedded } from './embedded/embedded-postgres.js';

export interface OpenDatabase {
  /** Connection string, with its password: not for logs. */
  url: string;
  embedded: boolean;
  /** Releases the embedded server; does nothing for any other. */
  stop(): Promise<void>;
}

/**
 * Opens `DATABASE_URL`, or starts or adopts the embedded server in `ROLLCALL_DATA_DIR`.
 * @param warn gets one line when the embedded server ended, and one when it is back
 * @throws EmbeddedPostgresError
 */
export async function openDatabase(
  config: Config,
  warn: (message: string) => void = (message) => process.stderr.write(`${message}\n`),
): Promise<OpenDatabase> {
  const given = config.env.DATABASE_URL;
  if (given !== undefined)
    return { url: withLibpqMeaning(given), embedded: false, stop: () => Promise.resolve() };
  const server = await EmbeddedPostgres.open(config.env.ROLLCALL_DATA_DIR, warn);
  return { url: server.url, embedded: true, stop: () => server.stop() };
}

/** Where the database is, if there is one. Starts and creates nothing; an embedded server may not be running. */
export function locateDatabase(config: Config): { url: string; running: boolean } | undefined {
  const given = config.env.DATABASE_URL;
  return given === undefined ? locateEmbedded(config.env.ROLLCALL_DATA_DIR) : { url: given, running: true };
}
