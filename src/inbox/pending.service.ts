import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { isRetryable, isUnavailable, sqlState } from '../db/errors.js';
import { inTransaction } from '../db/in-transaction.js';
import { Writers } from '../db/writers.js';
import { Sealer } from '../crypto/sealer.js';
import { applicantKey } from '../enroll-contract/applicant-id.js';
import { Jobs } from '../jobs/jobs.service.js';
import { Committer, type Part, PART_ELEMENTS } from './committer.js';
import {
  claimPending,
  hasAbandoned,
  insertQuarantine,
  type PendingReceipt,
  releaseClaim,
  renewClaim,
} from './inbox.repository.js';
import { type Candidate, Intake } from './intake.js';
import { readList, refuse } from './read-elements.js';

const APPLY_PENDING = 'inbox.apply-pending';

/** The callback that brought a younger receipt may still be at work on it. */
const MIN_AGE_SECONDS = 15;
/** An element that failed this many times, in Postgres or by a bug of ours, goes to quarantine. */
const MAX_ATTEMPTS = 3;

/** One receipt that is being applied. */
interface Work {
  connection: PoolClient;
  receipt: PendingReceipt;
  intake: Intake;
  /** Keys of applicants with an element that the next run tries again: their later elements wait behind it. */
  held: Set<string>;
}

/** Another worker has claimed the receipt: this one was silent for longer than its lease. */
class TakenOver extends Error {}

/** Applies receipts that were committed but not applied: after a crash, a lost race, or a fault of ours (M8). */
@Injectable()
export class PendingReceipts implements OnApplicationBootstrap {
  private readonly log = new Logger(PendingReceipts.name);
  private readonly startedMs = performance.now();

  constructor(
    private readonly jobs: Jobs,
    private readonly writers: Writers,
    private readonly committer: Committer,
    private readonly sealer: Sealer,
  ) {
    jobs.work<{ atBoot?: boolean }>(APPLY_PENDING, { policy: 'short' }, async ({ atBoot }) => {
      await this.applyAll(atBoot === true ? Math.min(this.age(), MIN_AGE_SECONDS) : MIN_AGE_SECONDS);
    });
    jobs.everyMinute(APPLY_PENDING);
    jobs.onDue(hasAbandoned(MIN_AGE_SECONDS), () => jobs.sendOnceStarted(APPLY_PENDING, {}));
  }

  onApplicationBootstrap(): void {
    if (!this.jobs.works) return; // a command or an API replica leaves it to those that do the work
    this.jobs.sendOnceStarted(APPLY_PENDING, { atBoot: true });
  }

  /** Seconds since the start: no callback of this process is at work on a receipt that is older. */
  private age(): number {
    return (performance.now() - this.startedMs) / 1000;
  }

  /**
   * Applies every pending receipt of at least that age that nobody else applies, oldest first.
   * @returns how many were settled
   * @throws what one of them failed with, once the others are done
   */
  async applyAll(minAgeSeconds: number): Promise<number> {
    const tried: string[] = [];
    const failures: unknown[] = [];
    let settled = 0;
    for (;;) {
      const receipt = await this.writers.use((connection) => claimPending(connection, minAgeSeconds, tried));
      if (receipt === null) break;
      tried.push(receipt.id);
      try {
        if (await this.writers.use((connection) => this.applyUnlessHeldUp(connection, receipt))) settled++;
      } catch (error) {
        if (isUnavailable(error)) throw error;
        this.log.error({
          code: 'RECEIPT_NOT_APPLIED',
          receiptId: receipt.id,
          sqlState: sqlState(error),
          error,
        });
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    return settled;
  }

  /** A receipt that waits for a lock is left to the next run: no element is at fault, and other receipts go on. */
  private async applyUnlessHeldUp(connection: PoolClient, receipt: PendingReceipt): Promise<boolean> {
    try {
      const isSettled = await this.apply(connection, receipt);
      if (!isSettled) await releaseClaim(connection, receipt);
      return isSettled;
    } catch (error) {
      if (!isUnavailable(error)) await releaseClaim(connection, receipt);
      if (!isRetryable(error) && !(error instanceof TakenOver)) throw error;
      this.log.warn({ code: 'APPLY_HELD_UP', receiptId: receipt.id, sqlState: sqlState(error) });
      return false;
    }
  }

  private async apply(connection: PoolClient, receipt: PendingReceipt): Promise<boolean> {
    const { id, received_at: receivedAt, source, kind } = receipt;
    const bytes = this.sealer.reveal(receipt.body, `receipt|${id}`);
    const list = readList(bytes);
    if (!list.ok) throw new Error(`receipt ${id} is pending, but its body is ${list.code}`);
    // the time of our question to eNROLL is not kept, but it was moments before
    const asOf = source === 'reconciliation' && { asOf: receivedAt };
    const arrived = { source, kind, bytes, ...asOf };
    const intake = new Intake(arrived, list.candidates, list.refused, null, { id, receivedAt });
    await this.committer.resolveUnknownCommit(connection, [intake]);

    const work: Work = { connection, receipt, intake, held: new Set() };
    for (;;) {
      const next = intake.waiting.filter(({ element }) => !work.held.has(applicantKey(element.applicantId)));
      if (next.length === 0) break;
      await this.applyPart(work, next.slice(0, PART_ELEMENTS));
    }
    const isDone = intake.waiting.length === 0;
    if (isDone && intake.row !== 'settled') await this.commit(work, { intake, candidates: [] });
    return isDone;
  }

  /** Two workers never write for one receipt: a claim that holds when the transaction begins holds until its end. */
  private commit({ connection, receipt }: Work, part: Part): Promise<Set<string>> {
    return inTransaction(connection, async () => {
      if (!(await renewClaim(connection, receipt))) throw new TakenOver();
      return this.committer.commit(connection, [part]);
    });
  }

  /** Elements that cannot be applied together are applied one by one, so that a refused one holds up no other. */
  private async applyPart(work: Work, all: Candidate[]): Promise<void> {
    const { intake, held } = work;
    const candidates = all.filter(({ element }) => !held.has(applicantKey(element.applicantId)));
    const part = { intake, candidates };
    leave(intake, candidates);
    try {
      // an applicant that lost a race waits for the next run
      for (const applicantId of await this.commit(work, part)) held.add(applicantKey(applicantId));
    } catch (error) {
      if (isUnavailable(error) || isRetryable(error) || error instanceof TakenOver) throw error;
      this.committer.restore(part);
      if (candidates.length > 1) for (const one of candidates) await this.applyPart(work, [one]);
      else for (const one of candidates) await this.refuse(work, one, error);
    }
  }

  private async refuse(
    { connection, intake, receipt, held }: Work,
    candidate: Candidate,
    error: unknown,
  ): Promise<void> {
    const { element, bytes } = candidate;
    const { index, applicantId } = element;
    this.log.error({ code: 'APPLY_FAILED', receiptId: intake.id, index, sqlState: sqlState(error), error });
    if (receipt.attempts < MAX_ATTEMPTS) {
      held.add(applicantKey(applicantId));
      return;
    }
    const refused = refuse(
      { index, bytes, value: { applicantId } },
      'APPLY_FAILED',
      'The element is sound, but could not be applied',
    );
    await insertQuarantine(connection, [this.committer.quarantineRow(intake, refused)]);
    intake.settle(element, 'quarantined');
    leave(intake, [candidate]);
  }
}

function leave(intake: Intake, candidates: Candidate[]): void {
  const leaving = new Set(candidates);
  intake.waiting = intake.waiting.filter((candidate) => !leaving.has(candidate));
}
