import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { setTimeout } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { type Db, type JobResult, PgBoss, type StopOptions } from 'pg-boss';
import type { Listener } from '../db/listen.js';
import type { Tx } from '../db/tx.js';
import type { WideEvents } from '../observability/wide-event.js';
import { within } from '../observability/within.js';
import { bossOptions, connectionOf, hearBy } from './boss.js';
import type { JobContext, Look, SendOptions, Work, WorkOptions } from './jobs.types.js';
import { declarationOf, ensureQueues, type QueueDeclaration } from './queues.js';
import { type Told, type Watch, Watching } from './watching.js';

const CAIRO = 'Africa/Cairo';
/** A stuck database must not hold up SIGTERM: both halves of the stop fit into the 10 s of M12. */
const DRAIN_MS = 4000;
const CLOSE_MS = 1500;
/** How long a sender waits for a queue that is still starting. */
const START_PATIENCE_MS = 3000;
const RETRY_MS = 1000;
/** pg-boss waits 1, 2, 4 … 30 s between tries, so this is "until stopped". */
const START_ATTEMPTS = 1_000_000;

interface Worker {
  batchSize: number;
  work: Work<object>;
}
interface Schedule {
  queue: string;
  cron: string;
  data: object;
  timeZone: string;
}

/**
 * Background jobs on pg-boss, in the schema `pgboss` of our own database. Queues and schedules are declared while the
 * app is put together (`work`, `schedule`); from then on every role may send, and every role but `api` works.
 * The start does not wait for the database: until it answers senders wait a little, then fail as with any outage.
 */
@Injectable()
export class Jobs
  implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown, OnApplicationShutdown
{
  private readonly log = new Logger('jobs');
  private readonly queues = new Map<string, QueueDeclaration>();
  private readonly workers = new Map<string, Worker>();
  private readonly schedules: Schedule[] = [];
  private readonly watches: Watch[] = [];
  private watching: Watching | undefined;
  private watched = Promise.resolve();
  private readonly boss: PgBoss;
  private readonly started: Promise<void>;
  private markStarted: () => void;
  private giveUpStart: (reason: Error) => void;
  private readonly leaving = new AbortController();
  private readonly stopping = new AbortController();
  private left: Promise<void> | undefined;
  private faults = 0;
  private isStarted = false;

  constructor(
    url: string,
    readonly works: boolean,
    private readonly events: Pick<WideEvents, 'job'>,
    listener: Listener,
  ) {
    this.started = new Promise((resolve, reject) => {
      this.markStarted = resolve;
      this.giveUpStart = reject;
    });
    this.started.catch(() => undefined); // who waits is told; that nobody does is no fault
    this.boss = new PgBoss(bossOptions(url, works));
    hearBy(listener, this.boss);
    this.boss.on('error', (error) => this.reportFault(error));
    this.boss.on('warning', (warning) => this.log.warn({ code: 'JOBS_WARNING', message: warning.message }));
  }

  /**
   * Declares queue `name` with what works its jobs off. Call it before the app is bootstrapped, in every role.
   * A job that throws is tried again, then parked in the queue `<name>.dead`.
   */
  work<Data extends object>(name: string, options: WorkOptions, work: Work<Data>): void {
    this.queues.set(name, declarationOf(name, options));
    this.workers.set(name, { batchSize: options.batchSize ?? 1, work: work as Work<object> });
  }

  /** Sends a job to `name` by cron (five fields), on the wall clock of `tz`. The last declaration wins. */
  schedule(name: string, cron: string, data: object = {}, options: { tz?: string } = {}): void {
    this.schedules.push({ queue: name, cron, data, timeZone: options.tz ?? CAIRO });
  }

  /**
   * Declares what looks again and again for something to do, in one of the processes that work. For a moment two may
   * look at once: what they find they must claim.
   */
  watch(name: string, everyMs: number, look: Look): void {
    this.watches.push({ name, everyMs, look });
  }

  /** @returns the job's id, or null where the queue's policy already holds one like it. */
  async send(name: string, data: object, options: SendOptions = {}): Promise<string | null> {
    return this.enqueue(name, data, options);
  }

  /** As `send`, as soon as there are queues, however long the start takes. Only a hint: the schedule must do without. */
  sendOnceStarted(name: string, data: object): void {
    this.ready()
      .then(() => this.send(name, data))
      .catch((error: unknown) => {
        if (!this.stopping.signal.aborted) this.log.warn({ code: 'JOB_NOT_SENT', job: name, error });
      });
  }

  /** As `send`, but the job exists only if `tx` commits. */
  async sendIn(
    tx: Tx | ClientBase,
    name: string,
    data: object,
    options: SendOptions = {},
  ): Promise<string | null> {
    return this.enqueue(name, data, options, connectionOf(tx));
  }

  /** Resolves once queues exist and workers run. */
  async ready(): Promise<void> {
    await this.started;
  }

  /** Why jobs are not done as they should be, for readiness; null while all is well or this process does none. */
  obstacle(): string | null {
    if (!this.works) return null;
    return this.isStarted ? (this.watching?.obstacle() ?? null) : 'jobs: not started';
  }

