import { join } from 'node:path';
import pg from 'pg';
import { projectRoot } from '../config/root.js';
import { type MigrationFile, migrationFiles } from './migration-files.js';
import { MIGRATIONS_TABLE, runPending } from './migration-run.js';

const SHIPPED = join(projectRoot, 'migrations');
const PATIENCE_MS = 300_000;

export interface MigrationStatus {
  applied: string[];
  pending: string[];
  /** Applied by a newer Rollcall. */
  unknown: string[];
}

/** The database was migrated by a newer Rollcall; older code must not write into it. */
class DatabaseNewerError extends Error {
  readonly code = 'DATABASE_NEWER';
  constructor(unknown: string[]) {
    super(
      `The database was migrated by a newer Rollcall (${unknown.join(', ')}). ` +
        'Run that version or a later one; migrations only go forward.',
    );
  }
}

export interface MigrateOptions {
  folder?: string;
  /** Is told in one line what is waited for. */
  tell?: (message: string) => void;
  /** How long to try for locks that others hold, and to wait for another process that migrates. */
  patienceMs?: number;
}

/**
 * Brings the schema up to date, beside servers that take callbacks. Any number of processes may call it at once: one
 * migrates, the others wait for it. A file runs in a transaction of its own, unless it says otherwise
 * (`migration-files.ts`): a failure leaves the files before it applied and nothing of its own.
 * @returns the names applied by this call.
 * @throws DatabaseNewerError
 */
export async function migrate(
  url: string,
  { folder = SHIPPED, tell = () => undefined, patienceMs = PATIENCE_MS }: MigrateOptions = {},
): Promise<string[]> {
  const files = migrationFiles(folder);
  return withClient(url, async (observer) => {
    const { pending } = await statusOf(observer, files);
    return pending.length === 0 ? [] : runPending({ url, observer, patienceMs, tell }, files);
  });
}

/** What is applied and what is not. @throws DatabaseNewerError never: `unknown` tells. */
export async function migrationStatus(url: string, folder = SHIPPED): Promise<MigrationStatus> {
  const files = migrationFiles(folder);
  return withClient(url, async (client) => compare(await appliedNames(client), files));
}

async function statusOf(client: pg.Client, files: MigrationFile[]): Promise<MigrationStatus> {
  const status = compare(await appliedNames(client), files);
  if (status.unknown.length > 0) throw new DatabaseNewerError(status.unknown);
  return status;
}

function compare(applied: string[], files: MigrationFile[]): MigrationStatus {
  const known = files.map((file) => file.name);
  return {
    applied: applied.filter((name) => known.includes(name)),
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}

async function appliedNames(client: pg.Client): Promise<string[]> {
  const table = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [
    MIGRATIONS_TABLE,
  ]);
  if (table.rows[0]?.found !== true) return [];
  const { rows } = await client.query<{ name: string }>(`select name from ${MIGRATIONS_TABLE} order by id`);
  return rows.map((row) => row.name);
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5000,
    application_name: 'rollcall-migrations',
    keepAlive: true,
  });
  client.on('error', () => undefined); // the query in flight fails with the same error
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
