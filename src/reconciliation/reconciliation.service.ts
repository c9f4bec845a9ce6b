import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { AuditEntry } from '../audit/audit.types.js';
import { Audit } from '../audit/audit.service.js';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import { Jobs } from '../jobs/jobs.service.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import { instantInCairo } from '../enroll-contract/cairo-days.js';
import type { ListRunsQuery, PeriodQuery, RunDto, RunPageDto, StartRunBody } from './reconciliation.dto.js';
import type { RunTrigger } from './reconciliation.types.js';
import { shown } from './rows.js';
import { cancelRun, findRun, insertRun, listRuns, type Run } from './runs.repository.js';

export const WORK_RUNS = 'reconciliation.work';

/** A mistyped year would keep eNROLL busy for hours. */
const LONGEST_MS = 10 * 366 * 86_400_000;

const LIST = 'reconciliation-runs';
const CURSOR = z.tuple([z.iso.datetime(), z.guid()]);

/** Runs: what eNROLL was asked, when, and the result. A job or a command works on them. */
@Injectable()
export class Reconciliation {
  constructor(
    private readonly connection: EntityManager,
    private readonly enroll: EnrollClient,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  /**
   * Creates a run, or finds the unfinished one of the same range. It starts when a worker claims it.
   * @throws Problem BAD_REQUEST, ENROLL_NOT_CONFIGURED
   */
  async start(
    asked: StartRunBody,
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
      return { ...viewOf(run), isNew };
    });
  }

  /** Calls a worker. Only a hint: without it the schedule finds due runs within a minute. */
  wake(afterSeconds = 0): void {
    const startAfterSeconds = Math.ceil(afterSeconds);
    // separate keys, so that a delayed job does not block an immediate one
    const singletonKey = startAfterSeconds > 0 ? 'later' : 'now';
    this.jobs.send(WORK_RUNS, {}, { singletonKey, startAfterSeconds }).catch(() => undefined);
  }

  /** Newest first. @throws Problem ENROLL_NOT_CONFIGURED, BAD_CURSOR */
  async list({ limit, cursor, state }: ListRunsQuery): Promise<RunPageDto> {
    this.requireConfigured();
    const after = cursor === undefined ? null : positionOf(cursor);
    const rows = await listRuns(this.connection, state ?? null, after, limit + 1);
    const page = pageOf(rows, limit, ({ createdAt, id }) => writeCursor(LIST, createdAt.toISOString(), id));
    return { items: page.items.map(viewOf), nextCursor: page.nextCursor };
  }

  /** @throws Problem ENROLL_NOT_CONFIGURED, NOT_FOUND */
  async find(id: string): Promise<RunDto> {
    this.requireConfigured();
    const run = await findRun(this.connection, id);
    if (run === undefined) throw new Problem('NOT_FOUND');
    return viewOf(run);
  }

  /** Ends an unfinished run. What it healed stays healed. @throws Problem ENROLL_NOT_CONFIGURED, NOT_FOUND, CONFLICT */
  async cancel(id: string, by: string): Promise<RunDto> {
    const { state } = await this.find(id);
    return this.connection.transaction(async (tx) => {
      const run = await cancelRun(tx, id);
      if (run === undefined) throw new Problem('CONFLICT', `it is already ${state}`);
      const entry: AuditEntry = {
        actor: by,
        action: 'reconciliation.cancel',
        subject: `reconciliation:${id}`,
      };
      await this.audit.record(tx, entry);
      return viewOf(run);
    });
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
export function periodOf({ from, to }: PeriodQuery): { from: Date; to: Date } {
  const period = { from: instantInCairo(from), to: instantInCairo(to) };
  if (!(period.from < period.to)) throw new Problem('BAD_REQUEST', 'from must be before to');
  return period;
}

function positionOf(cursor: string) {
  const [createdAt, id] = readCursor(LIST, CURSOR, cursor);
  return { createdAt: new Date(createdAt), id };
}

function viewOf({ position: _position, askedAll: _askedAll, ...run }: Run): RunDto {
  return shown(run);
}
