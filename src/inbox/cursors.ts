import { z } from 'zod';
import { readCursor, writeCursor } from '../problem/cursor.js';

const KEY = z.tuple([z.iso.datetime(), z.guid()]);

/** A row's place in a list that is ordered by a time and then by id. */
export interface Position {
  at: Date;
  id: string;
}

/** The cursors of such a list. */
export class Cursors {
  constructor(private readonly list: string) {}

  write(at: Date, id: string): string {
    return writeCursor(this.list, at.toISOString(), id);
  }

  /** @returns null for the beginning of the list @throws Problem BAD_CURSOR */
  read(cursor: string | undefined): Position | null {
    if (cursor === undefined) return null;
    const [at, id] = readCursor(this.list, KEY, cursor);
    return { at: new Date(at), id };
  }
}
