import { Injectable } from '@nestjs/common';
import type { Tx } from '../db/tx.js';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import { SessionTokens } from '../enroll-client/session-tokens.service.js';
import { FeedFollowers, type FollowedEvent, type Follower } from '../feed/feed-followers.service.js';
import { isVersion } from '../feed/feed.types.js';
import type { RefreshReason } from './reconciliation.types.js';
import { notOurOwn, wantRefreshes } from './refreshes.repository.js';

/**
 * Follows the feed and requests a refresh of applicants whose callback left a doubt: content that changed back (A11), a
 * status that contradicts the URL (A16), or a new applicant while a session that began here is open. Callbacks do not
 * depend on it.
 */
@Injectable()
export class Doubts {
  readonly follower: Follower = {
    name: 'reconciliation',
    pollEveryMs: 1500,
    batchEvents: 1000,
    restsTimes: 2,
    take: (tx, events) => this.note(tx, events),
  };

  constructor(
    private readonly sessions: SessionTokens,
    enroll: EnrollClient,
    followers: FeedFollowers,
  ) {
    // without eNROLL nobody can be asked: the cursor stays until it is configured
    if (enroll.configured) followers.follow(this.follower);
  }

  private async note(tx: Tx, events: readonly FollowedEvent[]): Promise<void> {
    const awaits = await this.sessions.awaited(tx);
    const doubts: [RefreshReason, (event: FollowedEvent) => boolean][] = [
      ['conflict', ({ outcome }) => outcome === 'conflict'],
      ['reverts_to', ({ flags }) => flags.includes('revertsTo')],
      ['session', ({ event }) => awaits && event === 'applicant.created'],
    ];
    const reasonOf = (event: FollowedEvent) => doubts.find(([, holds]) => holds(event))?.[0];
    const versions = events.filter(isVersion);
    for (const [reason] of doubts) {
      const doubted = versions.filter((event) => reasonOf(event) === reason);
      const applicantIds = doubted.length === 0 ? [] : await notOurOwn(tx, doubted);
      if (applicantIds.length > 0) await wantRefreshes(tx, reason, applicantIds);
    }
  }
}
