import type { Command } from 'commander';
import { UsageError } from './context.js';

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
export function checkRange(range: { from: string; to: string }): void {
  for (const [name, text] of Object.entries(range)) {
    if (Number.isNaN(Date.parse(text))) throw new UsageError(`--${name} is no time: ${text}`);
  }
}
