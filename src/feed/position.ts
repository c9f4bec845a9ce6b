import { readCursor, writeCursor } from '../problem/cursor.js';
import { type FeedPosition, PLACE_KEY, placeKey, placeOfKey } from './order.types.js';

const LIST = 'changes';

/** Before the oldest event. */
export const START: FeedPosition = { history: '0', tx: '0', seq: '0' };

/** @throws Problem BAD_CURSOR */
export function positionOf(cursor: string): FeedPosition {
  return placeOfKey(readCursor(LIST, PLACE_KEY, cursor));
}

export function cursorOf(position: FeedPosition): string {
  return writeCursor(LIST, ...placeKey(position));
}
