import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { readCursor, writeCursor } from '../problem/cursor.js';
import type { ChangeEventDto, ChangesPageDto } from './feed.dto.js';
import { type FeedPosition, type FeedRow, readEvents } from './feed.repository.js';

const LIST = 'changes';
/** Positive numbers that fit xid8 and bigint. */
const NUMBER = z.string().regex(/^\d{1,18}$/);
const CURSOR = z.tuple([NUMBER, NUMBER]);
const START: FeedPosition = { tx: '0', seq: '0' };

/** The ordered feed of every change: read by position, nothing skipped, nothing twice. */
@Injectable()
export class Feed {
  constructor(private readonly connection: EntityManager) {}

  /** @throws Problem BAD_CURSOR */
  async read(after: string | undefined, limit: number): Promise<ChangesPageDto> {
    const position = after === undefined ? START : positionOf(after);
    const items = (await readEvents(this.connection, position, limit)).map(eventOf);
    return { items, nextCursor: items.at(-1)?.cursor ?? cursorOf(position) };
  }
}

function positionOf(cursor: string): FeedPosition {
  const [tx, seq] = readCursor(LIST, CURSOR, cursor);
  return { tx, seq };
}

function cursorOf({ tx, seq }: FeedPosition): string {
  return writeCursor(LIST, tx, seq);
}

function eventOf({ tx, seq, changedAt, ...row }: FeedRow): ChangeEventDto {
  return { cursor: cursorOf({ tx, seq }), ...row, changedAt: changedAt.toISOString() };
}
