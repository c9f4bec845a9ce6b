import { Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { EntityManager } from 'typeorm';
import type { Actor } from '../auth/auth.types.js';
import { FeedWatch } from '../feed/feed-watch.service.js';
import { type Ends, LIVE_TOPICS, type LiveTopic, readEnds } from './live.repository.js';

/** Where the first look fails: at the next one everything has moved. */
const NOWHERE: Partial<Ends> = {};
/** Longest delay until somebody who watches learns that something moved. */
const LOOK_EVERY_MS = 500;

/**
 * Tells screens what has moved. All of them on one process share one look, which is repeated while somebody watches and never
 * otherwise. Callbacks do nothing for it.
 */
@Injectable()
export class LiveWatch {
  private latest: { atMs: number; ends: Promise<Ends> } | undefined;

  constructor(
    private readonly connection: EntityManager,
    private readonly readers: FeedWatch,
  ) {}

  /**
   * The topics that moved since the last look, mostly none, until the caller leaves, the process stops, or the holder of the
   * key or session may no longer watch. A database that does not answer moves nothing.
   */
  async *follow(
    holder: () => Promise<Actor | undefined>,
    signal: AbortSignal,
  ): AsyncGenerator<LiveTopic[], void> {
    let seen = await this.look().catch(() => NOWHERE);
    yield [];
    while (!signal.aborted && !this.readers.leaving) {
      await pause(LOOK_EVERY_MS, undefined, { ref: false });
      if ((await holder())?.can('stats:read') !== true) return;
      const ends = await this.look().catch(() => seen);
      yield LIVE_TOPICS.filter((topic) => ends[topic] !== seen[topic]);
      seen = ends;
    }
  }

  private look(): Promise<Ends> {
    const nowMs = performance.now();
    if (this.latest === undefined || nowMs - this.latest.atMs >= LOOK_EVERY_MS / 2)
      this.latest = { atMs: nowMs, ends: readEnds(this.connection) };
    return this.latest.ends;
  }
}
