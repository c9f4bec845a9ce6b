import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Config } from '../config/config.js';
import { Jobs } from '../jobs/jobs.service.js';
import { Lease, LEASE_SECONDS } from '../jobs/lease.js';
import { Metrics } from '../observability/metrics.js';
import type { Stop } from './fetch.js';
import { all } from './image-store.js';
import { ImageFetcher } from './image-fetcher.service.js';
import type { ImageState } from './images.types.js';
import {
  claimDue,
  HAS_LAPSED_CLAIMS,
  noticeReady,
  readMirror,
  renewClaim,
  secondsUntilDue,
  setFault,
  type Settlement,
  settle,
} from './mirror.repository.js';

const FETCH_IMAGES = 'images.fetch';

/** Images per claim. Memory is this times the concurrency times the size of an image, however many are due. */
const MAX_CLAIM = 5;
/** A run ends before its job expires and leaves the rest to the next. */
const RUN_SECONDS = 50;
const EXPIRE_SECONDS = 120;
/** For anything later the schedule is early enough. */
const MAX_WAIT_SECONDS = 60;

/**
 * While callbacks come in, one lane alone goes on and rests after each claim: they share processor and disk with it, and
 * about a twentieth of them meets one at its 30 ms of work. The later images are, the shorter it rests; those that are
 * late by more than the patience give way no more.
 */
const GIVES_WAY_MS = 1000;
const REST_MS = 600;
const PATIENCE_SECONDS = 300;

/** Under which name a run counts the images that it leaves in a state. */
const COUNTED_AS = {
  wanted: 'postponed',
  fetched: 'fetched',
  missing: 'missing',
  not_image: 'notImage',
  failed: 'failed',
} as const satisfies Record<ImageState, string>;

type RunCounts = Record<(typeof COUNTED_AS)[ImageState], number>;

interface Run {
  /** Its id, which marks the images that it holds. */
  readonly claim: string;
  readonly signal: AbortSignal;
  readonly endsAtMs: number;
  readonly counts: RunCounts;
  /** No more images are due. */
  isDone: boolean;
  stop: Stop | undefined;
  /** How late the last claim was. */
  lateSeconds: number;
}

/**
 * Fetches wanted images. A run fetches what is due, by at most `ROLLCALL_IMAGE_CONCURRENCY` requests at a time, and schedules
 * the next run for when more will be due. It holds the images that it has claimed by a lease, which it renews; after a crash
 * the lease ends and the images are due again.
 */
