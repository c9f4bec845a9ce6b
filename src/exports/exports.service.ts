import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { isSensitiveColumn } from '../applicants/columns.types.js';
import { Audit } from '../audit/audit.service.js';
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
  type ExportPosition,
  findExport,
  insertExport,
  listExports,
} from './exports.repository.js';
import { DEFAULT_COLUMNS, type Export, type ExportContent } from './exports.types.js';

export const WRITE_EXPORTS = 'exports.write';
export const REMOVE_EXPORTS = 'exports.remove';

/** Of one key: more would take days of the worker from others who wait for theirs. */
const MAX_WAITING = 10;
const RETRY_AFTER_SECONDS = 60;
const LIST = 'exports';
const CURSOR = z.tuple([z.iso.datetime(), z.guid()]);

/** Files of applicants that somebody asked for. A job writes them; until they expire they can be had. */
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

  /** Asks for a file; it is begun as soon as a worker has time. @throws Problem TOO_MANY_EXPORTS */
  async create(body: CreateExportBody, actor: Actor): Promise<ExportDto> {
    const { holdsPii, ...content } = contentOf(body, actor);
    const created = await this.connection.transaction(async (tx) => {
      if ((await countWaiting(tx, actor.name)) >= MAX_WAITING) {
        throw new Problem('TOO_MANY_EXPORTS', undefined, { retryAfterSeconds: RETRY_AFTER_SECONDS });
      }
      const row = await insertExport(tx, content, { createdBy: actor.name, holdsPii });
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
   * Ends an export that is not over; whoever writes it notices within seconds.
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

  /** Forgets an export in any state, with its file. @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE */
  async remove(id: string, actor: Actor): Promise<void> {
    const removed = await this.change(id, 'export.delete', actor, (tx) => deleteExport(tx, id));
    if (!removed) throw new Problem('NOT_FOUND');
  }

  /** Sends for a worker. Only a hint: without it the schedule finds what is due within a minute. */
  wake(afterSeconds = 0): void {
    const startAfterSeconds = Math.ceil(afterSeconds);
    // of their own keys, so that one that waits for its time does not hold up one that need not
    const singletonKey = startAfterSeconds > 0 ? 'later' : 'now';
    this.jobs.send(WRITE_EXPORTS, {}, { singletonKey, startAfterSeconds }).catch(() => undefined);
  }

  /** Sends for somebody who removes parts that are nobody's any more; only a hint, too. */
  tidy(): void {
    this.jobs.send(REMOVE_EXPORTS, {}, { singletonKey: 'now' }).catch(() => undefined);
  }

  private async change(
    id: string,
    action: string,
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

/** What is to be written for whom: sensitive columns are masked unless the actor may read them and wants to. */
export function contentOf(body: CreateExportBody, actor: Actor): ExportContent & { holdsPii: boolean } {
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

/** Who does what with which columns of whom: nothing of it is personal. */
export function deedOf(action: string, actor: string, of: ExportContent & { id: string; holdsPii: boolean }) {
  const { id, format, filter, columns, masked, holdsPii } = of;
  return { actor, action, subject: `export:${id}`, detail: { format, filter, columns, masked, holdsPii } };
}

function positionOf(cursor: string): ExportPosition {
  const [createdAt, id] = readCursor(LIST, CURSOR, cursor);
  return { createdAt: new Date(createdAt), id };
}

/** An export as it is shown. */
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
