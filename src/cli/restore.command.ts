import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Audit } from '../audit/audit.service.js';
import { AuditTrail } from '../audit-trail/audit-trail.service.js';
import { restoreDatabase, restoreStore } from '../backup/restore.service.js';
import { findBackup, shownBackup } from '../backup/verify-backup.service.js';
import { openExistingKeyRing } from '../crypto/open-key-ring.js';
import { endRestoring } from '../db/restore-marker.js';
import { SealedImageStore } from '../images/sealed-image-store.service.js';
import { StoreMark } from '../images/store-mark.service.js';
import { BY, type CliContext } from './context.js';

interface Options {
  from: string;
  images: boolean;
  replace?: boolean;
}

/** One verb: the noun itself. */
export function register(restore: Command, context: CliContext): void {
  restore
    .requiredOption('--from <folder>', 'of a backup, or of backups: the newest')
    .option('--no-images', 'without images, where their store is still there')
    .option('--replace', 'also into the database of a Rollcall: everything in it is lost')
    .action((options: Options) => bringBack(context, options));
}

/** Killed in the middle, the same command goes on; until it has ended, no server starts. */
async function bringBack(context: CliContext, { from, images, replace = false }: Options): Promise<void> {
  const startedMs = performance.now();
  const ring = openExistingKeyRing(context.config);
  const folder = await findBackup(resolve(from));
  context.restoring = true;
  const openDatabase = async () => (await context.newDatabase()).url;
  const manifest = await context.withProgress((progress) =>
    restoreDatabase({
      folder,
      ring,
      openDatabase,
      replace,
      tell: (line) => context.note(line),
      onRows: (done, all, table) => progress.show(done / Math.max(1, all), done, table),
    }),
  );
  if (images && manifest.images !== null) {
    const { store } = await context.service(SealedImageStore);
    await context.withProgress((progress) =>
      restoreStore({ folder, manifest, store }, (done, all) =>
        progress.show(done / Math.max(1, all), done, 'images'),
      ),
    );
    await (await context.service(StoreMark)).adopt(BY);
  }
  const { tampering } = await (await context.service(AuditTrail)).verify();
  await (
    await context.service(Audit)
  ).record(null, {
    actor: BY,
    action: 'backup.restore',
    subject: `backup:${manifest.id}`,
    detail: { takenAt: manifest.takenAt, release: manifest.release },
  });
  await endRestoring(await openDatabase());
  const seconds = Number(((performance.now() - startedMs) / 1000).toFixed(1));
  context.print({ ...shownBackup(folder, manifest), auditIntact: tampering === null, seconds });
  if (tampering !== null)
    throw new Error(
      `The audit of this backup is not intact, and was not when it was made: link ${tampering.n}`,
    );
}
