import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type pg from 'pg';
import { AbstractLogger, DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { projectRoot } from '../config/root.js';
import { BoundedClient } from './bounded-client.js';
import { reasonOf } from './errors.js';
import { connectionOptions, ENDLESS, poolOptions } from './pool-options.js';

export const MIGRATIONS_TABLE = 'schema_migrations';
const FILE = /^(\d{13})-([a-z0-9-]+)\.sql$/;
/** Any number will do, as long as every version of Rollcall uses the same one. */
const LOCK = 7_655_322_001;
const LOCK_TIMEOUT = '5min';

/** One file `migrations/<milliseconds>-<name>.sql`. */
interface MigrationFile {
  /** As TypeORM records it, e.g. `core1764000000001`. */
  name: string;
  path: string;
}

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

/**
 * Brings the schema up to date. Any number of processes may call it at once: one migrates, the others wait for it.
 * Each file runs in a transaction of its own, so a failure leaves the files before it applied and nothing of its own.
 * @returns the names applied by this call.
 * @throws DatabaseNewerError
 */
export async function migrate(url: string, folder = join(projectRoot, 'migrations')): Promise<string[]> {
  const files = migrationFiles(folder);
  return withClient(url, async (client) => {
    if ((await statusOf(client, files)).pending.length === 0) return [];
    await client.query(`set lock_timeout = '${LOCK_TIMEOUT}'`);
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const { pending } = await statusOf(client, files);
    if (pending.length > 0) await runPending(url, files);
    return pending;
  });
}

/** What is applied and what is not. @throws DatabaseNewerError never: `unknown` tells. */
export async function migrationStatus(
  url: string,
  folder = join(projectRoot, 'migrations'),
): Promise<MigrationStatus> {
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

async function runPending(url: string, files: MigrationFile[]): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    logger: new Silent(),
    installExtensions: false,
    migrationsTableName: MIGRATIONS_TABLE,
    migrationsTransactionMode: 'each',
    migrations: files.map(migrationClass),
    extra: poolOptions(url, 'rollcall-migrations', 1, ENDLESS),
  });
  await source.initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
}

/** TypeORM prints a failed migration even with logging off; the caller reports it. */
class Silent extends AbstractLogger {
  protected override writeLog(): void {
    // nothing
  }
}

/** TypeORM takes classes and runs an instance of each. */
function migrationClass(file: MigrationFile): new () => MigrationInterface {
  return class implements MigrationInterface {
    readonly name = file.name;
    async up(runner: QueryRunner): Promise<void> {
      try {
        await runner.query(readFileSync(file.path, 'utf8'));
      } catch (error) {
        throw new Error(`The migration ${basename(file.path)} failed: ${reasonOf(error)}`, { cause: error });
      }
    }
    down(): Promise<void> {
      return Promise.reject(new Error(`${file.name} cannot be taken back: migrations only go forward`));
    }
  };
}

function migrationFiles(folder: string): MigrationFile[] {
  return readdirSync(folder)
    .sort()
    .flatMap((fileName) => {
      const [, timestamp, name] = FILE.exec(fileName) ?? [];
      return timestamp === undefined || name === undefined
        ? []
        : [{ name: `${camelCase(name)}${timestamp}`, path: join(folder, fileName) }];
    });
}

function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new BoundedClient(connectionOptions(url, 'rollcall-migrations', ENDLESS));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
