import { Injectable } from '@nestjs/common';
import { FeedFollowers, type Follower } from '../feed/feed-followers.service.js';
import { rollUpEvents } from './feed-rollup.repository.js';

/** Counts applicants and events as they come in the feed: exactly once, in the process that has the cursor. */
@Injectable()
export class FeedRollup {
  readonly follower: Follower = {
    name: 'stats',
    pollEveryMs: 1000,
    // a transaction that writes holds up all readers of the feed: it may take only milliseconds
    batchEvents: 500,
    restsTimes: 2,
    take: async (tx, events) => {
      const [first, last] = [events[0], events.at(-1)];
      if (first !== undefined && last !== undefined) await rollUpEvents(tx, first, last);
    },
  };

  constructor(followers: FeedFollowers) {
    followers.follow(this.follower);
  }
}
