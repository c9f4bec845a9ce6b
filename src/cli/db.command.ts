import type { Command } from 'commander';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { recordCommand } from '../audit/command-audit.service.js';
import { adoptDatabase } from '../db/histories.js';
import { migrationStatus } from '../db/migrations.js';
import { grantTo } from '../db/rights.js';
import { makeRuntimeRole, RoleExistsError } from '../db/runtime-role.js';
import { redactUrl } from '../config/database-url.js';
import { checkServer } from '../db/server-check.js';
import { installSchema, prepareForCommand } from '../prepare-database.js';
import { BY, type CliContext, CommandError } from './context.js';
import { versionText } from './format.js';

export function register(db: Command, context: CliContext): void {
  db.command('url')
    .description('print the connection string, with its password: psql "$(rollcall db url)"')
    .action(async () => {
      // nothing is started: the address of a server that stops with the command helps nobody
      const located = await context.locate();
      if (!located.running) context.note('The embedded Postgres is not running: `npm start` starts it.');
      context.show(located, () => located.url);
    });

  db.command('migrate')
    .description('apply the missing migrations; safe beside running servers')
    .option('--grant-to <role>', 'let the role of the server read and write these tables')
    .action(async ({ grantTo: role }: { grantTo?: string }) => {
      const { url } = await context.database();
      const applied = await installSchema(url, (line) => context.note(line));
      const granted = role === undefined ? undefined : await grantTo(url, role);
      await recordMigration(url, applied, role);
      context.print({ applied, ...(granted && { granted }) });
    });

  db.command('roles')
    .description(
      'as the owner: migrate, and make the role that the server logs in by, with no more rights than it needs',
    )
    .option('--runtime <role>', 'name of that role', 'rollcall_server')
    .option(
      '--url-file <path>',
      'write its connection string there, for DATABASE_URL_FILE, and keep what is good',
    )
    .option('--renew', 'give a role that is there already a new password')
    .action((options: RolesOptions) => makeRoles(context, options));

  db.command('adopt')
    .description(
      'continue with a database that was restored, moved or set back; servers do so by themselves, see docs/operations.md',
    )
    .option('--anyway', 'also where nothing shows it, e.g. after a disk was set back to a snapshot')
    .action(({ anyway = false }: { anyway?: boolean }) => adopt(context, anyway));

  db.command('status')
    .description('installation, server version and migrations')
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

async function adopt(context: CliContext, anyway: boolean): Promise<void> {
  const database = await context.database();
  await prepareForCommand(database, (line) => context.note(line));
  const { begun, present } = await adoptDatabase(database.url, anyway);
  if (begun) await recordCommand(database.url, { actor: BY, action: 'db.adopt', subject: 'db' });
  else context.note('There was nothing to adopt.');
  context.print({ adopted: begun, ...present });
}

interface RolesOptions {
  runtime: string;
  urlFile?: string;
  renew?: boolean;
}

async function makeRoles(
  context: CliContext,
  { runtime, urlFile, renew = false }: RolesOptions,
): Promise<void> {
  const { url: ownerUrl } = await context.database();
  const applied = await installSchema(ownerUrl, (line) => context.note(line));
  const known =
    urlFile !== undefined && existsSync(urlFile) ? readFileSync(urlFile, 'utf8').trim() : undefined;
  try {
    const { url, done } = await makeRuntimeRole(ownerUrl, runtime, { known, renew });
    await recordMigration(ownerUrl, applied, done === 'kept' ? undefined : runtime);
    if (urlFile !== undefined && done !== 'kept') writeSecret(urlFile, url);
    context.print({ applied, role: runtime, done, url: urlFile === undefined ? url : redactUrl(url) });
  } catch (error) {
    if (!(error instanceof RoleExistsError)) throw error;
    throw new CommandError(
      error.code,
      `${error.message}: --renew gives it a new password, and ends the one it has`,
    );
  }
}

/** Nothing where nothing was changed: each start of compose asks. @param role that was given rights */
async function recordMigration(url: string, applied: string[], role: string | undefined): Promise<void> {
  if (applied.length === 0 && role === undefined) return;
  const detail = { applied, ...(role !== undefined && { role }) };
  await recordCommand(url, { actor: BY, action: 'db.migrate', subject: 'db', detail });
}

/** For its owner alone; whoever reads it meanwhile gets the old text or the new one. */
function writeSecret(path: string, text: string): void {
  writeFileSync(`${path}.new`, `${text}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
