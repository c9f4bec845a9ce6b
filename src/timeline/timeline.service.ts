import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import {
  type CheckedEvent,
  type VersionEvent,
  VersionContents,
} from '../applicants/version-contents.service.js';
import type { Actor } from '../auth/auth.types.js';
import { asKept } from '../db/applicant-id.repository.js';
import type { Outcome } from '../enroll-contract/types.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import type { PageQuery } from '../problem/page.dto.js';
import { Problem } from '../problem/problem.js';
import { requireReadable } from '../problem/readable.js';
import type { TimelineEntryDto, TimelinePageDto } from './timeline.dto.js';
import { isKnown, listEntries, type TimelinePlace, type TimelineRow } from './timeline.repository.js';
import { TIMELINE_TYPE_NAMES, TIMELINE_TYPES } from './timeline.types.js';

const LIST = 'timeline';
const CURSOR = z.tuple([z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/), z.string().max(200)]);

/** A version as its row says it, by the names under which it is held against what was sealed. */
type SaidVersion = VersionEvent &
  Pick<TimelineRow, 'flags' | 'changedFields' | 'receiptId' | 'elementIndex' | 'source' | 'kind'> & {
    event: string;
    receivedAt: Date;
  };

/** Everything about one applicant in one order, without a value of theirs. */
@Injectable()
export class Timeline {
  constructor(
    private readonly connection: EntityManager,
    private readonly contents: VersionContents,
  ) {}

  /**
   * Newest first. Somebody of whom nothing could be taken has a timeline, too: that of the quarantine.
   * @throws Problem NOT_FOUND, RESTRICTED, APPLICANT_ERASED, BAD_CURSOR
   */
  async list(asked: string, { limit, cursor }: PageQuery, actor: Actor): Promise<TimelinePageDto> {
    const before = placeIn(cursor);
    const applicantId = await asKept(this.connection, asked);
    await requireReadable(this.connection, applicantId);
    const leftOut = TIMELINE_TYPE_NAMES.filter((type) => {
      const scope = TIMELINE_TYPES[type];
      return scope !== null && !actor.can(scope);
    });
    const types = TIMELINE_TYPE_NAMES.filter((type) => !leftOut.includes(type));
    const rows = await listEntries(this.connection, applicantId, types, before, limit + 1);
    if (rows.length === 0 && !(await isKnown(this.connection, applicantId))) throw new Problem('NOT_FOUND');
    const versions = await this.checkVersions(applicantId, rows.slice(0, limit));
    // the page ends before a version that it is too long for
    const unread = rows.findIndex((row) => row.type === 'version' && !versions.has(row));
    const isCut = unread >= 0 && unread < limit;
    const cursorOf = ({ place, key }: TimelineRow) => writeCursor(LIST, place, key);
    const { items, nextCursor } = pageOf(isCut ? rows.slice(0, unread) : rows, limit, cursorOf, isCut);
    return { items: items.map((row) => entryOf(row, versions.get(row))), nextCursor, leftOut };
  }

  private async checkVersions(
    applicantId: string,
    rows: TimelineRow[],
  ): Promise<Map<TimelineRow, CheckedEvent<SaidVersion>>> {
    const versions = rows.filter(({ type }) => type === 'version');
    const said = versions.map((row) => saidOf(applicantId, row));
    const checked = await this.contents.check(this.connection, said, false);
    return new Map(checked.map((version, at) => [versions[at]!, version]));
  }
}

function saidOf(applicantId: string, row: TimelineRow): SaidVersion {
  const { what: event, at: receivedAt, version, status, flags, changedFields } = row;
  const { receiptId, elementIndex, source, kind } = row;
  const outcome = row.state as Outcome;
  const ref = { of: 'changes', applicantId, version: version ?? 0 } as const;
  return {
    ...ref,
    event,
    outcome,
    status,
    flags,
    changedFields,
    receiptId,
    elementIndex,
    source,
    kind,
    receivedAt,
  };
}

function entryOf(row: TimelineRow, checked?: CheckedEvent<SaidVersion>): TimelineEntryDto {
  const { place: _, key: __, at, settledAt, ...rest } = row;
  const times = { at: at.toISOString(), settledAt: settledAt?.toISOString() ?? null };
  if (checked === undefined) return { ...rest, ...times };
  const { event, tampered } = checked;
  const { flags, changedFields, receiptId, elementIndex, source, kind, status } = event;
  return {
    ...rest,
    ...times,
    ...{ what: event.event, state: event.outcome },
    ...{ status, flags, changedFields, receiptId, elementIndex, source, kind },
    ...(tampered.length > 0 && { tampered: true, tamperedFields: tampered }),
  };
}

function placeIn(cursor: string | undefined): TimelinePlace | null {
  if (cursor === undefined) return null;
  const [place, key] = readCursor(LIST, CURSOR, cursor);
  return { place, key };
}
