import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { isSensitiveColumn } from '../applicants/columns.types.js';
import { Audit } from '../audit/audit.service.js';
import type { AuditAction } from '../audit/audit.actions.js';
import type { Actor } from '../auth/auth.types.js';
import { requireMaker } from '../auth/ownership.guard.js';
import { Config } from '../config/config.js';
import { Jobs } from '../jobs/jobs.service.js';
import { Metrics } from '../observability/metrics.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import type { PageQuery } from '../problem/page.dto.js';
import { Problem } from '../problem/problem.js';
import type { CreateExportBody, ExportDto, ExportPageDto } from './exports.dto.js';
import {
  cancelExport,
  countWaiting,
  deleteExport,
  type Export,
  type ExportContent,
  type ExportPosition,
  findExport,
  insertExport,
  listExports,
} from './exports.repository.js';
import { DEFAULT_COLUMNS } from './exports.types.js';

export const WRITE_EXPORTS = 'exports.write';
export const REMOVE_EXPORTS = 'exports.remove';

/** Per key: more would keep the worker from other callers' exports for days. */
const MAX_WAITING = 10;
const RETRY_AFTER_SECONDS = 60;
const LIST = 'exports';
const CURSOR = z.tuple([z.iso.datetime(), z.guid()]);

/** Files of applicants that callers ask for. A job writes them; they can be downloaded until they expire. */
@Injectable()
export class Exports {
  private readonly keepDays: number;

  constructor(
    private readonly connection: EntityManager,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly metrics: Metrics,
    config: Config,
  ) {
    this.keepDays = config.env.ROLLCALL_EXPORT_DAYS;
  }

  /** Asks for a file; a worker begins it as soon as it has time. @throws Problem TOO_MANY_EXPORTS */
  async create(body: CreateExportBody, actor: Actor): Promise<ExportDto> {
    const created = await this.connection.transaction(async (tx) => {
      if ((await countWaiting(tx, actor.name)) >= MAX_WAITING) {
        throw new Problem('TOO_MANY_EXPORTS', undefined, { retryAfterSeconds: RETRY_AFTER_SECONDS });
      }
      const row = await insertExport(tx, actor.name, contentOf(body, actor));
      await this.audit.record(tx, deedOf('export.create', actor.name, row));
      return row;
    });
    this.wake();
    return viewOf(created);
  }

  /** Newest first. @throws Problem BAD_CURSOR */
  async list({ limit, cursor }: PageQuery): Promise<ExportPageDto> {
    const after = cursor === undefined ? null : positionOf(cursor);
    const rows = await listExports(this.connection, after, limit + 1);
    const page = pageOf(rows, limit, ({ createdAt, id }) => writeCursor(LIST, createdAt.toISOString(), id));
    return { items: page.items.map(viewOf), nextCursor: page.nextCursor };
  }

  /** @throws Problem NOT_FOUND */
  async find(id: string): Promise<ExportDto> {
    const found = await findExport(this.connection, id);
    if (found === undefined) throw new Problem('NOT_FOUND');
    return viewOf(found);
  }

  /**
   * Stops an export that is not finished; its worker notices within seconds.
   * @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE, CONFLICT
   */
  async cancel(id: string, actor: Actor): Promise<ExportDto> {
    const cancelled = await this.change(id, 'export.cancel', actor, (tx) =>
      cancelExport(tx, id, this.keepDays),
    );
    const now = await this.find(id);
    if (!cancelled) throw new Problem('CONFLICT', `The export is ${now.state}`);
    this.metrics.exports.add('cancelled');
    return now;
  }

  /** Deletes an export in any state, with its file. @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE */
  async remove(id: string, actor: Actor): Promise<void> {
    const removed = await this.change(id, 'export.delete', actor, (tx) => deleteExport(tx, id));
    if (!removed) throw new Problem('NOT_FOUND');
  }

  /** Asks for a worker. Only a hint: without it the schedule finds what is due within a minute. */
  wake(afterSeconds = 0): void {
    const startAfterSeconds = Math.ceil(afterSeconds);
    // two keys, so that a job for later does not hold up a job for now
    const singletonKey = startAfterSeconds > 0 ? 'later' : 'now';
    this.jobs.send(WRITE_EXPORTS, {}, { singletonKey, startAfterSeconds }).catch(() => undefined);
  }

  /** Asks for the removal of parts that belong to no export any more; only a hint, too. */
  tidy(): void {
    this.jobs.send(REMOVE_EXPORTS, {}, { singletonKey: 'now' }).catch(() => undefined);
  }

  private async change(
    id: string,
    action: AuditAction,
    actor: Actor,
    statement: (tx: EntityManager) => Promise<boolean>,
  ): Promise<boolean> {
    const changed = await this.connection.transaction(async (tx) => {
      const found = await findExport(tx, id);
      if (found === undefined) throw new Problem('NOT_FOUND');
      requireMaker(found, actor);
      const done = await statement(tx);
      if (done) await this.audit.record(tx, { actor: actor.name, action, subject: `export:${id}` });
      return done;
    });
    if (changed) this.tidy();
    return changed;
  }
}

/** What is written: sensitive columns are masked unless the actor may read them and wants to. */
export function contentOf(body: CreateExportBody, actor: Actor): ExportContent {
  const { format, filter = {}, columns = DEFAULT_COLUMNS } = body;
  const masked = body.masked === true || !actor.can('pii:read');
  const given = Object.entries(filter).filter(([, value]) => value !== undefined && value !== null);
  return {
    format,
    filter: Object.fromEntries(given),
    columns,
    masked,
    holdsPii: !masked && columns.some(isSensitiveColumn),
  };
}

/** For the audit: who did what with which columns and which filter. None of it is personal data. */
export function deedOf(action: AuditAction, actor: string, of: ExportContent & { id: string }) {
  const { id, format, filter, columns, masked, holdsPii } = of;
  return { actor, action, subject: `export:${id}`, detail: { format, filter, columns, masked, holdsPii } };
}

function positionOf(cursor: string): ExportPosition {
  const [createdAt, id] = readCursor(LIST, CURSOR, cursor);
  return { createdAt: new Date(createdAt), id };
}

/** An export as the API shows it. */
function viewOf(row: Export): ExportDto {
  const { attempt: _, parts: __, createdAt, startedAt, finishedAt, expiresAt, ...shown } = row;
  return {
    ...shown,
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}
