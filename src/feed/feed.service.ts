import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Audit, toEach } from '../audit/audit.service.js';
import { insufficientScope } from '../auth/api-key.guard.js';
import type { AuditEntry } from '../audit/audit.types.js';
import type { Actor } from '../auth/auth.types.js';
import { isSensitive } from '../enroll-contract/mask.js';
import type { FieldName } from '../enroll-contract/types.js';
import type { Tx } from '../db/tx.js';
import { Problem } from '../problem/problem.js';
import { EventFields } from './event-fields.service.js';
import { FeedWatch, type RequestWaits } from './feed-watch.service.js';
import type { ChangeEventDto, ChangesPageDto } from './feed.dto.js';
import {
  type Examined,
  type FeedFilter,
  type FeedPlace,
  type FeedRow,
  isShown,
  readEvents,
  readEventsAt,
  readHistories,
  readPassing,
  readStart,
  readTimeAt,
} from './feed.repository.js';
import { isVersion } from './feed.types.js';
import type { FeedPosition } from './order.types.js';
import { cursorOf, positionOf, START } from './position.js';

/** Most rows that one answer examines, however few pass its filter: some milliseconds of the database. */
const EXAMINED_ROWS = 5000;
/** How often a stream without events checks whether its key may still read. */
const STREAM_STEP_MS = 1000;
/** How much later than its neighbours by number a transaction may have written. */
const LONGEST_TRANSACTION_MS = 600_000;

/** Who reads what from the feed. */
export interface FeedQuery {
  after: FeedPosition;
  limit: number;
  filter: FeedFilter;
  /** Contract fields to add to the events. */
  fields: readonly FieldName[];
  actor: Actor;
  /** Name in the audit: `feed:changes` or `consumer:<name>`. */
  subject: string;
}

/** The ordered feed of all changes, read by position: nothing is skipped, nothing comes twice. */
@Injectable()
export class Feed {
  constructor(
    private readonly connection: EntityManager,
    private readonly watch: FeedWatch,
    private readonly fields: EventFields,
    private readonly audit: Audit,
  ) {}

  /**
   * The next events. The page is empty if none come in time, or if none of `EXAMINED_ROWS` passes the filter. Its cursor lies
   * after everything that was examined.
   * @throws Problem INSUFFICIENT_SCOPE, CURSOR_AHEAD, CURSOR_TOO_OLD
   */
  async read(reading: FeedQuery, waitOptions?: RequestWaits): Promise<ChangesPageDto> {
    requireFields(reading.actor, reading.fields);
    const untilMs = performance.now() + (waitOptions?.ms ?? 0);
    let after = await keptPlace(this.connection, reading.after);
    let unexamined = EXAMINED_ROWS;
    for (;;) {
      const { highWatermark } = this.watch;
      const { rows, examined, reached } = await this.next({ ...reading, after }, unexamined);
      if (rows.length > 0) return this.pageOf(reading, rows, reached);
      if (examined === 0 && !(await isShown(this.connection, after))) throw new Problem('CURSOR_AHEAD');
      unexamined -= examined;
      after = reached;
      const goesOn =
        unexamined > 0 &&
        waitOptions !== undefined &&
        (await this.watch.more(highWatermark, { ...waitOptions, ms: untilMs - performance.now() }));
      if (!goesOn) return { items: [], nextCursor: cursorOf(after) };
      requireFields(await waitOptions.again(), reading.fields);
    }
  }

  /**
   * Page after page, some of them empty, until the caller leaves, the process stops, or the key may no longer read.
   * @param holder the present holder of the caller's key
   */
  async *follow(
    reading: FeedQuery,
    holder: () => Promise<Actor | undefined>,
    signal: AbortSignal,
  ): AsyncGenerator<ChangesPageDto, void> {
    let { after } = reading;
    for (;;) {
      const { highWatermark } = this.watch;
      const page = await this.read({ ...reading, after });
      const isEnd = page.items.length === 0 && page.nextCursor === cursorOf(after);
      do {
        if (signal.aborted || this.watch.leaving || !mayRead(await holder(), reading.fields)) return;
        yield page;
      } while (isEnd && !(await this.watch.more(highWatermark, { ms: STREAM_STEP_MS, signal })));
      after = positionOf(page.nextCursor);
    }
  }

  private async next({ after, filter, limit }: FeedQuery, examine: number): Promise<Examined> {
    if (filter.events.length + filter.outcomes.length > 0) {
      return readPassing(this.connection, after, filter, limit, examine);
    }
    const rows = await readEvents(this.connection, after, limit);
    return { rows, examined: rows.length, reached: rows.at(-1) ?? after };
  }

