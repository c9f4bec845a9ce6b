import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { type BirpcReturn, createBirpc } from 'birpc';
import { EntityManager } from 'typeorm';
import { Config } from '../config/config.js';
import { projectRoot } from '../config/root.js';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import { standardOutput } from '../observability/logger.js';
import { Metrics } from '../observability/metrics.js';
import type { Fetched } from './fetch.js';
import type { FetchOwner, FetchProcess } from './fetch-process.types.js';
import { type ClaimedImage, storedOf } from './mirror.repository.js';
import { keepReplaced } from './replaced-images.repository.js';

/** The compiled file, even where this one runs uncompiled. */
const PROGRAM = join(projectRoot, 'dist', 'src', 'images', 'fetch-process.js');
/** The process takes memory, and a third of a second to start: it stays while images come and ends when they are rare. */
const IDLE_MS = 30_000;
const LEAVE_WITHIN_MS = 2000;

interface Fetching {
  child: ChildProcess;
  ended: Promise<void>;
  calls: BirpcReturn<FetchProcess, FetchOwner>;
  opened: Promise<void>;
}

/**
 * Lets a process of their own fetch images; it starts when the first is wanted. An image of 200 kB leaves a megabyte of
 * buffers behind: collecting these on the heap of the application stopped callbacks for tens of milliseconds.
 */
@Injectable()
export class ImageFetcher implements OnApplicationShutdown {
  private readonly log = new Logger('images');
  private fetching: Fetching | undefined;
  private underWay = 0;
  private idle: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: EntityManager,
    private readonly enroll: EnrollClient,
    private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  get configured(): boolean {
    return this.enroll.configured;
  }

  /** The process's id, while there is one. */
  get pid(): number | undefined {
    return this.fetching?.child.pid;
  }

  /**
   * One settlement for each image; those not finished when `signal` aborts are settled as still wanted.
   * @throws Error if the process ended
   */
  async fetch(claimed: readonly ClaimedImage[], signal: AbortSignal): Promise<Fetched> {
    const { calls, opened } = (this.fetching ??= this.start());
    const abort = () => void calls.abort.asEvent().catch(() => undefined);
    signal.addEventListener('abort', abort, { once: true });
    clearTimeout(this.idle);
    this.underWay += 1;
    try {
      await opened;
      return await calls.fetch(claimed);
    } finally {
      signal.removeEventListener('abort', abort);
      this.underWay -= 1;
      if (this.underWay === 0) this.idle = setTimeout(() => void this.end(), IDLE_MS).unref();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.end();
  }

  private start(): Fetching {
    const child = fork(PROGRAM, [], {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    // through our output: one place counts the lines that the log's destination does not take
    for (const stream of [child.stdout, child.stderr]) if (stream !== null) standardOutput.take(stream);
    this.log.log(
      { event: 'image_process', child: child.pid },
      'Images are fetched by a process of their own',
    );
    const owner: FetchOwner = {
      stored: async (sha256s) => {
        await keepReplaced(this.connection, sha256s);
        return storedOf(this.connection, sha256s);
      },
      tried: (call, outcome, seconds) => this.metrics.enrollSeconds.observe({ call, outcome }, seconds),
    };
    const calls = createBirpc<FetchProcess, FetchOwner>(owner, {
      post: (message) => child.send(message as object),
      on: (listener) => child.on('message', listener),
      timeout: -1,
    });
    const ended = new Promise<void>((resolve) => {
      const onEnd = (error: Error) => {
        if (this.fetching?.child === child) this.fetching = undefined;
        if (!calls.$closed) calls.$close(error);
        resolve();
      };
      child.on('error', onEnd);
      child.once('exit', () => onEnd(new Error('The process that fetches images ended')));
    });
    const opened = calls.open(this.config.env);
    opened.catch(() => this.end());
    return { child, calls, opened, ended };
  }

  /** The process ends by itself once its channel is closed. */
  private async end(): Promise<void> {
    clearTimeout(this.idle);
    const { fetching } = this;
    if (fetching === undefined) return;
    this.fetching = undefined;
    const { child, ended } = fetching;
    if (child.connected) child.disconnect();
    const force = setTimeout(() => child.kill('SIGKILL'), LEAVE_WITHIN_MS);
    await ended;
    clearTimeout(force);
  }
}
