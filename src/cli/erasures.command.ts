import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { Certificates } from '../privacy/certificates.service.js';
import { RequestErasureBody } from '../privacy/erasures.dto.js';
import { Erasures } from '../privacy/erasures.service.js';
import { ERASURE_STATES } from '../privacy/erasures.types.js';
import { idOf, judged } from './arguments.js';
import { BY, type CliContext, UsageError } from './context.js';
import { limitOf, type PageOptions, printPage, stateOf, withPage } from './pages.js';
import { printSigned } from './signed.js';

/** How a command names a person. */
export interface PersonOptions {
  applicant?: string;
  idNumberStdin?: true;
  reason: string;
}

interface CertificateOptions {
  out?: string;
  pdf?: string;
}

/** Adds the options that name a person. */
export function withPerson(command: Command): Command {
  return command
    .option('--applicant <id>', 'this one applicant')
    .option('--id-number-stdin', 'all who have the national id on standard input')
    .requiredOption('--reason <text>', 'why; the audit keeps it: name a case, not a person');
}

/** Erases people. */
export function register(erasures: Command, context: CliContext): void {
  withPerson(erasures.command('request'))
    .description('restrict a person at once; a running server erases them. It cannot be undone')
    .action((options: PersonOptions) => request(context, options));

  withPage(erasures.command('list'))
    .description('erasures, newest first')
    .option('--state <state>', `${ERASURE_STATES.join(', ')} or all`, 'all')
    .action((options: PageOptions & { state: string }) => list(context, options));

  erasures
    .command('show <id>')
    .description('how far one is, and what keeps it')
    .action(async (id: string) => {
      const erasureId = idOf(id, 'rollcall erasures list');
      context.print(await (await context.service(Erasures)).find(erasureId));
    });

  erasures
    .command('certificate <id>')
    .description('the signed certificate of one that is done')
    .option('--out <file>', 'write it as JSON, to file it')
    .option('--pdf <file>', 'write it as a PDF')
    .action((id: string, options: CertificateOptions) => certificate(context, id, options));
}

async function request(context: CliContext, options: PersonOptions): Promise<void> {
  const body = await judged(RequestErasureBody, await personOf(options));
  context.print(await (await context.service(Erasures)).request(BY, body));
}

/**
 * As the API names a person. A national id stands in no command line, which others see.
 * @throws UsageError unless exactly one of both is given
 */
export async function personOf({ applicant, idNumberStdin, reason }: PersonOptions) {
  if ((applicant === undefined) === (idNumberStdin === undefined))
    throw new UsageError('Give either --applicant <id> or --id-number-stdin');
  const nationalId = idNumberStdin && (await text(process.stdin)).trim();
  return { applicantId: applicant, nationalId, reason };
}

async function list(
  context: CliContext,
  { cursor, ...options }: PageOptions & { state: string },
): Promise<void> {
  const query = { limit: limitOf(options), cursor, state: stateOf(options.state, ERASURE_STATES) };
  const page = await (await context.service(Erasures)).list(query);
  printPage(context, page, ({ counts: _, applicantIds, ...shown }) => ({
    ...shown,
    applicantIds: applicantIds.join(' '),
  }));
}

async function certificate(context: CliContext, id: string, { out, pdf }: CertificateOptions): Promise<void> {
  const certificates = await context.service(Certificates);
  const erasureId = idOf(id, 'rollcall erasures list');
  if (out !== undefined || pdf === undefined)
    await printSigned(context, await certificates.certify(erasureId), out);
  if (pdf === undefined) return;
  if (existsSync(pdf)) throw new UsageError(`${pdf} is there already`);
  await writeFile(pdf, await certificates.pdf(erasureId), { flag: 'wx' });
  context.print({ file: pdf });
}
