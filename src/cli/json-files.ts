import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { reasonOf } from '../db/errors.js';
import { UsageError } from './faults.js';

/** RFC 7517, section 5. */
const JWKS = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

/** @throws UsageError where the file cannot be read, or is no JSON */
export async function jsonOf(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} is no JSON file: ${reasonOf(error)}`);
  }
}

/** Public keys out of a file. @throws UsageError */
export async function keysOf(file: string): Promise<object[]> {
  const read = JWKS.safeParse(await jsonOf(file));
  if (!read.success) throw new UsageError(`${file} is no JWK set`);
  return read.data.keys;
}
