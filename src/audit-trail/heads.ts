import { z } from 'zod';
import { readStatement } from '../crypto/statement-keys.js';
import type { ExportedStretch } from './audit-trail.types.js';

const HEAD = z.object({ n: z.number(), hash: z.string() });
const STRETCH = HEAD.extend({ first: z.number(), before: z.string() });

/**
 * Whether a signed head is not what the chain says: signed by none of these keys, or of another hash.
 * @param hashes of the links by their numbers
 */
export async function headFault(
  jws: string,
  keys: readonly object[],
  hashes: ReadonlyMap<number, string>,
): Promise<boolean> {
  const head = HEAD.safeParse((await readStatement(jws, keys))?.said).data;
  return head === undefined || hashes.get(head.n) !== head.hash;
}

/** Whether the signed end of a file is not of these very lines. The head of a day is no end: a file could be cut there. */
export async function endFault(
  jws: string,
  keys: readonly object[],
  { first, before, n, hash }: ExportedStretch,
): Promise<boolean> {
  const end = STRETCH.safeParse((await readStatement(jws, keys))?.said).data;
  return end?.first !== first || end.before !== before || end.n !== n || end.hash !== hash;
}