  private async pageOf(reading: FeedQuery, rows: FeedRow[], reached: FeedPosition): Promise<ChangesPageDto> {
    const { fields, actor, subject, after } = reading;
    const items = await this.eventsOf(rows, fields);
    const lastShown = rows[items.length - 1];
    const nextCursor = cursorOf(items.length < rows.length && lastShown !== undefined ? lastShown : reached);
    if (fields.some(isSensitive)) {
      const detail = { fields, events: items.length, after: cursorOf(after), to: nextCursor };
      const deed: AuditEntry = { actor: actor.name, action: 'changes.read', subject, detail };
      const people = items.map(({ applicantId }) => applicantId);
      await this.audit.record(null, deed, ...toEach(deed, people, { fields }));
    }
    return { items, nextCursor };
  }

  /**
   * The events at the first of these places, in their order: as many as a page may hold, and at least one. Undefined for one
   * that is no longer kept.
   * @param fields of the version to add
   */
  async at(
    places: readonly FeedPlace[],
    fields: readonly FieldName[],
  ): Promise<(ChangeEventDto | undefined)[]> {
    const read = await readEventsAt(this.connection, places);
    const byPlace = new Map(read.map((row) => [cursorOf(row), row]));
    const rows = places.map((place) => byPlace.get(cursorOf(place)));
    const kept = rows.filter((row) => row !== undefined);
    const events = await this.eventsOf(kept, fields);
    const next = kept[events.length];
    const shown = next === undefined ? rows : rows.slice(0, rows.indexOf(next));
    return shown.map((row) => row && events.shift());
  }

  /** As their versions were sealed: as many as a page may hold, and at least one. */
  private async eventsOf(rows: readonly FeedRow[], fields: readonly FieldName[]): Promise<ChangeEventDto[]> {
    if (rows.length === 0) return [];
    const events = rows.map((row) => ({ ...row, of: isVersion(row) ? 'changes' : 'notices' }) as const);
    const sealed = await this.fields.ofSealed(this.connection, events, fields);
    return sealed.map(({ event: { of: _, ...event }, tampered, fields: values }) => ({
      ...eventOf(event),
      ...(fields.length > 0 && { fields: values }),
      ...(tampered.length > 0 && { tampered: true as const, tamperedFields: tampered }),
    }));
  }

  /**
   * The events from a time on, in order; empty at the end.
   * @param after the last event of the page before; absent for the first page
   */
  async since(time: Date, after: FeedPosition | undefined, limit: number): Promise<FeedRow[]> {
    for (let position = after ?? (await this.positionBefore(time)); ;) {
      const rows = await readEvents(this.connection, position, limit);
      const last = rows.at(-1);
      const wanted = rows.filter(({ changedAt }) => changedAt >= time);
      if (last === undefined || wanted.length > 0) return wanted;
      position = last;
    }
  }

  /**
   * Bisects the transactions of the newest history that began before that time, because no index holds the time.
   * Transactions get their numbers in about the order of their times; `LONGEST_TRANSACTION_MS` covers the "about".
   */
  private async positionBefore(time: Date): Promise<FeedPosition> {
    for (const { history, first, last } of await readHistories(this.connection)) {
      const isBefore = async (tx: bigint) => {
        const writtenAt = await readTimeAt(this.connection, history, tx.toString());
        return writtenAt !== undefined && writtenAt.getTime() < time.getTime() - LONGEST_TRANSACTION_MS;
      };
      let [before, behind] = [BigInt(first), BigInt(last) + 1n];
      if (!(await isBefore(before))) continue;
      while (behind - before > 1n) {
        const middle = (before + behind) / 2n;
        if (await isBefore(middle)) before = middle;
        else behind = middle;
      }
      return { history, tx: before.toString(), seq: '0' };
    }
    return START;
  }
}

function mayRead(actor: Actor | undefined, fields: readonly FieldName[]): boolean {
  return actor !== undefined && actor.can('changes:read') && mayReadFields(actor, fields);
}

function mayReadFields(actor: Actor, fields: readonly FieldName[]): boolean {
  return actor.can('pii:read') || !fields.some(isSensitive);
}

/** @throws Problem INSUFFICIENT_SCOPE if a field needs the right to read PII */
export function requireFields(actor: Actor, fields: readonly FieldName[]): void {
  if (!mayReadFields(actor, fields)) throw insufficientScope('pii:read');
}

/**
 * The place to read from: whoever begins, begins behind what retention has retired, also where older events of held people
 * are still kept.
 * @throws Problem CURSOR_TOO_OLD where events after the place are gone: they would be skipped without a word
 */
export async function keptPlace(tx: Tx, place: FeedPosition): Promise<FeedPosition> {
  const { isAfter, ...start } = await readStart(tx, place);
  if (!isAfter) return place;
  if (cursorOf(place) !== cursorOf(START)) throw new Problem('CURSOR_TOO_OLD');
  return start;
}

function eventOf({ history, tx, seq, changedAt, isOfThePast, ...row }: FeedRow): ChangeEventDto {
  return {
    cursor: cursorOf({ history, tx, seq }),
    ...row,
    changedAt: changedAt.toISOString(),
    ...(isOfThePast && { mayBeRepeated: true }),
  };
}
