import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { EntityManager } from 'typeorm';
import type { Actor } from '../auth/auth.types.js';
import { within } from '../observability/within.js';
import { Problem } from '../problem/problem.js';
import { readHighWatermark } from './feed.repository.js';
import type { FeedPosition } from './order.types.js';
import { START } from './position.js';

/** Longest delay until a waiting reader learns of an event. */
const LOOK_EVERY_MS = 20;
/** While the database does not answer. Readers end their wait by themselves. */
const LOOK_AGAIN_MS = 1000;
/** Most readers that may wait on one process: each one reads when it is woken. */
const MAX_READERS = 200;
/** Most of them with the same API key. */
const MAX_READERS_OF_KEY = MAX_READERS / 4;
const RETRY_AFTER_SECONDS = 5;
/** Part of the 10 s that a stop may take (M12). */
const LEAVE_WITHIN_MS = 1000;

/** How long a read waits for an event; `signal` aborts when its caller leaves. */
export interface WaitOptions {
  ms: number;
  signal: AbortSignal;
}

/** The same for a request. */
export interface RequestWaits extends WaitOptions {
  /** Who calls once the wait is over. @throws Problem where they may not read any more */
  again(): Promise<Actor>;
}

/**
 * Wakes readers that wait for new events. All readers of a process share one query, which is repeated while somebody waits
 * and never otherwise. Callbacks do nothing for it.
 */
@Injectable()
export class FeedWatch implements OnModuleDestroy {
  /** Open answers, each with the name of the API key of its caller. */
  private readonly answers = new Map<ServerResponse, string>();
  private readonly waiting = new Set<() => void>();
  private risen = 0;
  private shownTo: FeedPosition = START;
  private isLooking = false;
  private isLeaving = false;

  constructor(private readonly connection: EntityManager) {}

  /** Changes whenever the feed shows more. Read it before a read that may find nothing, and give it to `more`. */
  get highWatermark(): number {
    return this.risen;
  }

  /** Whether the process is stopping: then nobody waits any more. */
  get leaving(): boolean {
    return this.isLeaving;
  }

  /**
   * Gives the answer a place among the readers until it is closed.
   * @returns a signal that aborts when the caller leaves or the answer ends
   * @throws Problem SHUTTING_DOWN, TOO_MANY_READERS, TOO_MANY_READERS_OF_KEY
   */
  admit(answer: ServerResponse, { name }: Pick<Actor, 'name'>): AbortSignal {
    if (this.isLeaving) throw new Problem('SHUTTING_DOWN');
    if (this.answers.size >= MAX_READERS) throw new Problem('TOO_MANY_READERS');
    const ofKey = [...this.answers.values()].filter((holder) => holder === name).length;
    if (ofKey >= MAX_READERS_OF_KEY) {
      throw new Problem('TOO_MANY_READERS_OF_KEY', undefined, { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    if (answer.closed) return AbortSignal.abort();
    const closed = new AbortController();
    this.answers.set(answer, name);
    answer.once('close', () => {
      this.answers.delete(answer);
      closed.abort();
    });
    return closed.signal;
  }

  /**
   * For a request that may wait this long for its answer.
   * @throws Problem SHUTTING_DOWN, TOO_MANY_READERS, TOO_MANY_READERS_OF_KEY
   */
  waitOptions(
    seconds: number,
    answer: ServerResponse,
    caller: Pick<Actor, 'name'>,
    again: () => Promise<Actor>,
  ): RequestWaits | undefined {
    return seconds === 0 ? undefined : { ms: seconds * 1000, signal: this.admit(answer, caller), again };
  }

  /** Waits until the feed shows more than at that high watermark. @returns false if the time is over or the wait has ended early */
  async more(highWatermark: number, { ms, signal }: WaitOptions): Promise<boolean> {
    if (highWatermark === this.risen && ms > 0 && !signal.aborted && !this.isLeaving) {
      await this.woken(ms, signal);
    }
    return highWatermark !== this.risen;
  }

  /** Before the server closes: answers every waiting reader, and cuts off those that do not read. */
  async onModuleDestroy(): Promise<void> {
    this.isLeaving = true;
    this.wakeAll();
    const closed = Promise.all([...this.answers.keys()].map((answer) => once(answer, 'close')));
    await within(LEAVE_WITHIN_MS, closed).catch(() => undefined);
    for (const answer of this.answers.keys()) answer.destroy();
  }

  private woken(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal.addEventListener('abort', wake);
      this.waiting.add(wake);
      if (!this.isLooking) void this.look();
    });
  }

  private wakeAll(): void {
    for (const wake of this.waiting) wake();
  }

  private async look(): Promise<void> {
    this.isLooking = true;
    while (this.waiting.size > 0) {
      try {
        const { rose, ...end } = await readHighWatermark(this.connection, this.shownTo);
        this.shownTo = end;
        if (rose) this.risen += 1;
        if (rose) this.wakeAll();
        await pause(LOOK_EVERY_MS, undefined, { ref: false });
      } catch {
        await pause(LOOK_AGAIN_MS, undefined, { ref: false });
      }
    }
    this.isLooking = false;
  }
}
