import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import type { Tx } from '../db/tx.js';
import { Lease } from '../jobs/lease.js';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import type { DatePosition, EnrolledApplicant } from '../enroll-client/enroll-client.types.js';
import { noteGaps } from './gaps.repository.js';
import { Healer, type HealResult } from './healer.service.js';
import { readAhead } from './read-ahead.js';
import type { GapKind, Run, RunCounts } from './reconciliation.types.js';
import { runVerdict } from './run-verdict.js';
import { claimRun, type Progress, releaseRun, renewLease, saveProgress } from './runs.repository.js';
import { listUnreported, type UnreportedApplicant } from './reported.repository.js';

/** Small pages are put together to so many applicants, which is what the inbox writes best. */
const BATCH_APPLICANTS = 500;
/** Where hardly anybody enrolled a batch ends by the clock, so that a run over empty years gets on, too. */
const BATCH_MS = 5000;
/** Batches fetched before their turn, and batches compared and written at the same time. */
const BATCHES_AHEAD = 1;
const BATCHES_IN_FLIGHT = 2;
const LOOK_BACK_APPLICANTS = 500;

interface Batch {
  items: EnrolledApplicant[];
  pages: number;
  askedAt: Date;
  enrolledSince: Date;
  next: DatePosition | undefined;
}

const NEVER = new AbortController().signal;

/** How far a run has come. `share` is the part of its range that was read, 0 to 1. */
export interface RunStep extends RunCounts {
  share: number;
}

/** `taken`: another process holds the run. */
export type RunEnd = 'completed' | 'failed' | 'waiting' | 'taken';

interface WorkOptions {
  /** This run, whether it is due or not; absent: what is longest due. */
  id?: string;
  onStep?: (step: RunStep) => void;
  /** Ends it between two batches; the run goes on where it was. */
  enough?: AbortSignal;
}

/** One claim of a run. */
interface Claim {
  run: Run;
  owner: string;
  /** Aborts when the process leaves or the claim is lost. */
  signal: AbortSignal;
  enough: AbortSignal;
  lease: Lease;
  counts: RunCounts;
  onStep: (step: RunStep) => void;
}

/** Works runs off: reads the range page by page, heals, and at last asks after those that eNROLL did not name. */
@Injectable()
export class Runner {
  private readonly log = new Logger('reconciliation');

  constructor(
    private readonly connection: EntityManager,
    private readonly enroll: EnrollClient,
    private readonly healer: Healer,
  ) {}

