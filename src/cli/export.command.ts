import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Command, Option } from 'commander';
import { OUTCOMES } from '../applicants/applicants.dto.js';
import { APPLICANT_COLUMNS } from '../applicants/columns.types.js';
import { Audit } from '../audit/audit.service.js';
import { CreateExportBody } from '../exports/exports.dto.js';
import { contentOf, deedOf } from '../exports/exports.service.js';
import { type ExportFile, ExportStream } from '../exports/export-stream.service.js';
import { EXPORT_FORMATS } from '../exports/exports.types.js';
import { Problem } from '../problem/problem.js';
import { VALID_BODY } from '../problem/valid.pipe.js';
import { type CliContext, OPERATOR, UsageError } from './context.js';
import { ProgressBar } from './progress.js';

interface Options {
  format: string;
  out: string;
  columns?: string;
  reveal?: true;
  force?: true;
  outcome?: string;
  status?: string;
  receivedFrom?: string;
  receivedTo?: string;
  nationality?: string;
  documentType?: string;
  flag?: string;
}

/** Applicants as a file. */
export function register(exporting: Command, context: CliContext): void {
  exporting
    .addOption(new Option('--format <format>', 'of the file').choices(EXPORT_FORMATS).default('csv'))
    .requiredOption('--out <file>', 'where to; it appears once it is whole')
    .option('--columns <list>', `in this order, joined by commas: ${APPLICANT_COLUMNS.join(', ')}`)
    .option('--reveal', 'sensitive columns as they are, instead of masked')
    .option('--force', 'replace the file where there is one')
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

async function exportApplicants(context: CliContext, options: Options): Promise<void> {
  const { out, force = false } = options;
  const content = { id: randomUUID(), ...contentOf(await bodyOf(options), OPERATOR) };
  if (!force && existsSync(out)) throw new UsageError(`${out} is there already: --force replaces it`);
  const app = await context.createApp();
  const audit = app.get(Audit, { strict: false });
  const progress = new ProgressBar();
  const startedMs = performance.now();
  const neverLeft = new AbortController().signal;
  const written = await app.get(ExportStream, { strict: false }).write(content, neverLeft, async (file) => {
    const deed = deedOf('export.write', OPERATOR.name, content);
    await audit.record(null, { ...deed, detail: { ...deed.detail, rows: file.rowsTotal } });
    return writeWhole(file, out, (bytes) => {
      if (!context.json) progress.show(file.rows / Math.max(1, file.rowsTotal), file.rows, told(file, bytes));
    });
  });
  progress.clear();
  const seconds = Number(((performance.now() - startedMs) / 1000).toFixed(1));
  context.print({ file: out, format: content.format, ...written, masked: content.masked, seconds });
}

/** The same checks as those of the API. @throws UsageError */
async function bodyOf(options: Options): Promise<CreateExportBody> {
  const { format, columns, reveal = false, outcome, status, receivedFrom, receivedTo } = options;
  const { nationality, documentType, flag } = options;
  const body = {
    what: 'applicants',
    format,
    filter: { outcome, status, receivedFrom, receivedTo, nationality, documentType, flag },
    ...(columns !== undefined && { columns: columns.split(',').map((column) => column.trim()) }),
    masked: !reveal,
  };
  try {
    return (await VALID_BODY.transform(body, {
      type: 'body',
      metatype: CreateExportBody,
    })) as CreateExportBody;
  } catch (error) {
    throw error instanceof Problem ? new UsageError(error.message) : error;
  }
}

/** Writes beside the file and renames, so that there is never half of it; what is not whole is taken away again. */
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

function told({ rows, rowsTotal }: ExportFile, bytes: number): string {
  return `${rows} of ${rowsTotal} applicants, ${(bytes / 1_000_000).toFixed(1)} MB`;
}
