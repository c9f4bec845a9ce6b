import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { Audit } from '../audit/audit.service.js';
import { AuditPeriodQuery, ListAuditQuery } from '../audit-trail/audit-trail.dto.js';
import { AuditTrail } from '../audit-trail/audit-trail.service.js';
import { verifyFile } from '../audit-trail/verify-file.service.js';
import { keysOf } from './json-files.js';
import { judged } from './judged.js';
import { BY, type CliContext } from './context.js';
import { refuseExisting } from './download.js';
import { limitOf, type PageOptions, printPage, withPage } from './pages.js';

interface Period {
  from?: string;
  to?: string;
}

type ListOptions = Period & PageOptions & { applicantId?: string; actor?: string; action?: string };

/** Who did what to whom, and the proof that nobody changed it. */
export function register(audit: Command, context: CliContext): void {
  withPage(withPeriod(audit.command('list')))
    .description('entries, newest first')
    .option('--applicant, --applicant-id <id>', 'what was done to this applicant')
    .option('--actor <name>', 'done by this API key, by user:<login> or by cli:<user>@<host>')
    .option('--action <action>', 'of this kind, e.g. applicant.read')
    .action((options: ListOptions) => listAudit(context, options));

  withPeriod(audit.command('export'))
    .description('write the chain of a period to a file that proves itself; it is recorded')
    .requiredOption('--out <file>', 'where to; it appears once it is whole')
    .action((options: Period & { out: string }) => exportAudit(context, options));

  audit
    .command('verify [file]')
    .description(
      'follow the chain in the database, or in an exported file without a database; exit code 1 where it is broken',
    )
    .option('--keys <file>', "public keys of the installation (.well-known/jwks.json); else the file's own")
    .action((file: string | undefined, options: { keys?: string }) =>
      file === undefined ? verifyDatabase(context) : verifyExport(context, file, options.keys),
    );
}

function withPeriod(command: Command): Command {
  return command
    .option(
      '--from <time>',
      'at or after, e.g. 2026-11-01 or 2026-11-01T00:00:00+02:00; a date begins in UTC',
    )
    .option('--to <time>', 'before');
}

async function listAudit(context: CliContext, options: ListOptions): Promise<void> {
  const asked = { ...options, limit: limitOf(options) };
  const page = await (await context.service(AuditTrail)).list(await judged(ListAuditQuery, asked));
  printPage(context, page, ({ id: _, hash: __, detail, ...entry }) => ({
    ...entry,
    detail: JSON.stringify(detail),
  }));
}

async function exportAudit(
  context: CliContext,
  { out, ...options }: Period & { out: string },
): Promise<void> {
  refuseExisting(out);
  const { from, to } = await judged(AuditPeriodQuery, options);
  const period = {
    ...(from !== undefined && { from: new Date(from) }),
    ...(to !== undefined && { to: new Date(to) }),
  };
  const [trail, audit] = [await context.service(AuditTrail), await context.service(Audit)];
  await audit.record(null, { actor: BY, action: 'audit.export', subject: 'audit', detail: options });
  const arriving = `${out}.${process.pid}.part`;
  let entries = 0;
  async function* lines() {
    for await (const line of trail.export(period)) {
      if ('n' in line) entries += 1;
      yield `${JSON.stringify(line)}\n`;
    }
  }
  try {
    await pipeline(
      Readable.from(lines()),
      createWriteStream(arriving, { flags: 'wx', mode: 0o600, flush: true }),
    );
    await rename(arriving, out);
  } finally {
    await rm(arriving, { force: true });
  }
  context.print({ file: out, entries });
}

async function verifyDatabase(context: CliContext): Promise<void> {
  const trail = await context.service(AuditTrail);
  const { tampering, ...counts } = await context.withProgress((progress) =>
    trail.verify((done, all) => progress.show(done / Math.max(1, all), done, `${done} of ${all} links`)),
  );
  context.print({ ...counts, intact: tampering === null, ...tampering });
  if (tampering !== null) throw new Error(told(tampering, `link ${tampering.n}`));
}

async function verifyExport(context: CliContext, file: string, keysFile?: string): Promise<void> {
  if (!existsSync(file)) throw new Error(`There is no file ${file}`);
  const { tampering, ...counts } = await verifyFile(
    file,
    keysFile === undefined ? undefined : await keysOf(keysFile),
  );
  context.print({ file, ...counts, intact: tampering === null, ...tampering });
  if (tampering !== null) throw new Error(told(tampering, `line ${tampering.line}`));
}

function told({ what, entry }: { what: string; entry: string | null }, where: string): string {
  if (what === 'signature') return `The audit is not intact: the signature at ${where} is not of this chain`;
  return `The audit is not intact: ${where} was ${what}${entry === null ? '' : ` (entry ${entry})`}`;
}
