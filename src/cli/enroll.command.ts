import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Actor } from '../auth/auth.types.js';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import type { EnrolledApplicantDto, EnrolledImageDto } from '../enroll-client/enroll-queries.dto.js';
import { EnrollQueries } from '../enroll-client/enroll-queries.service.js';
import { Problem } from '../problem/problem.js';
import { checkRange, type Range, withRange } from './arguments.js';
import { type CliContext, OPERATOR, UsageError } from './context.js';
import { pick } from './format.js';
import { pagesOf } from './pages.js';

/** Sees masked values. `--reveal` shows them, which is recorded. */
const MASKING: Actor = { ...OPERATOR, scopes: ['enroll:read'], can: (scope) => scope === 'enroll:read' };
const EXTENSIONS: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
};

/** As many as one request of the API takes. */
const IMAGES_AT_ONCE = 20;

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
      const { items, notFound } = await queries.byIds(ids, actorOf(options));
      printApplicants(context, items);
      if (items.length === 0) throw new Problem('ENROLL_NOT_FOUND', notFound.join(', '));
      if (notFound.length > 0)
        context.note(context.json ? JSON.stringify({ notFound }) : `Not found: ${notFound.join(', ')}`);
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
    .action((paths: string[], { outDir }: { outDir: string }) => saveImages(context, paths, outDir));
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
  if ((requestId === undefined) === (correlationId === undefined)) {
    throw new UsageError('give --request-id or --correlation-id, one of the two');
  }
  const queries = await context.service(EnrollQueries);
  const { items } = await queries.find({ requestId, correlationId }, actorOf(options));
  printApplicants(context, items);
}

/** Prints as the pages come: a year of applicants needs no more memory than a page of them. */
async function listByDate(context: CliContext, { from, to, ...options }: Range & Reveal): Promise<void> {
  checkRange({ from, to });
  const queries = await context.service(EnrollQueries);
  const actor = actorOf(options);
  for await (const { items } of pagesOf((cursor) => queries.byDate({ from, to, cursor }, actor))) {
    if (items.length > 0) printApplicants(context, items);
  }
}

async function saveImages(context: CliContext, paths: string[], folder: string): Promise<void> {
  const queries = await context.service(EnrollQueries);
  await mkdir(folder, { recursive: true });
  const rows = [];
  for (let at = 0; at < paths.length; at += IMAGES_AT_ONCE) {
    const items = await queries.images(paths.slice(at, at + IMAGES_AT_ONCE), OPERATOR);
    for (const item of items) rows.push(await saved(item, folder));
  }
  context.print(rows);
  if (rows.every(({ file }) => file === null)) throw new Error('None of these images could be fetched');
}

async function saved({ path, image, sha256, mediaType, fault }: EnrolledImageDto, folder: string) {
  if (image === undefined) return { path, file: null, mediaType: null, fault: fault ?? null };
  // a path of eNROLL is never a file name of ours (M10)
  const file = join(folder, `${sha256}.${EXTENSIONS[mediaType ?? ''] ?? 'bin'}`);
  await writeFile(file, Buffer.from(image, 'base64'), { mode: 0o600 });
  return { path, file, mediaType: mediaType ?? null, fault: null };
}

function printApplicants(context: CliContext, applicants: EnrolledApplicantDto[]): void {
  context.show(applicants, () =>
    applicants.map(({ content, ...applicant }) => ({
      ...pick(applicant, 'applicantId', 'requestId', 'enrolledAt'),
      ...pick(content, 'status', 'firstName', 'familyName', 'idNumber'),
    })),
  );
}
