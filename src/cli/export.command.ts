import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Command } from 'commander';
import { Audit } from '../audit/audit.service.js';
import { CreateExportBody } from '../exports/exports.dto.js';
import { contentOf, deedOf } from '../exports/exports.service.js';
import { type ExportFile, ExportStream } from '../exports/export-stream.service.js';
import { Problem } from '../problem/problem.js';
import { withOptions } from './calls.js';
import { type CliContext, OPERATOR, UsageError } from './context.js';
import { refuseExisting } from './download.js';
import { askedOf, EXPORT, type ExportOptions, textOf } from './exporting.js';
import { judged } from './judged.js';

/** Applicants as a file. */
export function register(exporting: Command, context: CliContext): void {
  withOptions(exporting, EXPORT).action((options: ExportOptions) => exportApplicants(context, options));
}

async function exportApplicants(context: CliContext, options: ExportOptions): Promise<void> {
  const content = { id: randomUUID(), ...contentOf(await bodyOf(options), OPERATOR) };
  const { out } = options;
  refuseExisting(out, options.force ?? false);
  const audit = await context.service(Audit);
  const stream = await context.service(ExportStream);
  const startedMs = performance.now();
  const neverLeft = new AbortController().signal;
  const written = await context.withProgress((progress) =>
    stream.write(content, OPERATOR.name, neverLeft, async (file) => {
      const deed = deedOf('export.write', OPERATOR.name, content);
      await audit.record(null, { ...deed, detail: { ...deed.detail, rows: file.rowsTotal } });
      return writeWhole(file, out, (bytes) =>
        progress.show(
          file.rows / Math.max(1, file.rowsTotal),
          file.rows,
          textOf({ rows: file.rows, rowsTotal: file.rowsTotal, bytes }),
        ),
      );
    }),
  );
  const seconds = Number(((performance.now() - startedMs) / 1000).toFixed(1));
  context.print({ file: out, format: content.format, ...written, masked: content.masked, seconds });
}

/** Checked as the API checks it. @throws UsageError */
async function bodyOf(options: ExportOptions): Promise<CreateExportBody> {
  try {
    return await judged(CreateExportBody, askedOf(options));
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