  /**
   * Claims a run and brings it as far as it goes. Never throws for what eNROLL or the inbox does.
   * @param signal ends it in the middle of a request
   * @returns undefined where there is nothing to do
   */
  async work(
    signal: AbortSignal,
    { id, onStep = () => undefined, enough = NEVER }: WorkOptions = {},
  ): Promise<{ run: Run; end: RunEnd } | undefined> {
    const owner = randomUUID();
    const run = await claimRun(this.connection, owner, id);
    if (run === undefined) return undefined;
    const lease = new Lease(() => renewLease(this.connection, run.id, owner));
    const counts = { ...run };
    const either = AbortSignal.any([signal, lease.lost]);
    const claim = { run, owner, counts, onStep, lease, enough, signal: either };
    const left = AbortSignal.any([signal, enough]);
    return { run, end: await lease.hold(() => this.attempt(claim, left)) };
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
        await this.release(claim, { state: 'waiting', errorCode: null, delaySeconds: 0 });
        return 'waiting';
      }
      if (claim.signal.aborted) return 'taken';
      // counts moved: whatever happened, this attempt brought it further
      const verdict = runVerdict(error, claim.counts.asked > run.asked ? 0 : run.attempts);
      const line = { code: verdict.errorCode, runId: run.id, state: verdict.state };
      if (verdict.errorCode === 'INTERNAL') this.log.error({ ...line, error }, 'A run broke off');
      else this.log.warn(line, 'A run broke off');
      await this.release(claim, verdict);
      return verdict.state;
    }
  }

  /** Where the database is away too, the lease ends by itself. */
  private async release({ run, owner }: Claim, release: Parameters<typeof releaseRun>[3]): Promise<void> {
    try {
      await releaseRun(this.connection, run.id, owner, release);
    } catch (error) {
      this.log.warn({ code: 'RUN_NOT_RELEASED', runId: run.id, error });
    }
  }

  /** Several batches are compared and written at a time; they are written down in their order, so that none is skipped. */
  private async ask(claim: Claim): Promise<void> {
    const { run } = claim;
    const context = { runId: run.id, dryRun: run.dryRun };
    const healResults: Promise<HealResult>[] = [];
    const saves: Promise<void>[] = [];
    let saved = Promise.resolve();
    try {
      for await (const batch of readAhead(this.batches(claim), BATCHES_AHEAD)) {
        const healResult = this.healer.heal(batch, context);
        saved = saved.then(async () => this.save(claim, batch, await healResult));
        // both are told below; until then nobody listens
        healResult.catch(() => undefined);
        saved.catch(() => undefined);
        healResults.push(healResult);
        saves.push(saved);
        if (saves.length < BATCHES_IN_FLIGHT) continue;
        await saves.shift();
        void healResults.shift(); // it is done
      }
      await saved;
    } finally {
      await Promise.allSettled([...healResults, saved]);
    }
  }

  private async *batches({ run, signal, enough }: Claim): AsyncGenerator<Batch> {
    const range = { from: run.from, to: endOf(run) };
    let position = run.position ?? undefined;
    do {
      enough.throwIfAborted();
      const dueMs = performance.now() + BATCH_MS;
      const batch: Batch = {
        items: [],
        pages: 0,
        askedAt: new Date(),
        enrolledSince: position === undefined ? range.from : new Date(position.from),
        next: undefined,
      };
      do {
        const page = await this.enroll.datePage(range, position, signal);
        batch.items.push(...page.items);
        batch.pages++;
        position = batch.next = page.next;
      } while (position !== undefined && batch.items.length < BATCH_APPLICANTS && performance.now() < dueMs);
      yield batch;
    } while (position !== undefined);
  }

  private async save(claim: Claim, batch: Batch, healResult: HealResult): Promise<void> {
    const { run } = claim;
    const askedAll = batch.next === undefined;
    await this.connection.transaction(async (tx) => {
      const { found, healedByRun: healed } = await this.healer.conclude(tx, run.id, healResult);
      const { quarantined } = healResult;
      const position = batch.next ?? null;
      const progress = { asked: batch.pages, found, healed, quarantined, position, askedAll };
      await this.saveProgress(tx, claim, progress, { ...healResult, missingThere: 0 });
    });
  }

  /** Applicants that came in the range and were not among the answers are asked for by id: enrolled earlier, or gone. */
  private async lookBack(claim: Claim): Promise<void> {
    const { run, enough } = claim;
    const range = { id: run.id, from: run.from, to: endOf(run) };
    let after: UnreportedApplicant | null = null;
    for (;;) {
      const unreported: UnreportedApplicant[] = await listUnreported(
        this.connection,
        range,
        after,
        LOOK_BACK_APPLICANTS,
      );
      if (unreported.length === 0) return;
      enough.throwIfAborted();
      await this.askAfter(claim, unreported);
      if (unreported.length < LOOK_BACK_APPLICANTS) return;
      after = unreported.at(-1) ?? null;
    }
  }

  private async askAfter(claim: Claim, unreported: UnreportedApplicant[]): Promise<void> {
    const { run, signal } = claim;
    const askedAt = new Date();
    const { items, pages } = await this.byIds(unreported, signal);
    const reported = { items, askedAt, enrolledSince: null };
    const healResult = await this.healer.heal(reported, { runId: run.id, dryRun: run.dryRun });
    const known = new Set(healResult.reported.map(({ applicantId }) => applicantId));
    const gaps = unreported
      .filter(({ applicantId }) => !known.has(applicantId))
      .map(({ applicantId, firstReceivedAt }) => {
        const kind: GapKind = 'missing_there';
        return { applicantId, kind, enrolledAt: firstReceivedAt };
      });
    await this.connection.transaction(async (tx) => {
      const { found, healedByRun: healed } = await this.healer.conclude(tx, run.id, healResult);
      const noted = gaps.length === 0 ? undefined : await noteGaps(tx, run.id, gaps);
      const { quarantined } = healResult;
      const progress = { asked: pages, found, healed, quarantined, position: null, askedAll: true };
      const missingThere = noted?.get('missing_there') ?? 0;
      await this.saveProgress(tx, claim, progress, { ...healResult, missingThere });
    });
  }

  private async byIds(unreported: UnreportedApplicant[], signal: AbortSignal) {
    const items: EnrolledApplicant[] = [];
    let pages = 0;
    const ids = unreported.map(({ applicantId }) => applicantId);
    for await (const page of this.enroll.applicantsByIds(ids, signal)) {
      items.push(...page);
      pages++;
    }
    return { items, pages };
  }

  /** @param gaps as they were noted, and counted in the row, before this */
  private async saveProgress(
    tx: Tx,
    claim: Claim,
    progress: Progress,
    { missing, different, missingThere }: Pick<RunCounts, 'missing' | 'different' | 'missingThere'>,
  ): Promise<void> {
    const { run, owner, counts } = claim;
    if (!(await saveProgress(tx, run.id, owner, progress))) {
      claim.lease.giveUp();
      throw new Error('another process has taken the run over');
    }
    const added: RunCounts = { ...progress, missing, different, missingThere };
    for (const name of COUNTS) counts[name] += added[name];
    const end = endOf(run).getTime();
    const at = progress.position === null ? end : new Date(progress.position.from).getTime();
    const share = progress.askedAll ? 1 : (at - run.from.getTime()) / (end - run.from.getTime());
    claim.onStep({ ...countsOf(counts), share });
  }
}

const COUNTS = ['asked', 'found', 'missing', 'different', 'missingThere', 'healed', 'quarantined'] as const;

/** The counts of a run alone. */
export function countsOf(run: RunCounts): RunCounts {
  const { asked, found, missing, different, missingThere, healed, quarantined } = run;
  return { asked, found, missing, different, missingThere, healed, quarantined };
}

/** What lies in the future when a run is made is not asked about; the same at every attempt. */
function endOf({ to, createdAt }: Run): Date {
  return to < createdAt ? to : createdAt;
}
