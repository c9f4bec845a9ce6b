import type { z } from 'zod';
import { Problem } from './problem.js';

/** One page of a list. `nextCursor` is null at the end. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/**
 * A page of `limit` out of rows that were read with `limit + 1`: the extra row shows that there are more.
 * @param cursorOf position of a row, to continue after
 * @param isCut true if there are more rows, even without an extra one
 */
export function pageOf<Row>(
  rows: Row[],
  limit: number,
  cursorOf: (row: Row) => string,
  isCut = false,
): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: (isCut || rows.length > limit) && last !== undefined ? cursorOf(last) : null };
}

/**
 * An opaque position in a list: the list's name and the key of its last row. Keys hold ids and times, never PII,
 * because cursors end up in URLs.
 */
export function writeCursor(list: string, ...key: (string | number | null)[]): string {
  return Buffer.from(JSON.stringify([list, ...key])).toString('base64url');
}

/**
 * Reads what `writeCursor` wrote for the same list.
 * @param key schema of the keys of that list
 * @throws Problem BAD_CURSOR for everything else, including cursors of other lists
 */
export function readCursor<Key extends unknown[]>(list: string, key: z.ZodType<Key>, cursor: string): Key {
  const [name, ...values] = parsed(cursor);
  const read = key.safeParse(values);
  if (name !== list || !read.success || values.some(holdsNul)) throw new Problem('BAD_CURSOR');
  return read.data;
}

/** Postgres accepts no text with U+0000, and no cursor of ours holds one. */
function holdsNul(value: unknown): boolean {
  return typeof value === 'string' && value.includes('\0');
}

function parsed(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
