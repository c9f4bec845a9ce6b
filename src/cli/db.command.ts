import type { Command } from 'commander';
import { adoptDatabase } from '../db/histories.js';
import { migrationStatus } from '../db/migrations.js';
import { grantTo } from '../db/rights.js';
import { redactUrl } from '../config/database-url.js';
import { checkServer } from '../db/server-check.js';
import { installSchema, prepareForCommand } from '../prepare-database.js';
import type { CliContext } from './context.js';

export function register(db: Command, context: CliContext): void {
  db.command('url')
    .description('print the connection string, with its password: psql "$(rollcall db url)"')
    .action(() => printUrl(context));

  db.command('migrate')
    .description('apply the migrations that are missing; safe beside running servers')
    .option(
      '--grant-to <role>',
      'let this role, with which the server connects, read and write what is there',
    )
    .action(async ({ grantTo: role }: { grantTo?: string }) => {
      const { url } = await context.database();
      const applied = await installSchema(url, (line) => context.note(line));
      context.print({ applied, ...(role !== undefined && { granted: await grantTo(url, role) }) });
    });

  db.command('adopt')
    .description(
      'go on with a database that was restored, moved or set back; servers do so by themselves, see docs/operations.md',
    )
    .option('--anyway', 'also where nothing tells of it: a disk was set back to a snapshot')
    .action(async ({ anyway = false }: { anyway?: boolean }) => {
      const database = await context.database();
      await prepareForCommand(database, (line) => context.note(line));
      const { begun, present } = await adoptDatabase(database.url, anyway);
      if (!begun) context.note('There was nothing to adopt.');
      context.print({ adopted: begun, ...present });
    });

  db.command('status')
    .description('which installation it is of, server version and migrations')
    .action(async () => {
      const { url, embedded } = await context.database();
      const { version } = await checkServer(url);
      const { applied, pending, unknown, breaks } = await migrationStatus(url);
      const { id = null, publicUrl = null } = (await context.installation()) ?? {};
      context.print({
        installation: id,
        publicUrl,
        url: redactUrl(url),
        embedded,
        version: versionText(version),
        applied,
        pending,
        unknown,
        ...(breaks.length > 0 && { breaks }),
      });
    });
}

/** Starts nothing: the address of a server that would be gone a moment later helps nobody. */
function printUrl(context: CliContext): void {
  const located = context.locate();
  if (!located.running) context.note('The embedded Postgres is not running: it starts with `npm start`.');
  context.print(context.json ? located : located.url);
}

/** 180004 is 18.4. */
function versionText(version: number): string {
  return `${Math.floor(version / 10_000)}.${version % 10_000}`;
}