@Injectable()
export class ImageMirror implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('images');
  private readonly leaving = new AbortController();

  constructor(
    private readonly connection: EntityManager,
    private readonly jobs: Jobs,
    private readonly fetcher: ImageFetcher,
    private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.collect(
      'rollcall_images_wanted',
      'Images that are still to be fetched.',
      async () => (await readMirror(this.connection)).wanted,
    );
    const options = { policy: 'short', retryLimit: 2, expireSeconds: EXPIRE_SECONDS } as const;
    this.jobs.work(FETCH_IMAGES, options, (_data, { signal }) => this.run(signal));
    this.jobs.everyMinute(FETCH_IMAGES);
    this.jobs.onDue(HAS_LAPSED_CLAIMS, () => this.wake());
  }

  onApplicationBootstrap(): void {
    if (this.jobs.works) this.wake();
  }

  /** Runs before the jobs are drained: claimed images are given back at once, and nobody has to wait for them. */
  onModuleDestroy(): void {
    this.leaving.abort();
  }

  /** Asks for a run, now or later. Only a hint: without it the schedule finds what is due within a minute. */
  wake(afterSeconds = 0): void {
    if (!this.fetcher.configured) return;
    const startAfterSeconds = Math.ceil(afterSeconds);
    // two keys, so that a run for later does not hold up a run for now
    const singletonKey = startAfterSeconds > 0 ? 'later' : 'now';
    this.jobs.send(FETCH_IMAGES, {}, { singletonKey, startAfterSeconds }).catch(() => undefined);
  }

  /** Fetches what is due. @returns how many images ended in which state */
  async run(jobSignal: AbortSignal): Promise<RunCounts> {
    const run: Run = {
      claim: randomUUID(),
      signal: AbortSignal.any([jobSignal, this.leaving.signal]),
      endsAtMs: performance.now() + RUN_SECONDS * 1000,
      counts: { fetched: 0, missing: 0, notImage: 0, failed: 0, postponed: 0 },
      isDone: false,
      stop: undefined,
      lateSeconds: 0,
    };
    if (!this.fetcher.configured) return run.counts;
    // if the lease lapses another process may fetch the same images: the bytes are still stored once
    await new Lease(() => renewClaim(this.connection, run.claim)).hold(async () => {
      const { ROLLCALL_IMAGE_CONCURRENCY: length } = this.config.env;
      const lanes = Array.from({ length }, (_, lane) => this.work(run, lane));
      // waits for all of them, so that no lane goes on after its run
      await all(lanes);
    });
    if (!run.signal.aborted) await this.conclude(run.stop);
    return run.counts;
  }

  /** Fetches claim after claim until nothing is due or the run is over. */
  private async work(run: Run, lane: number): Promise<void> {
    try {
      while (!isOver(run)) {
        if (lane > 0 && this.givesWay(run)) {
          await rest(run, GIVES_WAY_MS / 4);
          continue;
        }
        const claimed = await claimDue(this.connection, run.claim, MAX_CLAIM);
        if (claimed.length === 0) {
          run.isDone = true;
          return;
        }
        run.lateSeconds = Math.max(...claimed.map(({ lateSeconds }) => lateSeconds));
        const { settlements, stop } = await this.fetcher.fetch(claimed, run.signal);
        run.stop ??= stop;
        await this.settle(run.claim, settlements);
        const hadNone = run.counts.fetched === 0;
        for (const { state } of settlements) run.counts[COUNTED_AS[state]] += 1;
        // the first stored image shows that the fault is over
        if (hadNone && run.counts.fetched > 0) await setFault(this.connection, null);
        if (this.givesWay(run)) await rest(run, REST_MS * (1 - run.lateSeconds / PATIENCE_SECONDS));
      }
    } catch (error) {
      run.stop ??= { code: 'INTERNAL', retryAfterSeconds: LEASE_SECONDS };
      throw error;
    }
  }

  private givesWay({ lateSeconds }: Run): boolean {
    return lateSeconds < PATIENCE_SECONDS && this.metrics.hasCallbacks(GIVES_WAY_MS);
  }

  /** Writes down what became of images, and in the same transaction which applicants have no more to wait for. */
  private async settle(claim: string, settlements: readonly Settlement[]): Promise<void> {
    const ended = settlements.filter(({ state }) => state !== 'wanted');
    const applicantIds = [...new Set(ended.map(({ claimed }) => claimed.applicantId))];
    await this.connection.transaction(async (tx) => {
      await settle(tx, claim, settlements);
      await noticeReady(tx, applicantIds);
    });
  }

  /** Reports what stopped the run, and asks for the next one. */
  private async conclude(stop: Stop | undefined): Promise<void> {
    if (stop !== undefined) {
      this.log.warn({ code: stop.code, retryAfterSeconds: stop.retryAfterSeconds }, 'Images are held up');
      await setFault(this.connection, stop.code);
    }
    const seconds = await secondsUntilDue(this.connection);
    if (seconds === undefined) return;
    const wait = Math.max(seconds, stop?.retryAfterSeconds ?? 0);
    if (wait <= MAX_WAIT_SECONDS) this.wake(Math.max(0, wait));
  }
}

async function rest({ signal }: Run, ms: number): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
}

function isOver({ signal, isDone, stop, endsAtMs }: Run): boolean {
  return signal.aborted || isDone || stop !== undefined || performance.now() > endsAtMs;
}
