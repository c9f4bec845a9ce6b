import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Lease } from '../jobs/lease.js';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import type { EnrolledApplicant } from '../enroll-client/enroll-client.types.js';
import { type NewGap, noteGaps } from './gaps.repository.js';
import { Healer, type HealResult, type Reported } from './healer.service.js';
import { readAhead } from './read-ahead.js';
import { listUnreported, type UnreportedApplicant } from './reported.repository.js';
import { runVerdict } from './run-verdict.js';
import {
  claimRun,
  COUNTS,
  type Progress,
  type Release,
  releaseRun,
  renewLease,
  type Run,
  type RunCounts,
  saveProgress,
} from './runs.repository.js';

/** Small pages are joined until they hold this many applicants: the size that the inbox writes fastest. */
const BATCH_APPLICANTS = 500;
/** Where few enrolled, a batch ends after this time, so that a run over empty years makes progress too. */
const BATCH_MS = 5000;
/** Batches fetched ahead, and batches compared and written at the same time. */
const BATCHES_AHEAD = 1;
const BATCHES_IN_FLIGHT = 2;
const LOOK_BACK_APPLICANTS = 500;

/** Answers of eNROLL that are compared and written together. */
type Batch = Reported & Pick<Progress, 'asked' | 'position'>;

const NEVER = new AbortController().signal;

/** Progress of a run. `share` is the part of its range that was read, 0 to 1. */
export interface RunStep extends RunCounts {
  share: number;
}

/** `taken`: another process holds the run. */
export type RunEnd = 'completed' | 'failed' | 'waiting' | 'taken';

interface WorkOptions {
  /** This run, due or not; absent: the oldest that is due. */
  id?: string;
  onStep?: (step: RunStep) => void;
  /** Ends it between two batches; the run continues there later. */
  enough?: AbortSignal;
}

/** One claim of a run. */
interface Claim extends Required<Omit<WorkOptions, 'id'>> {
  run: Run;
  owner: string;
  /** Aborts when the process leaves or the claim is lost. */
  signal: AbortSignal;
  lease: Lease;
  counts: RunCounts;
}

/** Works on runs: reads the range page by page, heals, and finally asks about applicants that eNROLL did not name. */
@Injectable()
export class Runner {
  private readonly log = new Logger('reconciliation');

  constructor(
    private readonly connection: EntityManager,
    private readonly enroll: EnrollClient,
    private readonly healer: Healer,
  ) {}

  /**
   * Claims a run and continues it as far as possible. Never throws for a failure of eNROLL or the inbox.
   * @param signal ends it in the middle of a request
   * @returns undefined if there is nothing to do
   */
  async work(
    signal: AbortSignal,
    { id, onStep = () => undefined, enough = NEVER }: WorkOptions = {},
  ): Promise<RunEnd | undefined> {
    const owner = randomUUID();
    const run = await claimRun(this.connection, owner, id);
    if (run === undefined) return undefined;
    const lease = new Lease(() => renewLease(this.connection, run.id, owner));
    const counts = { ...run };
    const either = AbortSignal.any([signal, lease.lost]);
    const claim = { run, owner, counts, onStep, lease, enough, signal: either };
    const left = AbortSignal.any([signal, enough]);
    return lease.hold(() => this.attempt(claim, left));
  }

  private async attempt(claim: Claim, left: AbortSignal): Promise<RunEnd> {
    const { run, owner } = claim;
    try {
      if (!run.askedAll) await this.ask(claim);
      await this.lookBack(claim);
      await releaseRun(this.connection, run.id, owner, { state: 'completed' });
      return 'completed';
    } catch (error) {
      if (left.aborted) {
        await this.release(claim, { state: 'waiting' });
        return 'waiting';
      }
      if (claim.signal.aborted) return 'taken';
      // an attempt that moved the counts made progress, whatever happened later
      const verdict = runVerdict(error, claim.counts.asked > run.asked ? 0 : run.attempts);
      const line = { code: verdict.errorCode, runId: run.id, state: verdict.state };
      if (verdict.errorCode === 'INTERNAL') this.log.error({ ...line, error }, 'A run broke off');
      else this.log.warn(line, 'A run broke off');
      await this.release(claim, verdict);
      return verdict.state;
    }
  }

  /** If the database is away too, the lease ends by itself. */
  private async release({ run, owner }: Claim, release: Release): Promise<void> {
    try {
      await releaseRun(this.connection, run.id, owner, release);
    } catch (error) {
      this.log.warn({ code: 'RUN_NOT_RELEASED', runId: run.id, error });
    }
  }

