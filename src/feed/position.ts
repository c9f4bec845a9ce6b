import { z } from 'zod';
import { readCursor, writeCursor } from '../problem/cursor.js';
import type { FeedPosition } from './order.types.js';

const LIST = 'changes';
/** Positive numbers that fit xid8 and bigint. */
const NUMBER = z.string().regex(/^\d{1,18}$/);
const CURSOR = z.tuple([NUMBER, NUMBER]);

/** Before the oldest event. */
export const START: FeedPosition = { tx: '0', seq: '0' };

/** @throws Problem BAD_CURSOR */
export function positionOf(cursor: string): FeedPosition {
  const [tx, seq] = readCursor(LIST, CURSOR, cursor);
  return { tx, seq };
}

export function cursorOf({ tx, seq }: FeedPosition): string {
  return writeCursor(LIST, tx, seq);
}
