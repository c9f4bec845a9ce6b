import * as fc from 'fast-check';
import { z } from 'zod';
import { pageOf, readCursor, writeCursor } from './cursor.js';

const KEY = z.tuple([z.string(), z.number().int()]);

describe('cursors', () => {
  it('read back what was written, whatever the key holds', () => {
    fc.assert(
      fc.property(
        fc.string().map((text) => text.replaceAll('\0', '')),
        fc.integer(),
        (text, number) => {
          const cursor = writeCursor('list', text, number);
          expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
          expect(readCursor('list', KEY, cursor)).toEqual([text, number]);
        },
      ),
    );
  });

  it.each([
    ['', 'nothing'],
    ['!!!', 'no base64'],
    [Buffer.from('{"a":1}').toString('base64url'), 'another JSON'],
    [Buffer.from('[').toString('base64url'), 'half a JSON'],
    [writeCursor('other', 'a', 1), 'a cursor of another list'],
    [writeCursor('list', 'a'), 'a shorter key'],
    [writeCursor('list', 'a', 1, 2), 'a longer key'],
    [writeCursor('list', 1, 'a'), 'a key of other types'],
    [writeCursor('list', 'a\0', 1), 'a key with U+0000, which would be an error of the database'],
  ])('%s is BAD_CURSOR: %s', (cursor) => {
    expect(() => readCursor('list', KEY, cursor)).toThrow(
      expect.objectContaining({ code: 'BAD_CURSOR' }) as Error,
    );
  });
});

describe('a page', () => {
  const cursorOf = (row: number) => `after ${row}`;

  it('continues after its last row where one row too many was read', () => {
    expect(pageOf([1, 2, 3], 2, cursorOf)).toEqual({ items: [1, 2], nextCursor: 'after 2' });
  });

  it('ends where no more was read', () => {
    expect(pageOf([1, 2], 2, cursorOf)).toEqual({ items: [1, 2], nextCursor: null });
    expect(pageOf([], 2, cursorOf)).toEqual({ items: [], nextCursor: null });
  });
});
