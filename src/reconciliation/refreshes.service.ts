import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import { Jobs } from '../jobs/jobs.service.js';
import { Lease, LEASE_SECONDS } from '../jobs/lease.js';
import { Healer } from './healer.service.js';
import {
  claimRefreshes,
  countUnreported,
  dropRefreshes,
  HAS_REFRESHES,
  putOffRefreshes,
} from './refreshes.repository.js';

const REFRESH = 'reconciliation.refresh';
/** One call of most dialects. */
const REFRESHED_AT_ONCE = 200;
const RETRY_SECONDS = 60;
/** After these, an applicant that eNROLL does not report stays as its callback had it. */
const MOST_ATTEMPTS = 5;
const LOOK_EVERY_MS = 1500;

/** Asks eNROLL by id for doubtful applicants (`Doubts`), and for those whose callback came after eNROLL's answer. */
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

  /** Asks for what is due. @returns how many eNROLL reported */
  async run(signal: AbortSignal): Promise<{ refreshed: number }> {
    let refreshed = 0;
    if (!this.enroll.configured) return { refreshed };
    for (let claimed = REFRESHED_AT_ONCE; claimed === REFRESHED_AT_ONCE && !signal.aborted;) {
      const applicantIds = await claimRefreshes(this.connection, REFRESHED_AT_ONCE);
      claimed = applicantIds.length;
      if (claimed > 0) refreshed += await this.refresh(applicantIds, signal);
    }
    return { refreshed };
  }

  private async refresh(applicantIds: string[], signal: AbortSignal): Promise<number> {
    const begunAt = new Date();
    const unreported = new Set(applicantIds);
    const putOff = (seconds: number) => putOffRefreshes(this.connection, [...unreported], begunAt, seconds);
    const answers = this.enroll.applicantsByIds(applicantIds, signal);
    const ask = () =>
      this.healer.healAnswers(answers, async (tx, { same }) => {
        const settled = same.filter((applicantId) => unreported.has(applicantId));
        await dropRefreshes(tx, settled, begunAt);
        for (const applicantId of settled) unreported.delete(applicantId);
      });
    try {
      await new Lease(() => putOff(LEASE_SECONDS)).hold(ask);
      await countUnreported(this.connection, [...unreported], begunAt, MOST_ATTEMPTS);
    } finally {
      await putOff(RETRY_SECONDS).catch(() => undefined);
    }
    return applicantIds.length - unreported.size;
  }
}
