import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { setTimeout } from 'node:timers/promises';
import { type JobResult, PgBoss, type StopOptions } from 'pg-boss';
import type { Listener } from '../db/listen.js';
import type { WideEvents } from '../observability/wide-event.js';
import { within } from '../observability/within.js';
import { bossOptions, hearBy } from './boss.js';
import {
  type Declared,
  FOLLOWERS,
  type JobContext,
  type Poll,
  type SendOptions,
  type Work,
  type WorkOptions,
} from './jobs.types.js';
import { AWAKE_MS, type Condition, type DeclaredPoll, Polling, type Told } from './polling.js';
import { hasJob, notifyPolls, POLLS_CHANNEL } from './polls.repository.js';
import { declarationOf, ensureQueues, type QueueDeclaration } from './queues.js';

const CAIRO = 'Africa/Cairo';
/** A stuck database must not hold up SIGTERM: both parts of the stop fit into the 10 s of M12. */
const DRAIN_MS = 4000;
const CLOSE_MS = 1500;
/** How long a sender waits for the start. */
const START_PATIENCE_MS = 3000;
const RETRY_MS = 1000;
const MINUTE_MS = 60_000;
/** Rare, because the beat of the polls wakes the workers that have a job. */
const POLL_QUEUE_SECONDS = 300;
/** Polls that are woken stay awake for twice this time. */
const WAKE_EVERY_MS = AWAKE_MS / 2;
/** pg-boss waits 1, 2, 4 … 30 s between tries, so this means "until stopped". */
const START_ATTEMPTS = 1_000_000;

/**
 * Background jobs on pg-boss, in the schema `pgboss` of our own database. Queues, schedules and polls are declared before the
 * app is bootstrapped. After that every role may send jobs, and every role but `api` works them off. The start does not wait
 * for the database: until it answers, senders wait a little, then fail as in any outage.
 */
