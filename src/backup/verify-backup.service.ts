import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { KeyRing } from '../crypto/key-ring.js';
import { BackupError } from './backup.errors.js';
import { checkImages } from './images.js';
import { type Manifest, MANIFEST, openManifest, readManifest } from './manifest.js';
import { checkPart } from './parts.js';

/** A folder that `writeBackup` made and finished; they sort by time. */
const BACKUP = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-[0-9a-f]{8}$/;

/**
 * The backup that is meant: the folder itself, or the newest of those in it.
 * @throws BackupError BACKUP_INCOMPLETE
 */
export async function findBackup(folder: string): Promise<string> {
  const own = await stat(join(folder, MANIFEST)).catch(() => undefined);
  if (own !== undefined) return folder;
  const names = await readdir(folder).catch(() => []);
  const newest = names
    .filter((name) => BACKUP.test(name))
    .sort()
    .at(-1);
  if (newest === undefined)
    throw new BackupError(
      'BACKUP_INCOMPLETE',
      `${folder} is no whole backup, and there is none in it: a backup has a ${MANIFEST}, which is written last`,
    );
  return join(folder, newest);
}

/**
 * Checks signature, keys, and every file, without a database.
 * @param trust the key ring, or public keys of the installation where the ring is not
 * @throws BackupError, CryptoError KEY_MISSING or KEY_WRONG
 */
export async function verifyBackup(
  folder: string,
  trust: KeyRing | readonly object[],
  onStep: (done: number, all: number, file: string) => void,
): Promise<Manifest> {
  const manifest =
    trust instanceof KeyRing ? await openManifest(folder, trust) : await readManifest(folder, trust);
  const all = manifest.tables.length + (manifest.images?.images ?? 0);
  let done = 0;
  for (const table of manifest.tables) {
    await checkPart(table, folder);
    onStep((done += 1), all, table.file);
  }
  if (manifest.images !== null)
    await checkImages(folder, manifest.images, (images) => onStep((done += images), all, 'images'));
  return manifest;
}

/** What people want to know of a backup. */
export function shownBackup(folder: string, { id, release, takenAt, tables, images }: Manifest) {
  return {
    folder,
    id,
    release,
    takenAt,
    tables: tables.length,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0),
    ...(images !== null && {
      images: images.images,
      imageBytes: images.imageBytes,
      missingImages: images.missing,
    }),
  };
}
