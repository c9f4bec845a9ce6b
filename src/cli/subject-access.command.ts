import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { PersonBody } from '../privacy/erasures.dto.js';
import { SubjectAccess } from '../privacy/subject-access.service.js';
import { judged } from './arguments.js';
import { BY, type CliContext, UsageError } from './context.js';
import { personOf, type PersonOptions, withPerson } from './erasures.command.js';

/** Everything that is held about one person, as a file. */
export function register(access: Command, context: CliContext): void {
  withPerson(access)
    .requiredOption('--out <file>', 'the ZIP to write; it appears once it is complete')
    .action((options: PersonOptions & { out: string }) => collect(context, options));
}

async function collect(
  context: CliContext,
  { out, ...options }: PersonOptions & { out: string },
): Promise<void> {
  const body = await judged(PersonBody, await personOf(options));
  if (existsSync(out)) throw new UsageError(`${out} is there already`);
  const file = await (await context.service(SubjectAccess)).collect(BY, body);
  const arriving = `${out}.${process.pid}.part`;
  try {
    await pipeline(file, createWriteStream(arriving, { flags: 'wx', mode: 0o600 }));
    await rename(arriving, out);
  } finally {
    await rm(arriving, { force: true });
  }
  context.print({ file: out, bytes: (await stat(out)).size });
}
