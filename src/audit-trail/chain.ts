import { hash as digest } from 'node:crypto';
import type { ChainedEntry, TAMPERINGS, WrittenEntry } from './audit-trail.types.js';

/** What the first link is chained to. */
export const NO_LINK = '0'.repeat(64);

/** What is wrong with the audit: the line, and how it was tampered with. */
export interface Tampering {
  n: number;
  entry: string | null;
  what: (typeof TAMPERINGS)[number];
}

/**
 * The hash of a link: SHA-256, in hexadecimal, over the hash of the link before and the JSON of this entry with its number.
 * Keys of `detail` are sorted, so that it does not matter who spells it.
 */
export function linkHash(before: string, n: number, entry: WrittenEntry): string {
  const { id, at, actor, action, subject, reason, address, requestId, detail } = entry;
  const fields = [n, id, at, actor, action, subject, reason, address, requestId, sorted(detail)];
  return digest('sha256', before + JSON.stringify(fields));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}

/** Follows a chain link by link. */
export class ChainWalk {
  constructor(
    public n: number,
    public hash: string,
  ) {}

  /** Takes the next line. @returns what is wrong with it, else nothing */
  take(line: ChainedEntry): Tampering | undefined {
    if (line.n > this.n + 1) return { n: this.n + 1, entry: null, what: 'removed' };
    if (line.n <= this.n) return { n: line.n, entry: line.id, what: 'inserted' };
    if (linkHash(this.hash, line.n, line) !== line.hash)
      return { n: line.n, entry: line.id, what: 'changed' };
    this.n = line.n;
    this.hash = line.hash;
    return undefined;
  }
}
