import type { Command } from 'commander';
import { UsageError } from './faults.js';

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
