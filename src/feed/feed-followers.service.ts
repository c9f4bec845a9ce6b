import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import type { Tx } from '../db/tx.js';
import { Jobs } from '../jobs/jobs.service.js';
import type { Looked } from '../jobs/jobs.types.js';
import { ensureCursor, hasUnseen, lockCursor, moveCursor } from './feed-cursors.repository.js';
import { type FeedRow, readEvents } from './feed.repository.js';

/** What a follower is given of an event. */
export type FollowedEvent = FeedRow;

/** A part of Rollcall that reads the feed to its end and stays there. */
export interface Follower {
  /** Names its cursor and its job, `feed.<name>`. */
  name: string;
  lookEveryMs: number;
  batchEvents: number;
  /** Behind a crowd of callbacks it rests this many times as long as it works. */
  restsTimes: number;
  /** Does in `tx` what these events ask for, all of one history; the cursor moves in the same transaction. */
  take(tx: Tx, events: FollowedEvent[]): Promise<void>;
  /** After each commit of `take`. */
  taken?(): void;
}

/**
 * Followers see every event exactly once and in order, one process at a time: the cursor's row is the lock. Callbacks
 * know nothing of them.
 */
@Injectable()
export class FeedFollowers {
  constructor(
    private readonly connection: EntityManager,
    private readonly jobs: Jobs,
  ) {}

  /** Call it while the app is put together. */
  follow(follower: Follower): void {
    let known = false;
    this.jobs.watch(`feed.${follower.name}`, follower.lookEveryMs, async (): Promise<Looked> => {
      if (!known) await ensureCursor(this.connection, follower.name);
      known = true;
      if (!(await hasUnseen(this.connection, follower.name))) return { counts: {} };
      const startedMs = performance.now();
      const events = await this.takeNext(follower);
      if (events > 0) follower.taken?.();
      if (events < follower.batchEvents) return { counts: { events } };
      return { counts: { events }, pauseMs: follower.restsTimes * (performance.now() - startedMs) };
    });
  }

  /** One batch. @returns how many events it held; 0 where another process is at it */
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
