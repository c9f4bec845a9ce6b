import { join } from 'node:path';
import type pg from 'pg';
import { projectRoot } from '../config/root.js';
import { withClient } from './bounded-client.js';
import { type MigrationFile, migrationFiles } from './migration-files.js';
import { MIGRATIONS_TABLE, runPending } from './migration-run.js';
import { connectionOptions, ENDLESS } from './pool-options.js';

const SHIPPED = join(projectRoot, 'migrations');
const PATIENCE_MS = 300_000;

export interface MigrationStatus {
  applied: string[];
  pending: string[];
  /** Applied by a newer Rollcall. */
  unknown: string[];
  /** What those removed although this Rollcall needs it. If there is any, it does not start. */
  breaks: string[];
}

/** A newer Rollcall has migrated the database and removed something that this one needs. */
class DatabaseNewerError extends Error {
  readonly code = 'DATABASE_NEWER';
  constructor(breaks: string[]) {
    super(
      `A newer Rollcall has migrated the database, and this one cannot work beside it (${breaks.join('; ')}). ` +
        'Run that version or a later one: migrations only go forward.',
    );
  }
}

export interface MigrateOptions {
  folder?: string;
  /** Only those with these names, e.g. those that a backup was made with. */
  only?: readonly string[];
  /** Gets one line about each wait. */
  tell?: (message: string) => void;
  /** How long to wait for locks that others hold, and for another process that migrates. */
  patienceMs?: number;
}

/**
 * Brings the schema up to date while servers take callbacks. Any number of processes may call it at once: one migrates, the
 * others wait for it. Each file runs in its own transaction, unless it says otherwise (`migration-files.ts`), so a failure
 * keeps the files before it and nothing of itself.
 * @returns the names applied by this call
 * @throws DatabaseNewerError
 */
export async function migrate(
  url: string,
  { folder = SHIPPED, only, tell = () => undefined, patienceMs = PATIENCE_MS }: MigrateOptions = {},
): Promise<string[]> {
  const files = migrationFiles(folder).filter(({ name }) => only?.includes(name) ?? true);
  return withClient(optionsOf(url), async (observer) => {
    const status = await statusOf(observer, files);
    lookAtNewer(status, tell);
    const { pending } = status;
    return pending.length === 0 ? [] : runPending({ url, observer, patienceMs, tell }, files);
  });
}

/** Checks that this Rollcall may work where a newer one has migrated (CONTRIBUTING.md). @throws DatabaseNewerError */
export function lookAtNewer({ unknown, breaks }: MigrationStatus, tell: (message: string) => void): void {
  if (breaks.length > 0) throw new DatabaseNewerError(breaks);
  if (unknown.length === 0) return;
  tell(`A newer Rollcall has migrated the database (${unknown.join(', ')}); this one can work beside it.`);
}

/** Which migrations are applied and which are not. */
export async function migrationStatus(url: string, folder = SHIPPED): Promise<MigrationStatus> {
  const files = migrationFiles(folder);
  return withClient(optionsOf(url), (client) => statusOf(client, files));
}

async function statusOf(client: pg.Client, files: MigrationFile[]): Promise<MigrationStatus> {
  const all = await appliedNames(client);
  const known = files.map((file) => file.name);
  const unknown = all.filter((name) => !known.includes(name));
  return {
    applied: all.filter((name) => known.includes(name)),
    pending: known.filter((name) => !all.includes(name)),
    unknown,
    breaks: unknown.length === 0 ? [] : await breaksOf(client, unknown),
  };
}

async function breaksOf(client: pg.Client, migrations: string[]): Promise<string[]> {
  if (!(await hasTable(client, 'schema_breaks'))) return [];
  const { rows } = await client.query<{ text: string }>(
    `select migration || ': ' || breaks as text from schema_breaks where migration = any($1) order by migration`,
    [migrations],
  );
  return rows.map((row) => row.text);
}

async function appliedNames(client: pg.Client): Promise<string[]> {
  if (!(await hasTable(client, MIGRATIONS_TABLE))) return [];
  const { rows } = await client.query<{ name: string }>(`select name from ${MIGRATIONS_TABLE} order by id`);
  return rows.map((row) => row.name);
}

async function hasTable(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [
    name,
  ]);
  return rows[0]?.found === true;
}

function optionsOf(url: string) {
  return connectionOptions(url, 'rollcall-migrations', ENDLESS);
}
