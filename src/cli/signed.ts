import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { type CliContext, UsageError } from './context.js';

/**
 * Prints a certificate for people, or writes it with its signature to a file, which `rollcall verify` reads.
 * @throws UsageError where the file is there already
 */
export async function printSigned(
  context: CliContext,
  signed: { certificate: object; jws: string },
  out?: string,
): Promise<void> {
  if (out === undefined) return context.show(signed, () => signed.certificate);
  if (existsSync(out)) throw new UsageError(`${out} is there already`);
  await writeFile(out, `${JSON.stringify(signed, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  context.print({ file: out });
}
