import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import { Jobs } from '../jobs/jobs.service.js';
import { Lease, LEASE_SECONDS } from '../jobs/lease.js';
import { Healer } from './healer.service.js';
import {
  claimRefreshes,
  countUntold,
  dropRefreshes,
  HAS_REFRESHES,
  putOffRefreshes,
  type Refresh,
} from './refreshes.repository.js';

const REFRESH = 'reconciliation.refresh';
/** One call of most dialects. */
const REFRESHED_AT_ONCE = 200;
const RETRY_SECONDS = 60;
/** Then what eNROLL does not tell stays as the callback had it. */
const MOST_ATTEMPTS = 5;
const LOOK_EVERY_MS = 1500;

/**
 * Asks eNROLL by id for applicants that are in doubt (`Doubts`), and for those whom an answer was overtaken by a callback.
 */
@Injectable()
export class Refreshes {
  constructor(
    private readonly connection: EntityManager,
    private readonly enroll: EnrollClient,
    private readonly healer: Healer,
    jobs: Jobs,
  ) {
    jobs.poll(REFRESH, LOOK_EVERY_MS, async (signal) => ({ counts: await this.run(signal) }), HAS_REFRESHES);
  }

  /** Asks for what is due. @returns how many eNROLL told of */
  async run(signal: AbortSignal): Promise<{ refreshed: number }> {
    let refreshed = 0;
    if (!this.enroll.configured) return { refreshed };
    for (let claimed = REFRESHED_AT_ONCE; claimed === REFRESHED_AT_ONCE && !signal.aborted;) {
      const refreshes = await claimRefreshes(this.connection, REFRESHED_AT_ONCE);
      claimed = refreshes.length;
      if (claimed > 0) refreshed += await this.refresh(refreshes, signal);
    }
    return { refreshed };
  }

  private async refresh(refreshes: Refresh[], signal: AbortSignal): Promise<number> {
    const wanted = new Set(refreshes.map(({ applicantId }) => applicantId));
    const begunAt = new Date();
    const unreported = new Set(wanted);
    const putOff = (seconds: number) => putOffRefreshes(this.connection, [...unreported], begunAt, seconds);
    try {
      await new Lease(() => putOff(LEASE_SECONDS)).hold(() =>
        this.askFor(wanted, unreported, begunAt, signal),
      );
      await countUntold(this.connection, [...unreported], begunAt, MOST_ATTEMPTS);
    } finally {
      await putOff(RETRY_SECONDS).catch(() => undefined);
    }
    return wanted.size - unreported.size;
  }

  /** Takes out of `unreported` whom eNROLL told of. */
  private async askFor(
    wanted: ReadonlySet<string>,
    unreported: Set<string>,
    begunAt: Date,
    signal: AbortSignal,
  ): Promise<void> {
    let askedAt = begunAt;
    for await (const items of this.enroll.applicantsByIds(wanted, signal)) {
      const healResult = await this.healer.heal(
        { items, askedAt, enrolledSince: null },
        { runId: null, dryRun: false },
      );
      const settled = healResult.same.filter((applicantId) => wanted.has(applicantId));
      await this.connection.transaction(async (tx) => {
        await this.healer.conclude(tx, null, healResult);
        await dropRefreshes(tx, settled, begunAt);
      });
      for (const applicantId of settled) unreported.delete(applicantId);
      askedAt = new Date();
    }
  }
}
