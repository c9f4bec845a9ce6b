import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import { Jobs } from '../jobs/jobs.service.js';
import { SessionTokens } from '../enroll-client/session-tokens.service.js';
import { Healer } from './healer.service.js';
import type { RefreshReason } from './reconciliation.types.js';
import {
  claimRefreshes,
  countUntold,
  dropRefreshes,
  lockCursor,
  moveCursor,
  type Refresh,
  searchChanges,
  wantRefreshes,
} from './refreshes.repository.js';

const REFRESH = 'reconciliation.refresh';
const FEED_CHANGES = 2000;
/** One call of most dialects; what fails is due again after the lease. */
const REFRESHED_AT_ONCE = 200;
const LEASE_SECONDS = 60;
/** Then what eNROLL does not tell stays as the callback had it. */
const MOST_ATTEMPTS = 5;
/** Whose an applicant is, is known so many seconds after its callback at most. */
const LOOK_EVERY_MS = 3000;

/**
 * Asks eNROLL by id for applicants of which a callback left doubt: changed back to an earlier content (A11), with a
 * status that contradicts the URL (A16), or new while somebody who began here is awaited. Follows the feed of changes, so callbacks know nothing of it.
 */
@Injectable()
export class Refreshes {
  constructor(
    private readonly connection: EntityManager,
    private readonly enroll: EnrollClient,
    private readonly healer: Healer,
    private readonly sessions: SessionTokens,
    jobs: Jobs,
  ) {
    jobs.watch(REFRESH, LOOK_EVERY_MS, async (signal) => ({ counts: await this.run(signal) }));
  }

  /** Follows the feed to its end and asks for what is due. @returns changes seen and applicants asked for */
  async run(signal: AbortSignal): Promise<{ changes: number; refreshed: number }> {
    const counts = { changes: 0, refreshed: 0 };
    if (!this.enroll.configured) return counts;
    for (let seen = FEED_CHANGES; seen === FEED_CHANGES && !signal.aborted; counts.changes += seen) {
      seen = await this.searchNext();
    }
    for (let claimed = REFRESHED_AT_ONCE; claimed === REFRESHED_AT_ONCE && !signal.aborted;) {
      const refreshes = await claimRefreshes(this.connection, LEASE_SECONDS, REFRESHED_AT_ONCE);
      claimed = refreshes.length;
      if (claimed > 0) counts.refreshed += await this.refresh(refreshes, signal);
    }
    return counts;
  }

  /** The cursor moves in the transaction that notes what was seen. */
  private async searchNext(): Promise<number> {
    return this.connection.transaction(async (tx) => {
      const cursor = await lockCursor(tx);
      if (cursor === undefined) return 0;
      const changes = await searchChanges(tx, cursor, FEED_CHANGES, await this.sessions.awaited(tx));
      const last = changes.at(-1);
      if (last === undefined) return 0;
      for (const reason of ['conflict', 'reverts_to', 'session'] satisfies RefreshReason[]) {
        const ids = changes
          .filter((change) => change.reason === reason)
          .map(({ applicantId }) => applicantId);
        if (ids.length > 0) await wantRefreshes(tx, reason, ids);
      }
      await moveCursor(tx, last);
      return changes.length;
    });
  }

  private async refresh(refreshes: Refresh[], signal: AbortSignal): Promise<number> {
    const wanted = new Set(refreshes.map(({ applicantId }) => applicantId));
    let askedAt = new Date();
    const begunAt = askedAt;
    const untold = new Set(wanted);
    for await (const items of this.enroll.applicantsByIds(wanted, signal)) {
      const healing = await this.healer.heal(
        { items, askedAt, enrolledSince: null },
        { runId: null, dryRun: false },
      );
      const settled = healing.same.filter((applicantId) => wanted.has(applicantId));
      await this.connection.transaction(async (tx) => {
        await this.healer.conclude(tx, null, healing);
        await dropRefreshes(tx, settled, begunAt);
      });
      for (const applicantId of settled) untold.delete(applicantId);
      askedAt = new Date();
    }
    await countUntold(this.connection, [...untold], begunAt, MOST_ATTEMPTS);
    return wanted.size - untold.size;
  }
}
