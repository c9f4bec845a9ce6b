import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import {
  AbstractLogger,
  DataSource,
  MigrationExecutor,
  type MigrationInterface,
  type QueryRunner,
} from 'typeorm';
import { buildIndex, concurrentIndexOf, type MigrationStatements } from './concurrent-index.js';
import { isRetryable, reasonOf } from './errors.js';
import { LockWaits } from './lock-waits.js';
import type { MigrationFile } from './migration-files.js';
import { ENDLESS, poolOptions } from './pool-options.js';

export const MIGRATIONS_TABLE = 'schema_migrations';
/** Any number works, as long as every version of Rollcall uses the same one. */
const LOCK = 7_655_322_001;
const ASK_FOR_LOCK_EVERY_MS = 500;
/**
 * While we wait for a lock on a table, every callback queues behind us. We give up before the callbacks do (3 s), and let
 * them pass before we try again.
 */
const LOCK_TIMEOUT = '1500ms';
const BREATH_MS = 3_000;

export interface MigrationRun {
  url: string;
  /** A second connection that sees what the migrating one waits for. */
  observer: pg.Client;
  /** How long to wait for locks that others hold, and for another process that migrates. */
  patienceMs: number;
  tell: (message: string) => void;
}

/**
 * Runs the pending migrations while no other process migrates. One connection runs all, and holds the lock until it ends.
 * @returns the names of the migrations it ran
 */
export async function runPending(run: MigrationRun, files: MigrationFile[]): Promise<string[]> {
  const waits = new LockWaits(run.observer, (holders) => run.tell(`The migration waits for ${holders}.`));
  const applied = new Set<string>();
  let current = '';
  const source = new DataSource({
    type: 'postgres',
    url: run.url,
    logger: new Silent(),
    installExtensions: false,
    migrationsTableName: MIGRATIONS_TABLE,
    migrations: files.map((file) =>
      migrationClass(file, async (runner) => {
        current = file.fileName;
        await runFile(new Statements(run, waits, runner), file);
        applied.add(file.name);
      }),
    ),
    extra: poolOptions(run.url, 'rollcall-migrations', 1, ENDLESS),
  });
  await source.initialize();
  const runner = source.createQueryRunner();
  try {
    waits.start(await waitForTurn(run, runner));
    const executor = new MigrationExecutor(source, runner);
    executor.transaction = 'each';
    await patiently(
      run,
      waits,
      () => current,
      () => executor.executePendingMigrations(),
    );
    return [...applied];
  } finally {
    waits.stop();
    await runner.release();
    await source.destroy();
  }
}

/**
 * Asks repeatedly: one long wait would hold a snapshot, and CREATE INDEX CONCURRENTLY waits for snapshots.
 * @returns the process id of the connection, which now holds the lock
 */
async function waitForTurn({ patienceMs, tell }: MigrationRun, runner: QueryRunner): Promise<number> {
  const deadline = performance.now() + patienceMs;
  for (let asked = 0; ; asked += 1) {
    const [{ isMine, pid }] = (await runner.query(
      'select pg_try_advisory_lock($1) as "isMine", pg_backend_pid() as pid',
      [LOCK],
    )) as [{ isMine: boolean; pid: number }];
    if (isMine) return pid;
    if (performance.now() > deadline) {
      throw new Error(
        `Another process has been migrating the database for ${patienceMs / 1000} s: check its log.`,
      );
    }
    if (asked === 0) tell('Waiting for another process, which migrates the database.');
    await setTimeout(ASK_FOR_LOCK_EVERY_MS);
  }
}

async function runFile(statements: Statements, file: MigrationFile): Promise<void> {
  try {
    for (const part of file.parts) {
      const index = file.transaction ? undefined : concurrentIndexOf(part);
      if (index !== undefined) await buildIndex(statements, index);
      else if (file.transaction) await statements.withLockTimeout(part);
      else await statements.lockPatiently(part);
    }
    if (file.breaks !== undefined) {
      await statements.query(
        'insert into schema_breaks (migration, breaks) values ($1, $2) on conflict do nothing',
        [file.name, file.breaks],
      );
    }
  } catch (error) {
    throw new Error(`The migration ${file.fileName} failed: ${reasonOf(error)}`, { cause: error });
  }
}

class Statements implements MigrationStatements {
  constructor(
    private readonly run: MigrationRun,
    private readonly waits: LockWaits,
    private readonly runner: QueryRunner,
  ) {}

  async query<Row>(sql: string, values?: unknown[]): Promise<Row[]> {
    await this.runner.query('set lock_timeout = 0');
    return (await this.runner.query(sql, values)) as Row[];
  }

  async withLockTimeout(sql: string): Promise<void> {
    await this.runner.query(`set lock_timeout = '${LOCK_TIMEOUT}'`);
    await this.runner.query(sql);
  }

  async lockPatiently(sql: string): Promise<void> {
    await patiently(
      this.run,
      this.waits,
      () => sql,
      () => this.withLockTimeout(sql),
    );
  }
}

/** Tries again after each lock time-out. The time allowed starts over when it waits for something else. */
async function patiently(
  { patienceMs, tell }: MigrationRun,
  waits: LockWaits,
  what: () => string,
  work: () => Promise<unknown>,
): Promise<void> {
  let failed: { what: string; deadline: number } | undefined;
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isRetryable(error)) throw error;
      if (failed?.what !== what()) failed = { what: what(), deadline: performance.now() + patienceMs };
      const held = waits.lastHolders === '' ? '' : `, held by ${waits.lastHolders}`;
      if (performance.now() > failed.deadline) {
        // without its cause, or `runFile`'s caller would take it for an error to try again
        throw new Error(
          `${reasonOf(error)}. No lock within ${patienceMs / 1000} s${held}: end that, or try again later.`,
        );
      }
      tell(`The migration did not get its lock${held}: it tries again.`);
      await setTimeout(BREATH_MS);
    }
  }
}

/** TypeORM prints a failed migration even with logging off; the caller reports it. */
class Silent extends AbstractLogger {
  protected override writeLog(): void {
    // nothing
  }
}

/** TypeORM takes classes and runs an instance of each. */
function migrationClass(
  { name, transaction }: MigrationFile,
  up: (runner: QueryRunner) => Promise<void>,
): new () => MigrationInterface {
  return class implements MigrationInterface {
    readonly name = name;
    readonly transaction = transaction;
    up(runner: QueryRunner): Promise<void> {
      return up(runner);
    }
    down(): Promise<void> {
      return Promise.reject(new Error(`${name} cannot be taken back: migrations only go forward`));
    }
  };
}
