import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Command, Option } from 'commander';
import { OUTCOMES } from '../applicants/applicants.dto.js';
import { APPLICANT_COLUMNS } from '../applicants/columns.types.js';
import type { ApplicantFilterDto } from '../applicants/list-applicants.dto.js';
import { Audit } from '../audit/audit.service.js';
import { CreateExportBody } from '../exports/exports.dto.js';
import { contentOf, deedOf } from '../exports/exports.service.js';
import { type ExportFile, ExportStream } from '../exports/export-stream.service.js';
import { EXPORT_FORMATS } from '../exports/exports.types.js';
import { Problem } from '../problem/problem.js';
import { judged } from './arguments.js';
import { type CliContext, OPERATOR, UsageError } from './context.js';

/** The others are conditions of the filter, as they were typed. */
interface Options extends Partial<Record<keyof ApplicantFilterDto, string>> {
  format: string;
  out: string;
  columns?: string;
  reveal?: boolean;
  force?: boolean;
}

/** Applicants as a file. */
export function register(exporting: Command, context: CliContext): void {
  exporting
    .addOption(new Option('--format <format>', 'of the file').choices(EXPORT_FORMATS).default('csv'))
    .requiredOption('--out <file>', 'the file to write; it appears once it is complete')
    .option('--columns <list>', `in this order, joined by commas: ${APPLICANT_COLUMNS.join(', ')}`)
    .option('--reveal', 'show sensitive columns, which are masked otherwise')
    .option('--force', 'replace the file if it exists')
    .addOption(new Option('--outcome <outcome>', 'with this outcome').choices(OUTCOMES))
    .option('--status <n>', 'with this status')
    .option(
      '--received-from <time>',
      'first received at or after, e.g. 2026-11-01 or 2026-11-01T00:00:00+02:00',
    )
    .option('--received-to <time>', 'first received before')
    .option('--nationality <code>', 'with this nationality')
    .option('--document-type <code>', 'with this type of document')
    .option('--flag <flag>', 'with this flag, e.g. nationalIdChecksum')
    .action((options: Options) => exportApplicants(context, options));
}

async function exportApplicants(context: CliContext, { out, force, ...asked }: Options): Promise<void> {
  const content = { id: randomUUID(), ...contentOf(await bodyOf(asked), OPERATOR) };
  if (!force && existsSync(out)) throw new UsageError(`${out} is there already: --force replaces it`);
  const audit = await context.service(Audit);
  const stream = await context.service(ExportStream);
  const startedMs = performance.now();
  const neverLeft = new AbortController().signal;
  const written = await context.withProgress((progress) =>
    stream.write(content, OPERATOR.name, neverLeft, async (file) => {
      const deed = deedOf('export.write', OPERATOR.name, content);
      await audit.record(null, { ...deed, detail: { ...deed.detail, rows: file.rowsTotal } });
      return writeWhole(file, out, (bytes) =>
        progress.show(file.rows / Math.max(1, file.rowsTotal), file.rows, textOf(file, bytes)),
      );
    }),
  );
  const seconds = Number(((performance.now() - startedMs) / 1000).toFixed(1));
  context.print({ file: out, format: content.format, ...written, masked: content.masked, seconds });
}

/** Checked as the API checks it. @throws UsageError */
async function bodyOf({
  format,
  columns,
  reveal = false,
  ...filter
}: Omit<Options, 'out'>): Promise<CreateExportBody> {
  const body = {
    what: 'applicants',
    format,
    filter,
    columns: columns?.split(',').map((column) => column.trim()),
    masked: !reveal,
  };
  try {
    return await judged(CreateExportBody, body);
  } catch (error) {
    throw error instanceof Problem ? new UsageError(error.message) : error;
  }
}

/** Writes beside the file and renames, so that there is never half of it; an incomplete file is removed. */
async function writeWhole(
  file: ExportFile,
  out: string,
  onChunk: (bytes: number) => void,
): Promise<{ rows: number; bytes: number }> {
  const arriving = join(dirname(out), `.${basename(out)}.${process.pid}.part`);
  const clear = () => rmSync(arriving, { force: true });
  process.once('exit', clear); // Ctrl-C
  const handle = await open(arriving, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of file.chunks) {
      await handle.writeFile(chunk);
      bytes += chunk.length;
      onChunk(bytes);
    }
    await handle.sync();
    await rename(arriving, out);
  } finally {
    await handle.close();
    clear();
    process.removeListener('exit', clear);
  }
  return { rows: file.rows, bytes };
}

function textOf({ rows, rowsTotal }: ExportFile, bytes: number): string {
  return `${rows} of ${rowsTotal} applicants, ${(bytes / 1_000_000).toFixed(1)} MB`;
}
