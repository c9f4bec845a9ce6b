import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { Certificates } from '../privacy/certificates.service.js';
import { RequestErasureBody } from '../privacy/erasures.dto.js';
import { Erasures } from '../privacy/erasures.service.js';
import { ERASURE_STATES } from '../privacy/erasures.types.js';
import { idOf } from './arguments.js';
import { OF_APPLICANT, withOptions } from './calls.js';
import { BY, type CliContext } from './context.js';
import { refuseExisting } from './download.js';
import { judged } from './judged.js';
import { limitOf, type PageOptions, printPage, stateOf, withPage } from './pages.js';
import { PERSON, personOf, type PersonOptions } from './person.js';
import { CERTIFICATE, type CertificateOptions, printSigned } from './signed.js';

interface ListOptions extends PageOptions {
  state: string;
  applicantId?: string;
}

/** Erases people. */
export function register(erasures: Command, context: CliContext): void {
  withOptions(erasures.command('request'), PERSON)
    .description('restrict a person at once; a running server erases them. It cannot be undone')
    .action((options: PersonOptions) => request(context, options));

  withPage(erasures.command('list'))
    .description('erasures, newest first')
    .option('--state <state>', `${ERASURE_STATES.join(', ')} or all`, 'all')
    .addOption(OF_APPLICANT)
    .action((options: ListOptions) => list(context, options));

  erasures
    .command('show <id>')
    .description('how far one is, and what keeps it')
    .action(async (id: string) => {
      const erasureId = idOf(id, 'rollcall erasures list');
      context.print(await (await context.service(Erasures)).find(erasureId));
    });

  withOptions(erasures.command('certificate <id>'), CERTIFICATE)
    .description('the signed certificate of one that is done')
    .action((id: string, options: CertificateOptions) => certificate(context, id, options));
}

async function request(context: CliContext, options: PersonOptions): Promise<void> {
  const body = await judged(RequestErasureBody, await personOf(options));
  context.print(await (await context.service(Erasures)).request(BY, body));
}

async function list(context: CliContext, { cursor, applicantId, ...options }: ListOptions): Promise<void> {
  const state = stateOf(options.state, ERASURE_STATES);
  const query = { limit: limitOf(options), cursor, state, applicantId };
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
  refuseExisting(pdf);
  await writeFile(pdf, await certificates.pdf(erasureId), { flag: 'wx' });
  context.print({ file: pdf });
}
