import type { ClientBase } from 'pg';
import type { KeyRing } from '../crypto/key-ring.js';
import { withClient } from '../db/bounded-client.js';
import { CopyIn } from '../db/copy-streams.js';
import { adoptDatabase } from '../db/histories.js';
import { inTransaction } from '../db/in-transaction.js';
import { migrate, migrationStatus } from '../db/migrations.js';
import { connectionOptions, ENDLESS } from '../db/pool-options.js';
import { findRestoring, markRestoring, noteLoaded } from '../db/restore-marker.js';
import { checkServer } from '../db/server-check.js';
import type { SealedImageStore } from '../images/sealed-image-store.service.js';
import { installJobs } from '../jobs/job-schema.js';
import { BackupError } from './backup.errors.js';
import { restoreImages } from './images.js';
import { type BackedUpTable, type Manifest, openManifest } from './manifest.js';
import { readPart } from './parts.js';
import {
  analyze,
  copyInText,
  countOthers,
  emptyTables,
  makePartition,
  setSequence,
  tablesThere,
} from './schema.repository.js';

export interface RestoreOrder {
  /** Called once the backup is known to be good for this ring. @returns the connection string */
  openDatabase: () => Promise<string>;
  ring: KeyRing;
  /** Of one backup. */
  folder: string;
  /** Overwrite what a Rollcall has there. */
  replace: boolean;
  tell: (line: string) => void;
  onRows: (done: number, all: number, table: string) => void;
}

/**
 * Brings the rows back, in these steps; killed in one of them, the next call goes on with it:
 * 1. the marker `restoring`: no server and no other command works with the database until the caller ends it
 * 2. the migrations that the backup was made with
 * 3. all rows, in one transaction, so that there are all or none of them
 * 4. the other migrations, the tables of the jobs, and a new history where this is another server
 * @throws BackupError, CryptoError KEY_MISSING or KEY_WRONG; all but BACKUP_DAMAGED before anything is written
 */
export async function restoreDatabase(order: RestoreOrder): Promise<Manifest> {
  const { tell } = order;
  const manifest = await openManifest(order.folder, order.ring);
  const url = await order.openDatabase();
  await checkServer(url);
  await checkRelease(url, manifest);
  await withClient(connectionOptions(url, 'rollcall-restore', ENDLESS), async (client) => {
    const begun = await findRestoring(client);
    if (begun === undefined) await checkEmpty(client, { url, replace: order.replace }, manifest);
    else if (begun.backup !== manifest.id) throw restoreOfAnother(begun.backup);
    if (begun?.loaded === true) return;
    await markRestoring(client, manifest.id);
    await migrate(url, { only: manifest.migrations, tell });
    await inTransaction(client, () => loadRows(client, order, manifest));
    await analyze(client);
  });
  await migrate(url, { tell });
  await installJobs(url);
  await adoptDatabase(url, false);
  return manifest;
}

/** @throws BackupError BACKUP_DAMAGED, StoreFault */
export async function restoreStore(
  { folder, manifest, store }: { folder: string; manifest: Manifest; store: SealedImageStore['store'] },
  onImages: (done: number, all: number) => void,
): Promise<void> {
  if (manifest.images === null) return;
  const all = manifest.images.images;
  let done = 0;
  await restoreImages(folder, manifest.images, store, (images) => onImages((done += images), all));
}

async function checkRelease(url: string, { migrations, release }: Manifest): Promise<void> {
  const { applied, pending, unknown } = await migrationStatus(url);
  const here = new Set([...applied, ...pending, ...unknown]);
  const newer = migrations.filter((name) => !here.has(name));
  if (newer.length > 0) {
    throw new BackupError(
      'BACKUP_NEWER',
      `This backup was made by Rollcall ${release}, which is newer, and this one lacks its migrations (${newer.join(', ')}): restore with that release or a later one`,
    );
  }
}

/** @throws BackupError DATABASE_NOT_EMPTY, DATABASE_IN_USE */
async function checkEmpty(
  client: ClientBase,
  { url, replace }: { url: string; replace: boolean },
  { tables, migrations }: Manifest,
): Promise<void> {
  const there = await tablesThere(client, [...tables.map(({ name }) => name), 'schema_migrations']);
  if (there.length === 0) return;
  if (!there.includes('schema_migrations')) {
    throw new BackupError(
      'DATABASE_NOT_EMPTY',
      `The database has tables of something else: ${there.slice(0, 5).join(', ')}`,
    );
  }
  if (!replace) {
    throw new BackupError(
      'DATABASE_NOT_EMPTY',
      'The database holds a Rollcall. Restore into an empty database, or give --replace: everything in it is lost then',
    );
  }
  const { applied, unknown } = await migrationStatus(url);
  const further = [...applied, ...unknown].filter((name) => !migrations.includes(name));
  if (further.length > 0) {
    throw new BackupError(
      'DATABASE_NOT_EMPTY',
      `The database was migrated further than the backup (${further.join(', ')}), and migrations only go forward: restore into an empty database`,
    );
  }
  const others = await countOthers(client);
  if (others > 0) {
    throw new BackupError(
      'DATABASE_IN_USE',
      `${others} connections of Rollcall use the database: stop its servers first`,
    );
  }
}

function restoreOfAnother(backup: string): BackupError {
  return new BackupError(
    'RESTORE_OF_ANOTHER',
    `The restore of another backup (${backup}) was cut off here: finish that one, or take an empty database`,
  );
}

async function loadRows(
  client: ClientBase,
  { folder, onRows }: RestoreOrder,
  manifest: Manifest,
): Promise<void> {
  const { tables, partitions, sequences } = manifest;
  await emptyTables(
    client,
    tables.map(({ name }) => name),
  );
  for (const partition of partitions) await makePartition(client, partition);
  const all = tables.reduce((sum, { rows }) => sum + rows, 0);
  let done = 0;
  for (const table of tables) {
    await loadTable(client, table, folder, () => onRows(done, all, table.name));
    done += table.rows;
    onRows(done, all, table.name);
  }
  for (const sequence of sequences) await setSequence(client, sequence);
  await noteLoaded(client);
}

async function loadTable(
  client: ClientBase,
  table: BackedUpTable,
  folder: string,
  onChunk: () => void,
): Promise<void> {
  const target = new CopyIn(client, copyInText(table));
  await readPart(table, folder, target, onChunk);
  if (target.rows !== table.rows) {
    throw new BackupError(
      'BACKUP_DAMAGED',
      `${table.file} has ${target.rows} rows, not the ${table.rows} that were backed up`,
    );
  }
}