  onApplicationBootstrap(): void {
    const started = () => {
      this.isStarted = true;
      this.markStarted();
    };
    this.start().then(started, (error: unknown) => {
      if (!this.stopping.signal.aborted) this.log.error({ code: 'JOBS_NOT_STARTED', error });
    });
  }

  /** Watches end before the jobs are drained, which would wait for them. */
  onModuleDestroy(): void {
    this.leaving.abort();
  }

  /** Takes no more jobs and lets the running ones finish; sending still works for requests in flight. */
  leave(): Promise<void> {
    this.leaving.abort();
    this.stopping.abort();
    this.giveUpStart(new Error('stopped before the jobs had started'));
    return (this.left ??= this.endWork());
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.leave();
  }

  private async endWork(): Promise<void> {
    await within(DRAIN_MS, this.watched).catch(() => undefined);
    await this.stop(DRAIN_MS + 500, { close: false, graceful: true, timeout: DRAIN_MS });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stop(CLOSE_MS, { close: true, graceful: false });
  }

  private async stop(patienceMs: number, options: StopOptions): Promise<void> {
    try {
      await within(patienceMs, this.boss.stop(options));
    } catch (error) {
      this.log.warn({ code: 'JOBS_NOT_STOPPED', error });
    }
  }

  private async start(): Promise<void> {
    await this.boss.start({ attempts: START_ATTEMPTS });
    for (;;) {
      try {
        await this.declare();
        return;
      } catch (error) {
        if (this.stopping.signal.aborted) throw error;
        this.reportFault(error);
        await setTimeout(RETRY_MS, undefined, { signal: this.stopping.signal });
      }
    }
  }

  /** Brings queues, workers and schedules up; may be begun again where it broke off. */
  private async declare(): Promise<void> {
    await ensureQueues(this.boss, [...this.queues.values()]);
    if (!this.works) return;
    for (const [name, worker] of this.workers) {
      await this.startWorker(name, worker);
      this.workers.delete(name);
    }
    for (const { queue, cron, data, timeZone } of this.schedules) {
      await this.boss.schedule(queue, cron, data, { tz: timeZone });
    }
    // the version before had a schedule for each
    for (const { name } of this.watches) await this.boss.unschedule(name);
    if (this.watches.length === 0 || this.watching !== undefined) return;
    this.watching = new Watching(this.boss.getDb(), this.watches, this.leaving.signal, (...found) =>
      this.tell(...found),
    );
    this.watched = this.watching.run();
  }

  private tell(...[name, outcome, durationMs, counts, error]: Parameters<Told>): void {
    this.events.job(name, outcome, durationMs, counts);
    if (outcome === 'failed') this.log.error({ code: 'JOB_FAILED', job: name, error });
  }

  private async enqueue(name: string, data: object, options: SendOptions, db?: Db): Promise<string | null> {
    if (!this.queues.has(name)) throw new Error(`no queue is declared under the name ${name}`);
    await within(START_PATIENCE_MS, this.ready());
    const { singletonKey, startAfterSeconds = 0, priority = 0 } = options;
    return this.boss.send(name, data, {
      startAfter: startAfterSeconds,
      priority,
      ...(singletonKey !== undefined && { singletonKey }),
      ...(db !== undefined && { db }),
    });
  }

  private async startWorker(name: string, { batchSize, work }: Worker): Promise<void> {
    const options = {
      batchSize,
      perJobResults: true,
      // A notification wakes a worker once, however many jobs were sent: go on while batches are full …
      burstWhenBatchFull: true,
      // … which says nothing at batches of one, so these look again soon.
      notifyPollingIntervalSeconds: batchSize > 1 ? 30 : 2,
    } as const;
    await this.boss.work<object, unknown, typeof options>(name, options, (batch) =>
      Promise.all(batch.map((job) => this.perform(name, job.data, job, work))),
    );
  }

  private async perform(
    queue: string,
    data: object,
    { id, retryCount, signal }: JobContext,
    work: Work<object>,
  ): Promise<JobResult> {
    const startedAt = performance.now();
    try {
      const counts = await work(data, { id, retryCount, signal });
      this.events.job(queue, 'done', performance.now() - startedAt, { retryCount, ...counts });
      return { id, status: 'completed' };
    } catch (error) {
      this.events.job(queue, 'failed', performance.now() - startedAt, { retryCount });
      this.log.error({ code: 'JOB_FAILED', job: queue, jobId: id, error });
      return { id, status: 'failed', output: { error: error instanceof Error ? error.name : typeof error } };
    }
  }

  /** pg-boss reports each failed poll of each worker: powers of two tell an outage well enough. */
  private reportFault(error: unknown): void {
    this.faults += 1;
    const isPowerOfTwo = (this.faults & (this.faults - 1)) === 0;
    if (isPowerOfTwo && !this.stopping.signal.aborted) {
      // node-postgres hangs the whole client on its errors
      const message = error instanceof Error ? error.message : String(error);
      this.log.warn({ code: 'JOBS_FAULT', faults: this.faults, message });
    }
  }
}
