import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Config } from '../config/config.js';
import { Jobs } from '../jobs/jobs.service.js';
import { scheduledRange } from './scheduled-range.js';
import { Reconciliation, WORK_RUNS } from './reconciliation.service.js';
import { Runner } from './runner.service.js';
import { HAS_LAPSED_RUNS, insertRun, lastScheduledEnd, secondsUntilRunDue } from './runs.repository.js';

const SCHEDULED_RUN = 'reconciliation.scheduled';
/** A worker stops before its job expires; the next one continues the run. */
const WORK_SECONDS = 50;
const EXPIRE_SECONDS = 120;
/** For a longer wait the schedule is early enough. */
const MAX_WAIT_SECONDS = 60;

/** Works on runs in the background, and creates scheduled ones. */
@Injectable()
export class ReconciliationJobs implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly leaving = new AbortController();

  constructor(
    private readonly connection: EntityManager,
    private readonly reconciliation: Reconciliation,
    private readonly runner: Runner,
    jobs: Jobs,
    private readonly config: Config,
  ) {
    const options = { policy: 'short', retryLimit: 2, expireSeconds: EXPIRE_SECONDS } as const;
    jobs.work(WORK_RUNS, options, (_data, { signal }) => this.work(signal));
    jobs.everyMinute(WORK_RUNS);
    jobs.onDue(HAS_LAPSED_RUNS, () => reconciliation.configured && reconciliation.wake());
    jobs.work(SCHEDULED_RUN, { policy: 'short', retryLimit: 5 }, () => this.makeScheduledRun());
    const cron = config.env.ROLLCALL_RECONCILE_CRON;
    if (cron !== 'off') jobs.schedule(SCHEDULED_RUN, cron);
  }

  onApplicationBootstrap(): void {
    if (this.reconciliation.configured && this.config.env.ROLLCALL_ROLE !== 'api') this.reconciliation.wake();
  }

  /** Runs before the jobs are drained: the run is released at once, and shutdown does not wait for it. */
  onModuleDestroy(): void {
    this.leaving.abort();
  }

  private async work(jobSignal: AbortSignal): Promise<Record<string, number>> {
    if (!this.reconciliation.configured) return {};
    const enough = AbortSignal.timeout(WORK_SECONDS * 1000);
    const signal = AbortSignal.any([jobSignal, this.leaving.signal]);
    let runs = 0;
    while (!signal.aborted && !enough.aborted && (await this.runner.work(signal, { enough })) !== undefined)
      runs++;
    if (this.leaving.signal.aborted) return { runs };
    const seconds = await secondsUntilRunDue(this.connection);
    if (seconds !== undefined && seconds <= MAX_WAIT_SECONDS) this.reconciliation.wake(Math.max(0, seconds));
    return { runs };
  }

  /** The database keeps the schedule even after the setting is off, so the setting is checked here. */
  private async makeScheduledRun(): Promise<void> {
    if (!this.reconciliation.configured || this.config.env.ROLLCALL_RECONCILE_CRON === 'off') return;
    const range = scheduledRange(new Date(), await lastScheduledEnd(this.connection));
    await insertRun(this.connection, { ...range, trigger: 'schedule', startedBy: 'schedule', dryRun: false });
    this.reconciliation.wake();
  }
}