@Injectable()
export class Jobs
  implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown, OnApplicationShutdown
{
  private readonly log = new Logger('jobs');
  private readonly queues = new Map<string, QueueDeclaration>();
  private readonly workers = new Map<string, Work<object>>();
  private readonly schedules = new Map<string, string>();
  private readonly polls: DeclaredPoll[] = [];
  private readonly conditions: Condition[] = [];
  private polling: Polling | undefined;
  private polled = Promise.resolve();
  private wokeMs = -Infinity;
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
    private readonly listener: Listener,
  ) {
    this.started = new Promise((resolve, reject) => {
      this.markStarted = resolve;
      this.giveUpStart = reject;
    });
    this.started.catch(() => undefined); // whoever waits gets the error; maybe nobody does
    this.boss = new PgBoss(bossOptions(url, works));
    hearBy(listener, this.boss);
    this.boss.on('error', (error) => this.reportFault(error));
    this.boss.on('warning', (warning) => this.log.warn({ code: 'JOBS_WARNING', message: warning.message }));
  }

  /**
   * Declares the queue `name` and the work that its jobs do. Call it before the app is bootstrapped, in every role.
   * A job that throws is tried again, then moved to the queue `<name>.dead`.
   */
  work<Data extends object>(name: string, options: WorkOptions, work: Work<Data>): void {
    this.queues.set(name, declarationOf(name, options));
    this.workers.set(name, work as Work<object>);
  }

  /** Sends a job to `name` by cron (five fields), on the clock of Cairo. */
  schedule(name: string, cron: string): void {
    this.schedules.set(name, cron);
  }

  /** Does the work of the queue `name` every minute, in one process. A job each time would cost six statements. */
  everyMinute(name: string): void {
    const work = this.workers.get(name);
    let isFirst = true;
    this.poll(name, MINUTE_MS, async () => {
      // a start has enough to do; and what is begun goes on if another process takes the poll over
      const counts = isFirst ? undefined : await work?.({}, { retryCount: 0, signal: this.leaving.signal });
      isFirst = false;
      return { counts: counts ?? {} };
    });
  }

  /**
   * Declares a poll for something to do. It runs in one of the processes that work; for a moment two may run, so they must
   * claim what they find.
   * @param due SQL as for `onDue`: whether there is something to do. With it the poll sleeps while there is nothing
   */
  poll(name: string, everyMs: number, poll: Poll, due?: string): void {
    this.polls.push({ name, everyMs, sleeps: due !== undefined, poll });
    if (due !== undefined) this.onDue(due, () => this.polling?.wake(name));
  }

  /**
   * Calls `react` every 2 s while a condition holds, in every process that works.
   * @param due cheap SQL
   */
  onDue(due: string, react: () => void): void {
    this.conditions.push({ due, react });
  }

  /**
   * Wakes the followers of the feed, at most once a second. Call it after the commit of an event.
   */
  wakeFollowers(): void {
    const nowMs = performance.now();
    if (nowMs < this.wokeMs + WAKE_EVERY_MS) return;
    this.wokeMs = nowMs;
    this.wake(FOLLOWERS);
  }

  /**
   * Wakes the polls whose names begin with `prefix`, in every process. Call it after the commit of what they are to find. It
   * is a hint: without it they find it 2 s later.
   */
  wake(prefix: string): void {
    if (this.isStarted) notifyPolls(this.boss.getDb(), prefix).catch(() => undefined);
  }

  /** @returns the id of the job, or null if the policy of the queue allows no other */
  async send(name: string, data: object, options: SendOptions = {}): Promise<string | null> {
    if (!this.queues.has(name)) throw new Error(`no queue is declared under the name ${name}`);
    await within(START_PATIENCE_MS, this.started);
    const { singletonKey, startAfterSeconds = 0 } = options;
    return this.boss.send(name, data, {
      startAfter: startAfterSeconds,
      ...(singletonKey !== undefined && { singletonKey }),
    });
  }

  /** Sends once the queues exist, however long the start takes. It is a hint: a schedule must find the work without it. */
  sendOnceStarted(name: string, data: object): void {
    this.ready()
      .then(() => this.send(name, data))
      .catch((error: unknown) => {
        if (!this.stopping.signal.aborted) this.log.warn({ code: 'JOB_NOT_SENT', job: name, error });
      });
  }

  /** Resolves once the queues exist and the workers run. */
  async ready(): Promise<void> {
    await this.started;
  }

  /** Every queue and every poll, by name. The process need not work them off. */
  declared(): Declared[] {
    const pace = new Map(this.polls.map(({ name, everyMs }) => [name, everyMs / 1000]));
    const names = [...new Set([...this.queues.keys(), ...pace.keys()])].sort();
    return names.map((name) => ({
      name,
      kind: this.queues.has(name) ? 'job' : 'poll',
      cron: this.schedules.get(name) ?? null,
      everySeconds: pace.get(name) ?? null,
    }));
  }

  /** Why jobs are not done, for readiness; null while all is well or if this process does none. */
  obstacle(): string | null {
    if (!this.works) return null;
    return this.isStarted ? (this.polling?.obstacle() ?? null) : 'jobs: not started';
  }

  onApplicationBootstrap(): void {
    this.start().catch((error: unknown) => {
      if (!this.stopping.signal.aborted) this.log.error({ code: 'JOBS_NOT_STARTED', error });
    });
  }

  /** Ends the polls before the jobs are drained, because draining waits for them. */
  onModuleDestroy(): void {
    this.leaving.abort();
  }

  /** Takes no more jobs and lets the running ones finish. Requests in flight can still send. */
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
    const polled = within(DRAIN_MS, this.polled).catch(() => undefined);
    await this.stop(DRAIN_MS + 500, { close: false, graceful: true, timeout: DRAIN_MS });
    await polled;
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
        this.isStarted = true;
        this.markStarted();
        return;
      } catch (error) {
        if (this.stopping.signal.aborted) throw error;
        this.reportFault(error);
        await setTimeout(RETRY_MS, undefined, { signal: this.stopping.signal });
      }
    }
  }

  /** Sets up queues, workers, schedules and polls. After a failure it may be called again. */
  private async declare(): Promise<void> {
    await ensureQueues(this.boss, [...this.queues.values()]);
    if (!this.works) return;
    for (const [name, work] of this.workers) {
      await this.startWorker(name, work);
      this.workers.delete(name);
    }
    for (const [name, cron] of this.schedules) await this.boss.schedule(name, cron, {}, { tz: CAIRO });
    // an earlier release had a schedule for each
    for (const { name } of this.polls) await this.boss.unschedule(name);
    if (this.polling !== undefined) return;
    const { polls, conditions, leaving, tell } = this;
    const polling = new Polling(this.boss.getDb(), polls, conditions, leaving.signal, tell);
    this.polling = polling;
    this.polled = polling.run();
    await this.listener.on(POLLS_CHANNEL, (prefix) => polling.wake(prefix));
  }

  private readonly tell: Told = (name, outcome, durationMs, counts, error) => {
    this.events.job(name, outcome, durationMs, counts);
    if (outcome === 'failed') this.log.error({ code: 'JOB_FAILED', job: name, error });
  };

  private async startWorker(name: string, work: Work<object>): Promise<void> {
    const options = { perJobResults: true, notifyPollingIntervalSeconds: POLL_QUEUE_SECONDS } as const;
    const id = await this.boss.work<object, unknown, typeof options>(name, options, (jobs) =>
      Promise.all(jobs.map((job) => this.perform(name, job.data, job, work))),
    );
    // a notification wakes a worker once, however many jobs wait, and none comes when a delay is over
    this.onDue(hasJob(name), () => this.boss.notifyWorker(id));
  }

  private async perform(
    queue: string,
    data: object,
    { id, retryCount, signal }: JobContext & { id: string },
    work: Work<object>,
  ): Promise<JobResult> {
    const startedAt = performance.now();
    try {
      const counts = await work(data, { retryCount, signal });
      this.events.job(queue, 'done', performance.now() - startedAt, { retryCount, ...counts });
      return { id, status: 'completed' };
    } catch (error) {
      this.events.job(queue, 'failed', performance.now() - startedAt, { retryCount });
      this.log.error({ code: 'JOB_FAILED', job: queue, jobId: id, error });
      return { id, status: 'failed', output: { error: error instanceof Error ? error.name : typeof error } };
    }
  }

  /** pg-boss reports every failed fetch of every worker: a line at each power of two is enough for an outage. */
  private reportFault(error: unknown): void {
    this.faults += 1;
    const isPowerOfTwo = (this.faults & (this.faults - 1)) === 0;
    if (isPowerOfTwo && !this.stopping.signal.aborted) {
      // node-postgres attaches the whole client to its errors
      const message = error instanceof Error ? error.message : String(error);
      this.log.warn({ code: 'JOBS_FAULT', faults: this.faults, message });
    }
  }
}
