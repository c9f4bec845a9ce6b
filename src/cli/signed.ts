import { open, writeFile } from 'node:fs/promises';
import { option } from './calls.js';
import type { CliContext } from './context.js';
import { refuseExisting } from './download.js';

const OUT = option('--out <file>', 'write it as JSON, to file it');
export const CERTIFICATE = [OUT, option('--pdf <file>', 'write it as a PDF')];
export const REPORT = [
  option('--from <time>', 'at or after, e.g. 2026-11-01; a date begins in UTC').makeOptionMandatory(),
  option('--to <time>', 'before').makeOptionMandatory(),
  option('--out <file>', 'where to; without it only the counts are shown, or all of it with --json'),
];
export const SIGNED = [OUT];

export interface CertificateOptions {
  out?: string;
  pdf?: string;
}

export interface ReportOptions {
  from: string;
  to: string;
  out?: string;
}

/**
 * Prints a certificate for people, or writes it with its signature to a file, which `rollcall verify` reads.
 * @throws UsageError where the file is there already
 */
export async function printSigned(
  context: CliContext,
  signed: { certificate: object; jws: string },
  out?: string,
): Promise<void> {
  if (out === undefined) return context.show(signed, () => signed.certificate);
  refuseExisting(out);
  await writeFile(out, `${JSON.stringify(signed, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  context.print({ file: out });
}

/** Prints what a privacy report counts, and writes it with its signature to a file. */
export async function printReport(
  context: CliContext,
  signed: { report: { classes: { class: string; count: number }[] }; jws: string },
  out?: string,
): Promise<void> {
  const counts = Object.fromEntries(signed.report.classes.map((one) => [one.class, one.count]));
  if (out === undefined) return context.show(signed, () => counts);
  const file = await open(out, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(signed, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  context.print({ file: out, ...counts });
}
