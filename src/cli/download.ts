import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { option } from './calls.js';
import type { CliContext } from './context.js';
import { UsageError } from './faults.js';
import type { Given, Method } from './http-api.js';

export const OUT = option('--out <file>', 'where to; absent: standard output');
export const ZIP = option(
  '--out <file>',
  'the ZIP to write; it appears once it is complete',
).makeOptionMandatory();

/** What is asked of the API: with the parameters of a GET, or the body of anything else. */
type Asked = [method: Method, path: string, given?: Given];

/**
 * One answer of the API: to standard output as it is, or to a file.
 * @param force replaces a file that is there
 * @throws UsageError where the file is there already
 */
export async function download(
  context: CliContext,
  [method, path, given = {}]: Asked,
  out: unknown,
  force = false,
): Promise<void> {
  if (typeof out === 'string' && !force) refuseExisting(out);
  const answer = await (await context.api()).open(method, path, given);
  if (typeof out !== 'string') return pipeline(answer, process.stdout, { end: false });
  const bytes = await writeWhole(answer, out);
  context.print({ file: out, type: answer.headers['content-type'] ?? null, bytes });
}

/**
 * @param force whether a file that is there may be replaced; undefined where the command has no `--force`
 * @throws UsageError where the file is there already
 */
export function refuseExisting(out: string, force?: boolean): void {
  if (force === true || !existsSync(out)) return;
  throw new UsageError(`${out} is there already${force === undefined ? '' : '; --force replaces it'}`);
}

/** To a file for its owner alone, which appears once it is whole. @returns its bytes */
export async function writeWhole(content: NodeJS.ReadableStream, out: string): Promise<number> {
  const arriving = `${out}.${process.pid}.part`;
  try {
    await pipeline(content, createWriteStream(arriving, { flags: 'wx', mode: 0o600, flush: true }));
    await rename(arriving, out);
  } finally {
    await rm(arriving, { force: true });
  }
  return (await stat(out)).size;
}
