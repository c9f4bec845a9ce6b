import { setTimeout as sleep } from 'node:timers/promises';
import { APPLICANT_COLUMNS } from '../applicants/columns.types.js';
import type { ExportDto } from '../exports/exports.dto.js';
import { EXPORT_FORMATS } from '../exports/exports.types.js';
import { APPLICANT_FILTER } from './applicant-filter.js';
import { listOf, option, pathOf } from './calls.js';
import type { CliContext } from './context.js';
import { download, refuseExisting } from './download.js';
import { CommandError } from './faults.js';

const LOOK_EVERY_MS = 500;

export const EXPORT = [
  option('--format <format>', 'of the file').choices(EXPORT_FORMATS).default('csv'),
  option('--out <file>', 'the file to write; it appears once it is complete').makeOptionMandatory(),
  option('--columns <list>', `in this order, joined by commas: ${APPLICANT_COLUMNS.join(', ')}`).argParser(
    listOf,
  ),
  option('--reveal', 'show sensitive columns, which are masked otherwise'),
  option('--force', 'replace the file if it exists'),
  ...APPLICANT_FILTER,
];

/** The others are conditions of the filter. */
export interface ExportOptions extends Record<string, unknown> {
  format: string;
  out: string;
  columns?: string[];
  reveal?: boolean;
  force?: boolean;
}

/** As the API is asked for it. */
export function askedOf({ format, out: _, columns, reveal = false, force: __, ...filter }: ExportOptions) {
  return { what: 'applicants', format, filter, columns, masked: !reveal };
}

export function textOf({ rows, rowsTotal, bytes }: { rows: number; rowsTotal: number; bytes: number }) {
  return `${rows} of ${rowsTotal} applicants, ${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Lets the server write the file, fetches it, and has it removed there. @throws CommandError where it was not written */
export async function exportThere(context: CliContext, options: ExportOptions): Promise<void> {
  refuseExisting(options.out, options.force ?? false);
  const api = await context.api();
  let file = (await api.ask('POST', '/exports', askedOf(options))) as ExportDto;
  const path = pathOf('/exports/{id}', [file.id]);
  await context.withProgress(async (progress) => {
    while (['waiting', 'running'].includes(file.state)) {
      await sleep(LOOK_EVERY_MS);
      file = (await api.ask('GET', path)) as ExportDto;
      const { rows, rowsTotal } = file;
      if (rowsTotal !== null)
        progress.show(rows / Math.max(1, rowsTotal), rows, textOf({ ...file, rowsTotal }));
    }
  });
  if (file.state !== 'ready')
    throw new CommandError(file.errorCode ?? 'CANCELLED', `The export ${file.id} is ${file.state}`);
  await download(context, ['GET', `${path}/file`], options.out, options.force);
  await api.ask('DELETE', path);
}
