import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { migrationStatus } from '../db/migrations.js';
import { isUnavailable, ReadOnlyServerError, sqlState } from '../db/errors.js';
import { Writers } from '../db/writers.js';
import { askNothing, tryToWrite } from './health.repository.js';
import { Readiness } from './readiness.js';

/** Checks for `Readiness` that the database answers, takes writes and has the schema of this version. */
@Injectable()
export class DatabaseReadiness implements OnModuleInit {
  private schemaIsCurrent = false;

  constructor(
    private readonly readiness: Readiness,
    private readonly dataSource: DataSource,
    private readonly writers: Writers,
  ) {}

  onModuleInit(): void {
    this.readiness.require('database', () => this.writes());
    this.readiness.require('reads', () => this.reads());
    this.readiness.require('migrations', () => this.migrations());
  }

  /** Writes as callbacks do, on one of their connections. */
  private async writes(): Promise<string | null> {
    try {
      await this.writers.use(tryToWrite);
      return null;
    } catch (error) {
      if (error instanceof ReadOnlyServerError || sqlState(error) === '25006')
        return 'database: it is read-only';
      return `database: ${isUnavailable(error) ? 'away' : 'it takes no rows'}`;
    }
  }

  private async reads(): Promise<string | null> {
    await askNothing(this.dataSource);
    return null;
  }

  /**
   * A current schema stays current: migrations only go forward. A schema that a newer Rollcall has migrated is no obstacle,
   * or a rolling update would remove the old replicas before the new ones serve.
   */
  private async migrations(): Promise<string | null> {
    if (this.schemaIsCurrent) return null;
    const { url } = this.dataSource.options as { url: string };
    const { pending } = await migrationStatus(url);
    this.schemaIsCurrent = pending.length === 0;
    return this.schemaIsCurrent ? null : `migrations: ${pending.length} pending, run rollcall db migrate`;
  }
}
