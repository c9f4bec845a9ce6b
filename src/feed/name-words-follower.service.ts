import { Injectable } from '@nestjs/common';
import { NameWords } from '../applicants/name-words.service.js';
import { FeedFollowers, type FollowedEvent, type Follower } from './feed-followers.service.js';

/** Follows the feed and learns the words of names, by which a search sees through typing errors. Callbacks know nothing of it. */
@Injectable()
export class NameWordsFollower {
  readonly follower: Follower = {
    name: 'name-words',
    pollEveryMs: 1000,
    batchEvents: 500,
    // it may be late: a name is found by its own spelling from its commit on
    restsTimes: 4,
    take: async (tx, events) => {
      const named = events.filter(changesName).map(({ applicantId }) => applicantId);
      if (named.length > 0) await this.words.learn(tx, named);
    },
  };

  constructor(
    private readonly words: NameWords,
    followers: FeedFollowers,
  ) {
    followers.follow(this.follower);
  }
}

function changesName({ changedFields }: FollowedEvent): boolean {
  return changedFields.includes('firstName') || changedFields.includes('familyName');
}