  /** Several batches are compared and written at a time. Their progress is saved in order, so that none is skipped. */
  private async ask(claim: Claim): Promise<void> {
    const saves: Promise<void>[] = [];
    try {
      for await (const batch of readAhead(this.batches(claim), BATCHES_AHEAD)) {
        const previous = saves.at(-1);
        const saved = this.healer.heal(batch, claim.run).then(async (healResult) => {
          await previous;
          await this.conclude(claim, batch, healResult);
        });
        saved.catch(() => undefined); // awaited below; until then nobody handles its error
        saves.push(saved);
        if (saves.length >= BATCHES_IN_FLIGHT) await saves.shift();
      }
      await Promise.all(saves);
    } finally {
      await Promise.allSettled(saves);
    }
  }

  private async *batches({ run, signal, enough }: Claim): AsyncGenerator<Batch> {
    const range = { from: run.from, to: endOf(run) };
    let { position } = run;
    do {
      enough.throwIfAborted();
      const dueMs = performance.now() + BATCH_MS;
      const askedAt = new Date();
      const enrolledSince = position === null ? range.from : new Date(position.from);
      const items: EnrolledApplicant[] = [];
      let asked = 0;
      do {
        const page = await this.enroll.datePage(range, position ?? undefined, signal);
        items.push(...page.items);
        asked++;
        position = page.next ?? null;
      } while (position !== null && items.length < BATCH_APPLICANTS && performance.now() < dueMs);
      yield { items, askedAt, enrolledSince, asked, position };
    } while (position !== null);
  }

  /** Asks by id for applicants that came in the range but were not in the answers: enrolled earlier, or gone. */
  private async lookBack(claim: Claim): Promise<void> {
    const { run, enough } = claim;
    const range = { ...run, to: endOf(run) };
    let last: UnreportedApplicant | undefined;
    for (;;) {
      const unreported: UnreportedApplicant[] = await listUnreported(
        this.connection,
        range,
        last,
        LOOK_BACK_APPLICANTS,
      );
      last = unreported.at(-1);
      if (last === undefined) return;
      enough.throwIfAborted();
      await this.askAfter(claim, unreported);
    }
  }

  private async askAfter(claim: Claim, unreported: UnreportedApplicant[]): Promise<void> {
    const { run, signal } = claim;
    const askedAt = new Date();
    const items: EnrolledApplicant[] = [];
    let asked = 0;
    const ids = unreported.map(({ applicantId }) => applicantId);
    for await (const page of this.enroll.applicantsByIds(ids, signal)) {
      items.push(...page);
      asked++;
    }
    const batch = { items, askedAt, enrolledSince: null, asked, position: null };
    const healResult = await this.healer.heal(batch, run);
    const known = new Set(healResult.reported.map(({ applicantId }) => applicantId));
    const unknown = unreported
      .filter(({ applicantId }) => !known.has(applicantId))
      .map(({ applicantId, firstReceivedAt }): NewGap => {
        return { applicantId, kind: 'missing_there', enrolledAt: firstReceivedAt };
      });
    await this.conclude(claim, batch, healResult, unknown);
  }

  /** Stores a result and the progress in one transaction. @param unknown gaps of applicants that eNROLL does not know */
  private async conclude(
    claim: Claim,
    { asked, position }: Batch,
    healResult: HealResult,
    unknown: NewGap[] = [],
  ): Promise<void> {
    const { run, owner, counts } = claim;
    const added = await this.connection.transaction(async (tx): Promise<RunCounts> => {
      const concluded = await this.healer.conclude(tx, run.id, healResult);
      const { missingThere } = await noteGaps(tx, run.id, unknown);
      const progress = { asked, position, ...concluded, quarantined: healResult.quarantined };
      if (!(await saveProgress(tx, run.id, owner, progress))) {
        claim.lease.giveUp();
        throw new Error('another process has taken the run over');
      }
      return { ...healResult.gaps, ...progress, missingThere };
    });
    for (const name of COUNTS) counts[name] += added[name];
    const end = endOf(run).getTime();
    const at = position === null ? end : Date.parse(position.from);
    const share = (at - run.from.getTime()) / (end - run.from.getTime());
    claim.onStep({ ...counts, share });
  }
}

/** A run does not ask about what lay in the future when it was created: the same at every attempt. */
function endOf({ to, createdAt }: Run): Date {
  return to < createdAt ? to : createdAt;
}
