import { Injectable } from '@nestjs/common';
import type { Tx } from '../db/tx.js';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import { SessionTokens } from '../enroll-client/session-tokens.service.js';
import { FeedFollowers, type FollowedEvent, type Follower } from '../feed/feed-followers.service.js';
import { isVersion } from '../feed/feed.types.js';
import type { RefreshReason } from './reconciliation.types.js';
import { notOurOwn, wantRefreshes } from './refreshes.repository.js';

/**
 * Follows the feed and has applicants asked for again of which a callback left doubt: changed back to an earlier content
 * (A11), with a status that contradicts the URL (A16), or new while somebody who began here is awaited. Callbacks know
 * nothing of it.
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
    // where nobody can be asked nothing is noted: the cursor waits for the day when eNROLL is configured
    if (enroll.configured) followers.follow(this.follower);
  }

  /** Notes whom events leave in doubt. */
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
