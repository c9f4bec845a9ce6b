import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { releaseVersion } from '../config/root.js';
import type { KeyRing } from '../crypto/key-ring.js';
import { publicJwks } from '../crypto/statement-keys.js';
import { CopyOut } from '../db/copy-streams.js';
import { syncFolder } from '../db/sync-folder.js';
import type { SealedImageStore } from '../images/sealed-image-store.service.js';
import { backUpImages, writeWantedImages } from './images.js';
import { type BackedUpTable, type Manifest, writeManifest } from './manifest.js';
import { writePart } from './parts.js';
import {
  copyOutText,
  readAsOfNow,
  readKeyIds,
  readMigrations,
  readPartitions,
  readSequences,
  readTables,
  type TableShape,
} from './schema.repository.js';

export interface BackupOrder {
  /** UUID. */
  id: string;
  url: string;
  /** Id of the installation. */
  installation: string;
  ring: KeyRing;
  /** Holds one folder for each backup, and the images of all of them. */
  folder: string;
  /** Null: without images. */
  store: SealedImageStore['store'] | null;
  onRows: (done: number, about: number, table: string) => void;
  onImages: (done: number, all: number) => void;
}

/**
 * Backs up the database, as of one moment, and then the images. A folder is a backup once it has its manifest and its name
 * without `.unfinished`: what was cut off before is never taken for one.
 * @returns its folder
 * @throws StoreFault where the image store is away
 */
export async function writeBackup(order: BackupOrder): Promise<{ folder: string; manifest: Manifest }> {
  const takenAt = new Date().toISOString();
  const { id } = order;
  const whole = join(order.folder, `${takenAt.slice(0, 19).replaceAll(':', '-')}Z-${id.slice(0, 8)}`);
  const folder = `${whole}.unfinished`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { tables, keyIds, wantedImages, ...database } = await backUpDatabase(order, folder);
  const images =
    order.store === null ? null : await backUpImages({ ...order, store: order.store }, folder, wantedImages);
  const published = await publicJwks(order.ring);
  const needed = new Set([...keyIds, ...(images?.keyIds ?? []), order.ring.current.id]);
  const manifest: Manifest = {
    format: 1,
    id,
    installation: order.installation,
    release: releaseVersion(),
    takenAt,
    finishedAt: new Date().toISOString(),
    keys: order.ring.keys.flatMap((key, at) =>
      needed.has(key.id) ? [{ id: key.id, kid: published[at]?.kid ?? '' }] : [],
    ),
    ...database,
    tables,
    images: images?.part ?? null,
  };
  await syncFolder(folder);
  await writeManifest(folder, manifest, order.ring);
  await rename(folder, whole);
  await syncFolder(order.folder);
  return { folder: whole, manifest };
}

async function backUpDatabase(order: BackupOrder, folder: string) {
  return readAsOfNow(order.url, async (client) => {
    const migrations = await readMigrations(client);
    const partitions = await readPartitions(client);
    const keyIds = await readKeyIds(client);
    const tables = await backUpTables(client, order, folder);
    const wantedImages = order.store === null ? 0 : await writeWantedImages(client, folder);
    const sequences = await readSequences(client);
    return { migrations, partitions, keyIds, tables, wantedImages, sequences };
  });
}

async function backUpTables(
  client: ClientBase,
  { onRows }: BackupOrder,
  folder: string,
): Promise<BackedUpTable[]> {
  const shapes = await readTables(client);
  const about = shapes.reduce((sum, table) => sum + table.about, 0);
  const tables: BackedUpTable[] = [];
  let done = 0;
  for (const shape of shapes) {
    const table = await backUpTable(client, shape, folder, (rows) => onRows(done + rows, about, shape.name));
    done += table.rows;
    tables.push(table);
  }
  return tables;
}

async function backUpTable(
  client: ClientBase,
  { name, columns, partitioned, sealed }: TableShape,
  folder: string,
  onRows: (rows: number) => void,
): Promise<BackedUpTable> {
  const rows = new CopyOut(client, copyOutText({ name, columns, partitioned }));
  const part = await writePart(rows, folder, `${name}.copy${sealed ? '' : '.gz'}`, () => onRows(rows.rows));
  return { ...part, name, columns, partitioned, rows: rows.rows };
}
