import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Audit } from '../audit/audit.service.js';
import { writeBackup } from '../backup/backup.service.js';
import { findBackup, shownBackup, verifyBackup } from '../backup/verify-backup.service.js';
import { openExistingKeyRing } from '../crypto/open-key-ring.js';
import { SealedImageStore } from '../images/sealed-image-store.service.js';
import { StoreMark } from '../images/store-mark.service.js';
import { keysOf } from './json-files.js';
import { BY, type CliContext, CommandError, UsageError } from './context.js';

/** Backups: a folder for each, never with keys in it. */
export function register(backup: Command, context: CliContext): void {
  backup
    .option('--out <folder>', 'where to: a folder of backups, each in a folder of its own')
    .option('--no-images', 'without images')
    .action((options: { out?: string; images: boolean }) => backUp(context, options));

  backup
    .command('verify')
    .description(
      'check signature, counts and every file of a backup, without a database; exit code 1 where one is wrong',
    )
    .requiredOption('--from <folder>', 'of a backup, or of backups: the newest')
    .option(
      '--keys <file>',
      'public keys of the installation (.well-known/jwks.json) where the key ring is not',
    )
    .action((options: { from: string; keys?: string }) => verify(context, options));
}

async function backUp(
  context: CliContext,
  { out, images }: { out?: string; images: boolean },
): Promise<void> {
  if (out === undefined) throw new UsageError('--out <folder> is missing');
  const { url } = await context.database();
  const audit = await context.service(Audit);
  if (images && (await (await context.service(StoreMark)).isLost())) {
    throw new CommandError(
      'IMAGE_STORE_AWAY',
      'The image store is not that of this database, or is not mounted: mount it, or back up with --no-images',
    );
  }
  const { store } = await context.service(SealedImageStore);
  const id = randomUUID();
  const startedMs = performance.now();
  await audit.record(null, {
    actor: BY,
    action: 'backup.create',
    subject: `backup:${id}`,
    detail: { images },
  });
  const { folder, manifest } = await context.withProgress(async (progress) =>
    writeBackup({
      id,
      url,
      ring: openExistingKeyRing(context.config),
      folder: resolve(out),
      installation: (await context.installation())?.id ?? '',
      store: images ? store : null,
      onRows: (done, about, table) => progress.show(Math.min(1, done / Math.max(1, about)), done, table),
      onImages: (done, all) => progress.show(done / Math.max(1, all), done, 'images'),
    }),
  );
  const seconds = Number(((performance.now() - startedMs) / 1000).toFixed(1));
  context.print({ ...shownBackup(folder, manifest), seconds });
  if ((manifest.images?.missing ?? 0) > 0)
    context.note('The image store has lost images: `rollcall images verify --repair` fetches them again.');
}

async function verify(context: CliContext, { from, keys }: { from: string; keys?: string }): Promise<void> {
  const trust = keys === undefined ? openExistingKeyRing(context.config) : await keysOf(keys);
  const folder = await findBackup(resolve(from));
  const manifest = await context.withProgress((progress) =>
    verifyBackup(folder, trust, (done, all, file) => progress.show(done / Math.max(1, all), done, file)),
  );
  context.print({ ...shownBackup(folder, manifest), intact: true });
}
