import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import { Jobs } from '../jobs/jobs.service.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import { instantInCairo } from '../enroll-contract/cairo-days.js';
import type { ListRunsQuery, RunDto, RunPageDto } from './reconciliation.dto.js';
import type { Run, RunTrigger } from './reconciliation.types.js';
import { countsOf } from './runner.service.js';
import { cancelRun, findRun, insertRun, listRuns } from './runs.repository.js';

export const WORK_RUNS = 'reconciliation.work';

/** A mistyped year would keep eNROLL busy for hours. */
const LONGEST_MS = 10 * 366 * 86_400_000;

const LIST = 'reconciliation-runs';
const CURSOR = z.tuple([z.iso.datetime(), z.guid()]);

/** A range as it was given: times, or dates, which are days in Cairo. */
export interface AskedRange {
  from: string;
  to: string;
  dryRun: boolean;
}

/** Runs: what eNROLL was asked, when, and what came of it. A job works them off; a command may, too. */
@Injectable()
export class Reconciliation {
  constructor(
    private readonly connection: EntityManager,
    private readonly enroll: EnrollClient,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  /**
   * Makes a run, or finds the unfinished one of the same range; it begins as soon as somebody works it off.
   * @throws Problem BAD_REQUEST, ENROLL_NOT_CONFIGURED
   */
  async start(
    asked: AskedRange,
    trigger: RunTrigger,
    startedBy: string,
  ): Promise<RunDto & { isNew: boolean }> {
    this.requireConfigured();
    const { from, to } = periodOf(asked);
    const now = Date.now();
    if (from.getTime() >= now) throw new Problem('BAD_REQUEST', 'from lies in the future');
    if (Math.min(to.getTime(), now) - from.getTime() > LONGEST_MS) {
      throw new Problem('BAD_REQUEST', 'a run covers ten years at most');
    }
    return this.connection.transaction(async (tx) => {
      const { isNew, ...run } = await insertRun(tx, { from, to, trigger, startedBy, dryRun: asked.dryRun });
      if (isNew) {
        await this.audit.record(tx, {
          actor: startedBy,
          action: 'reconciliation.start',
          subject: `reconciliation:${run.id}`,
          detail: { from: from.toISOString(), to: to.toISOString(), dryRun: asked.dryRun },
        });
      }
      return { ...runView(run), isNew };
    });
  }

  /** Sends for a worker. Only a hint: without it the schedule finds what is due within a minute. */
  wake(afterSeconds = 0): void {
    const startAfterSeconds = Math.ceil(afterSeconds);
    // of their own keys, so that one that waits for its time does not hold up one that need not
    const singletonKey = startAfterSeconds > 0 ? 'later' : 'now';
    this.jobs.send(WORK_RUNS, {}, { singletonKey, startAfterSeconds }).catch(() => undefined);
  }

  /** Newest first. @throws Problem ENROLL_NOT_CONFIGURED, BAD_CURSOR */
  async list({ limit, cursor, state }: ListRunsQuery): Promise<RunPageDto> {
    this.requireConfigured();
    const after = cursor === undefined ? null : positionOf(cursor);
    const rows = await listRuns(this.connection, state ?? null, after, limit + 1);
    const page = pageOf(rows, limit, ({ createdAt, id }) => writeCursor(LIST, createdAt.toISOString(), id));
    return { items: page.items.map(runView), nextCursor: page.nextCursor };
  }

  /** @throws Problem ENROLL_NOT_CONFIGURED, NOT_FOUND */
  async find(id: string): Promise<RunDto> {
    this.requireConfigured();
    const run = await findRun(this.connection, id);
    if (run === undefined) throw new Problem('NOT_FOUND');
    return runView(run);
  }

  /** Ends a run that is not over; what it has healed stays. @throws Problem ENROLL_NOT_CONFIGURED, NOT_FOUND, CONFLICT */
  async cancel(id: string, by: string): Promise<RunDto> {
    const { state } = await this.find(id);
    const run = await this.connection.transaction(async (tx) => {
      const cancelled = await cancelRun(tx, id);
      const event = { actor: by, action: 'reconciliation.cancel', subject: `reconciliation:${id}` };
      if (cancelled !== undefined) await this.audit.record(tx, event);
      return cancelled;
    });
    if (run === undefined) throw new Problem('CONFLICT', `it is ${state} already`);
    return runView(run);
  }

  get configured(): boolean {
    return this.enroll.configured;
  }

  /** @throws Problem ENROLL_NOT_CONFIGURED */
  requireConfigured(): void {
    if (this.configured) return;
    throw new Problem(
      'ENROLL_NOT_CONFIGURED',
      'Set ENROLL_BASE_URL, ENROLL_TENANT_ID and ENROLL_TENANT_SECRET',
    );
  }
}

/** @throws Problem BAD_REQUEST where `from` is not before `to` */
export function periodOf({ from, to }: { from: string; to: string }): { from: Date; to: Date } {
  const period = { from: instantInCairo(from), to: instantInCairo(to) };
  if (!(period.from < period.to)) throw new Problem('BAD_REQUEST', 'from must be before to');
  return period;
}

function positionOf(cursor: string) {
  const [createdAt, id] = readCursor(LIST, CURSOR, cursor);
  return { createdAt: new Date(createdAt), id };
}

/** A run as it is shown. */
function runView(run: Run): RunDto {
  const { id, trigger, startedBy, dryRun, state, attempts, errorCode, position } = run;
  return {
    id,
    from: run.from.toISOString(),
    to: run.to.toISOString(),
    trigger,
    startedBy,
    dryRun,
    state,
    ...countsOf(run),
    reachedAt: position?.from ?? null,
    attempts,
    errorCode,
    nextAttemptAt: state === 'waiting' ? run.nextAttemptAt.toISOString() : null,
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
  };
}
