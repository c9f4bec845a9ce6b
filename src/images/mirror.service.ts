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
import type { Tx } from '../db/tx.js';
import { Jobs } from '../jobs/jobs.service.js';
import { Lease, LEASE_SECONDS } from '../jobs/lease.js';
import { Metrics } from '../observability/metrics.js';
import type { Stop } from './fetch.js';
import { all } from './image-store.js';
import { ImageFetcher } from './image-fetcher.service.js';
import type { NamedImage } from './images.types.js';
import {
  claimDue,
  HAS_LAPSED_CLAIMS,
  insertWanted,
  noticeReady,
  renewClaim,
  secondsUntilDue,
  setFault,
  type Settlement,
  settle,
} from './mirror.repository.js';

const FETCH_IMAGES = 'images.fetch';

/** Images of one claim; memory is this times the concurrency times the size of an image, whatever is due. */
const MAX_CLAIM = 5;
/** A run gives way to the next before its job expires. */
const RUN_SECONDS = 50;
const EXPIRE_SECONDS = 120;
/** Beyond this the schedule is early enough. */
const MAX_WAIT_SECONDS = 60;

/**
 * While callbacks come in, one lane alone goes on and rests after each claim: they share processor and disk with it, and
 * about a twentieth of them meets one at its 30 ms of work. The later images are, the shorter it rests; those that are
 * late by more than the patience give way no more.
 */
const GIVES_WAY_MS = 1000;
const REST_MS = 600;
const PATIENCE_SECONDS = 300;

type RunCounts = Record<'fetched' | 'missing' | 'notImage' | 'failed' | 'postponed', number>;

interface Run {
  /** What it claims is its own. */
  readonly claim: string;
  readonly signal: AbortSignal;
  readonly endsAtMs: number;
  readonly counts: RunCounts;
  /** Nothing more is due. */
  isDone: boolean;
  stop: Stop | undefined;
  /** How late the last claim was. */
  lateSeconds: number;
}

/**
 * Fetches what is wanted. A run works off what is due, by at most `ROLLCALL_IMAGE_CONCURRENCY` requests at a time, and
 * sends for the next run when more will be due. What a run has claimed is its own for a lease that it prolongs; after a
 * crash the lease ends and the images are due again.
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
    const options = { policy: 'short', retryLimit: 2, expireSeconds: EXPIRE_SECONDS } as const;
    this.jobs.work(FETCH_IMAGES, options, (_data, { signal }) => this.run(signal));
    this.jobs.everyMinute(FETCH_IMAGES);
    this.jobs.onDue(HAS_LAPSED_CLAIMS, () => this.wake());
  }

  onApplicationBootstrap(): void {
    if (this.jobs.works) this.wake();
  }

  /** Before the jobs are drained: what is under way is given back at once instead of being waited for. */
  onModuleDestroy(): void {
    this.leaving.abort();
  }

  /**
   * Takes note of images that versions name, within `tx`; noted twice is noted once. `wake` after the commit.
   * @returns how many are new
   */
  async want(tx: Tx, named: readonly NamedImage[]): Promise<number> {
    return named.length === 0 ? 0 : insertWanted(tx, named);
  }

  /** Sends for a run, at once or later. Only a hint: without it the schedule finds what is due within a minute. */
  wake(afterSeconds = 0): void {
    if (!this.fetcher.configured) return;
    const startAfterSeconds = Math.ceil(afterSeconds);
    // of their own keys, so that one that waits for its time does not hold up one that need not
    const singletonKey = startAfterSeconds > 0 ? 'later' : 'now';
    this.jobs.send(FETCH_IMAGES, {}, { singletonKey, startAfterSeconds }).catch(() => undefined);
  }

  /** Works off what is due. @returns how many images ended how */
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
    // where it lapses another process may fetch the same: the bytes are stored once all the same
    await new Lease(() => renewClaim(this.connection, run.claim)).hold(async () => {
      const { ROLLCALL_IMAGE_CONCURRENCY: length } = this.config.env;
      const lanes = Array.from({ length }, (_, lane) => this.work(run, lane));
      // all of them, so that none works on behind a run that is over
      await all(lanes);
    });
    if (!run.signal.aborted) await this.conclude(run.stop);
    return run.counts;
  }

  /** Claim after claim, until nothing is due or the run is over. */
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
        for (const { state } of settlements) run.counts[countOf(state)] += 1;
        // the first that is stored shows that nothing holds images up any more
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

  /** Writes down what became of images; who has none left to be fetched is told in the same transaction. */
  private async settle(claim: string, settlements: readonly Settlement[]): Promise<void> {
    const ended = settlements.filter(({ state }) => state !== 'wanted');
    const applicantIds = [...new Set(ended.map(({ claimed }) => claimed.applicantId))];
    await this.connection.transaction(async (tx) => {
      await settle(tx, claim, settlements);
      await noticeReady(tx, applicantIds);
    });
  }

  /** Says what stopped the run, and when to go on. */
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

function countOf(state: string): keyof RunCounts {
  switch (state) {
    case 'fetched':
    case 'missing':
    case 'failed':
      return state;
    case 'not_image':
      return 'notImage';
    default:
      return 'postponed';
  }
}
