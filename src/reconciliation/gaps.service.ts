import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { AuditEntry } from '../audit/audit.types.js';
import { Audit, toEach } from '../audit/audit.service.js';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import {
  findGap,
  type Gap,
  type GapPosition,
  ignoreGap,
  listGaps,
  listOpenGaps,
  type OpenGaps,
  summarizeOpenGaps,
} from './gaps.repository.js';
import { Healer } from './healer.service.js';
import type { GapDto, GapPageDto, HealedDto, ListGapsQuery } from './reconciliation.dto.js';
import { Reconciliation } from './reconciliation.service.js';
import { shown } from './rows.js';

const LIST = 'reconciliation-gaps';
const CURSOR = z.tuple([z.iso.datetime(), z.guid()]);
/** Most gaps for one call, so that it ends before a proxy times out. */
const MAX_HEALED = 1000;

/** Differences between eNROLL and us: open -> healed | ignored. */
@Injectable()
export class Gaps {
  constructor(
    private readonly connection: EntityManager,
    private readonly enroll: EnrollClient,
    private readonly healer: Healer,
    private readonly audit: Audit,
    private readonly reconciliation: Reconciliation,
  ) {}

  /** Newest first. @throws Problem ENROLL_NOT_CONFIGURED, BAD_CURSOR */
  async list({ limit, cursor, ...filter }: ListGapsQuery): Promise<GapPageDto> {
    this.reconciliation.requireConfigured();
    const after = cursor === undefined ? null : positionOf(cursor);
    const rows = await listGaps(this.connection, filter, after, limit + 1);
    const { items, nextCursor } = pageOf(rows, limit, cursorOf);
    return { items: items.map(shown), nextCursor };
  }

  /** Open gaps, also where eNROLL is not configured. */
  async summary(): Promise<OpenGaps> {
    return summarizeOpenGaps(this.connection);
  }

  /** Asks eNROLL for the applicant of an open gap. @throws Problem NOT_FOUND, CONFLICT, and what eNROLL's calls throw */
  async heal(id: string, by: string): Promise<GapDto> {
    const gap = await this.openGap(id);
    await this.healAll([gap], by);
    return shown(await this.gap(id));
  }

  /** Asks eNROLL about the open gaps after a position, oldest first, at most a thousand. @throws what eNROLL's calls throw */
  async healOpen(by: string, cursor?: string): Promise<HealedDto> {
    this.reconciliation.requireConfigured();
    const after = cursor === undefined ? null : positionOf(cursor);
    const rows = await listOpenGaps(this.connection, after, MAX_HEALED + 1);
    const { items, nextCursor } = pageOf(rows, MAX_HEALED, cursorOf);
    const healed = await this.healAll(items, by);
    return { asked: items.length, healed, open: (await this.summary()).open, nextCursor };
  }

  /** Ignores an open gap for good. @throws Problem NOT_FOUND, CONFLICT */
  async ignore(id: string, reason: string, by: string): Promise<GapDto> {
    const { applicantId } = await this.openGap(id);
    await this.connection.transaction(async (tx) => {
      if (!(await ignoreGap(tx, id, reason))) throw new Problem('CONFLICT', 'it was closed in the meantime');
      const deed: AuditEntry = { actor: by, action: 'reconciliation.ignore', subject: `gap:${id}`, reason };
      await this.audit.record(tx, deed, ...toEach(deed, [applicantId]));
    });
    return shown(await this.gap(id));
  }

  private async healAll(gaps: Gap[], by: string): Promise<number> {
    if (gaps.length === 0) return 0;
    const ids = gaps.map(({ applicantId }) => applicantId);
    const healed = await this.healer.healAnswers(this.enroll.applicantsByIds(ids));
    const deed: AuditEntry = {
      actor: by,
      action: 'reconciliation.heal',
      subject: gaps.length === 1 ? `gap:${gaps[0]?.id}` : 'gaps:open',
      detail: { asked: gaps.length, healed },
    };
    await this.audit.record(null, deed, ...toEach(deed, ids));
    return healed;
  }

  private async openGap(id: string): Promise<Gap> {
    this.reconciliation.requireConfigured();
    const gap = await this.gap(id);
    if (gap.state !== 'open') throw new Problem('CONFLICT', `it is already ${gap.state}`);
    return gap;
  }

  private async gap(id: string): Promise<Gap> {
    const gap = await findGap(this.connection, id);
    if (gap === undefined) throw new Problem('NOT_FOUND');
    return gap;
  }
}

function cursorOf({ foundAt, id }: GapPosition): string {
  return writeCursor(LIST, foundAt.toISOString(), id);
}

function positionOf(cursor: string): GapPosition {
  const [foundAt, id] = readCursor(LIST, CURSOR, cursor);
  return { foundAt: new Date(foundAt), id };
}
