import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { reasonOf } from '../db/errors.js';
import { VALID_BODY } from '../problem/valid.pipe.js';
import { UsageError } from './context.js';

/** RFC 7517, section 5. */
const JWKS = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The edges of a range of enrollments. */
export interface Range {
  from: string;
  to: string;
}

/** Adds the two edges of a range of enrollments. */
export function withRange(command: Command): Command {
  return command
    .requiredOption(
      '--from <time>',
      'enrolled at or after, e.g. 2026-11-01 or 2026-11-01T00:00:00+02:00; a date is the beginning of that day in Cairo',
    )
    .requiredOption('--to <time>', 'enrolled before');
}

/** @throws UsageError where an edge is no time */
export function checkRange({ from, to }: Range): void {
  for (const [name, text] of Object.entries({ from, to })) {
    if (Number.isNaN(Date.parse(text))) throw new UsageError(`--${name} is not a time: ${text}`);
  }
}

/**
 * A list of known words joined by commas, each once.
 * @param kind what one of them is called
 * @throws UsageError naming the known ones
 */
export function wordsOf<Word extends string>(kind: string, list: string, known: readonly Word[]): Word[] {
  const words = list.split(',').map((item) => {
    const word = known.find((one) => one === item.trim());
    if (word !== undefined) return word;
    throw new UsageError(`Unknown ${kind} "${item.trim()}"; there are: ${known.join(', ')}`);
  });
  return [...new Set(words)];
}

export function isId(text: string): boolean {
  return UUID.test(text);
}

/** @param list the command that shows ids @throws UsageError */
export function idOf(text: string, list: string): string {
  if (!isId(text)) throw new UsageError(`"${text}" is not an id; see: ${list}`);
  return text.toLowerCase();
}

/** Reads options as the API reads a body. @throws Problem BAD_REQUEST */
export async function judged<Dto>(metatype: new () => Dto, value: object): Promise<Dto> {
  return (await VALID_BODY.transform(value, { type: 'body', metatype })) as Dto;
}

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
