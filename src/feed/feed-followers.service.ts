import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import type { Tx } from '../db/tx.js';
import { Jobs } from '../jobs/jobs.service.js';
import { FOLLOWERS, type PollResult } from '../jobs/jobs.types.js';
import { ensureCursor, hasUnseen, isBehind, lockCursor, moveCursor } from './feed-cursors.repository.js';
import { type FeedRow, readEvents } from './feed.repository.js';

/** An event as a follower gets it. */
export type FollowedEvent = FeedRow;

/** A part of Rollcall that reads the feed to its end and stays there. */
export interface Follower {
  /** Names its cursor and its job, `feed.<name>`. */
  name: string;
  /** While there are events, and for two seconds after them. */
  pollEveryMs: number;
  batchEvents: number;
  /** While it has to catch up it rests this many times as long as it works. */
  restsTimes: number;
  /** Handles these events, all of one history, in `tx`. The cursor moves in the same transaction. */
  take(tx: Tx, events: FollowedEvent[]): Promise<void>;
  /** After each commit of `take`. */
  taken?(): void;
}

/**
 * Followers see every event exactly once and in order, one process at a time: the row of the cursor is the lock. The path of
 * a callback does nothing for them.
 */
@Injectable()
export class FeedFollowers {
  constructor(
    private readonly connection: EntityManager,
    private readonly jobs: Jobs,
  ) {}

  /** Call it before the app is bootstrapped. */
  follow(follower: Follower): void {
    let known = false;
    const poll = async (): Promise<PollResult> => {
      if (!known) await ensureCursor(this.connection, follower.name);
      known = true;
      if (!(await hasUnseen(this.connection, follower.name))) return { counts: {} };
      const startedMs = performance.now();
      const events = await this.takeNext(follower);
      if (events > 0) follower.taken?.();
      if (events < follower.batchEvents) return { counts: { events } };
      return { counts: { events }, pauseMs: follower.restsTimes * (performance.now() - startedMs) };
    };
    this.jobs.poll(FOLLOWERS + follower.name, follower.pollEveryMs, poll, isBehind(follower.name));
  }

  /** Takes one batch. @returns how many events it held; 0 if another process is taking one */
  async takeNext(follower: Follower): Promise<number> {
    return this.connection.transaction(async (tx) => {
      const cursor = await lockCursor(tx, follower.name);
      if (cursor === undefined) return 0;
      const read = await readEvents(tx, cursor, follower.batchEvents);
      const events = read.filter(({ history }) => history === read[0]?.history);
      const last = events.at(-1);
      if (last === undefined) return 0;
      await follower.take(tx, events);
      await moveCursor(tx, follower.name, last);
      return events.length;
    });
  }
}
