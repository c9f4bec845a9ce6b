import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnrolledApplicantDto, EnrolledImageDto } from '../enroll-client/enroll-queries.dto.js';
import type { CliContext } from './context.js';
import { CommandError, UsageError } from './faults.js';
import { pick } from './format.js';
import { pagesOf } from './pages.js';

const EXTENSIONS: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
};
/** As many as one request of the API takes. */
const IMAGES_AT_ONCE = 20;

interface FindOptions {
  requestId?: string;
  correlationId?: string;
}

/** @throws UsageError unless exactly one is given */
export function checkFind({ requestId, correlationId }: FindOptions): void {
  if ((requestId === undefined) === (correlationId === undefined))
    throw new UsageError('give --request-id or --correlation-id, one of the two');
}

/** Those that were found of those that were asked for. @throws CommandError where none was */
export function printByIds(
  context: CliContext,
  { items, notFound }: { items: EnrolledApplicantDto[]; notFound: string[] },
): void {
  printApplicants(context, items);
  if (items.length === 0)
    throw new CommandError('ENROLL_NOT_FOUND', `eNROLL has none of them: ${notFound.join(', ')}`);
  if (notFound.length > 0)
    context.note(context.json ? JSON.stringify({ notFound }) : `Not found: ${notFound.join(', ')}`);
}

/** Prints as the pages come: a year of applicants needs no more memory than a page of them. */
export async function printPages(
  context: CliContext,
  read: (cursor: string | undefined) => Promise<{ items: EnrolledApplicantDto[]; nextCursor: string | null }>,
): Promise<void> {
  for await (const { items } of pagesOf(read)) if (items.length > 0) printApplicants(context, items);
}

export function printApplicants(context: CliContext, applicants: EnrolledApplicantDto[]): void {
  context.show(applicants, () =>
    applicants.map(({ content, ...applicant }) => ({
      ...pick(applicant, 'applicantId', 'requestId', 'enrolledAt'),
      ...pick(content, 'status', 'firstName', 'familyName', 'idNumber'),
    })),
  );
}

/**
 * Writes images to files.
 * @param ask for up to 20 of them
 * @throws where none could be fetched
 */
export async function saveImages(
  context: CliContext,
  paths: string[],
  folder: string,
  ask: (paths: string[]) => Promise<EnrolledImageDto[]>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const rows = [];
  for (let at = 0; at < paths.length; at += IMAGES_AT_ONCE) {
    const items = await ask(paths.slice(at, at + IMAGES_AT_ONCE));
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
