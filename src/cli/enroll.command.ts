import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Actor } from '../auth/auth.types.js';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import { EnrollQueries } from '../enroll-client/enroll-queries.service.js';
import { checkRange, type Range, withRange } from './arguments.js';
import { type CliContext, OPERATOR } from './context.js';
import { checkFind, printApplicants, printByIds, printPages, saveImages } from './enrolled.js';

/** Sees masked values. `--reveal` shows them, which is recorded. */
const MASKING: Actor = { ...OPERATOR, scopes: ['enroll:read'], can: (scope) => scope === 'enroll:read' };

interface Reveal {
  reveal?: true;
}

interface FindOptions extends Reveal {
  requestId?: string;
  correlationId?: string;
}

/** eNROLL's query API, asked by hand. */
export function register(enroll: Command, context: CliContext): void {
  enroll
    .command('token')
    .description('whether eNROLL gives us a token; the token is not shown')
    .action(() => checkToken(context));

  enroll
    .command('applicant-id <requestId>')
    .description('the applicant of a request')
    .action(async (requestId: string) => {
      const client = await context.service(EnrollClient);
      context.print({ applicantId: await client.applicantIdByRequestId(requestId) });
    });

  withReveal(enroll.command('applicants'))
    .description('applicants of a request or of one of your customers')
    .option('--request-id <id>', "eNROLL's id of the request")
    .option('--correlation-id <id>', 'your own key of the customer')
    .action((options: FindOptions) => find(context, options));

  withReveal(withRange(enroll.command('by-date')))
    .description('applicants of a date range, page by page')
    .action((options: Range & Reveal) => listByDate(context, options));

  withReveal(enroll.command('by-ids <applicantIds...>'))
    .description('applicants by their ids')
    .action(async (ids: string[], options: Reveal) => {
      const queries = await context.service(EnrollQueries);
      printByIds(context, await queries.byIds(ids, actorOf(options)));
    });

  enroll
    .command('image <path>')
    .description('one image, written to a file; this is recorded')
    .requiredOption('--out <file>', 'where to write it')
    .option('--photo', 'the path is that of the field photo')
    .action(async (path: string, { out, photo }: { out: string; photo?: true }) => {
      const queries = await context.service(EnrollQueries);
      const { bytes, mediaType, sha256 } = await queries.image(path, photo ? 'photo' : 'image', OPERATOR);
      await writeFile(out, bytes, { mode: 0o600 });
      context.print({ file: out, mediaType: mediaType ?? null, bytes: bytes.length, sha256 });
    });

  enroll
    .command('images <paths...>')
    .description('several images, written to files named by their hash; this is recorded')
    .requiredOption('--out-dir <folder>', 'where to write them')
    .action((paths: string[], { outDir }: { outDir: string }) =>
      saveImages(context, paths, outDir, async (some) =>
        (await context.service(EnrollQueries)).images(some, OPERATOR),
      ),
    );
}

function withReveal(command: Command): Command {
  return command.option('--reveal', 'show sensitive values; this is recorded');
}

function actorOf({ reveal }: Reveal): Actor {
  return reveal === true ? OPERATOR : MASKING;
}

async function checkToken(context: CliContext): Promise<void> {
  const client = await context.service(EnrollClient);
  const { expiresAt } = await client.token();
  context.print({ dialect: client.dialect.title, expiresAt: expiresAt?.toISOString() ?? null });
}

async function find(
  context: CliContext,
  { requestId, correlationId, ...options }: FindOptions,
): Promise<void> {
  checkFind({ requestId, correlationId });
  const queries = await context.service(EnrollQueries);
  const { items } = await queries.find({ requestId, correlationId }, actorOf(options));
  printApplicants(context, items);
}

async function listByDate(context: CliContext, { from, to, ...options }: Range & Reveal): Promise<void> {
  checkRange({ from, to });
  const queries = await context.service(EnrollQueries);
  const actor = actorOf(options);
  await printPages(context, (cursor) => queries.byDate({ from, to, cursor }, actor));
}
