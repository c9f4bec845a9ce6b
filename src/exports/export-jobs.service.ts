import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Jobs } from '../jobs/jobs.service.js';
import { ExportFiles } from './export-files.service.js';
import { ExportWriter } from './export-writer.service.js';
import { HAS_LAPSED_EXPORTS, secondsUntilExportDue } from './exports.repository.js';
import { Exports, REMOVE_EXPORTS, WRITE_EXPORTS } from './exports.service.js';

/** A snapshot cannot be resumed later, so a job may last as long as an export of everything. */
const WRITE_EXPIRE_SECONDS = 6 * 3600;
const REMOVE_EXPIRE_SECONDS = 600;
/** For anything later the schedule is early enough. */
const MAX_WAIT_SECONDS = 60;

/** Writes exports in the background, and removes what belongs to none any more. */
@Injectable()
export class ExportJobs implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly leaving = new AbortController();

  constructor(
    private readonly connection: EntityManager,
    private readonly exports: Exports,
    private readonly writer: ExportWriter,
    private readonly files: ExportFiles,
    private readonly jobs: Jobs,
  ) {
    const write = { policy: 'short', retryLimit: 2, expireSeconds: WRITE_EXPIRE_SECONDS } as const;
    jobs.work(WRITE_EXPORTS, write, (_data, { signal }) => this.write(this.untilLeft(signal)));
    jobs.everyMinute(WRITE_EXPORTS);
    jobs.onDue(HAS_LAPSED_EXPORTS, () => exports.wake());
    const remove = { policy: 'short', retryLimit: 2, expireSeconds: REMOVE_EXPIRE_SECONDS } as const;
    jobs.work(REMOVE_EXPORTS, remove, (_data, { signal }) => this.files.remove(this.untilLeft(signal)));
    jobs.everyMinute(REMOVE_EXPORTS);
  }

  onApplicationBootstrap(): void {
    if (this.jobs.works) this.exports.wake();
  }

  /** Runs before the jobs are drained: an export under way is given back at once, and nobody has to wait for it. */
  onModuleDestroy(): void {
    this.leaving.abort();
  }

  private untilLeft(jobSignal: AbortSignal): AbortSignal {
    return AbortSignal.any([jobSignal, this.leaving.signal]);
  }

  private async write(signal: AbortSignal): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    while (!signal.aborted) {
      const end = await this.writer.work(signal);
      if (end === undefined) break;
      counts[end] = (counts[end] ?? 0) + 1;
    }
    if (this.leaving.signal.aborted) return counts;
    // an unsuccessful try, this one or an earlier one, has left parts behind
    if (Object.keys(counts).length > 0) this.exports.tidy();
    const seconds = await secondsUntilExportDue(this.connection);
    if (seconds !== undefined && seconds <= MAX_WAIT_SECONDS) this.exports.wake(Math.max(0, seconds));
    return counts;
  }
}
