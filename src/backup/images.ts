import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import type { KeyRing } from '../crypto/key-ring.js';
import { CopyOut } from '../db/copy-streams.js';
import { errnoOf } from '../db/errors.js';
import { type SealedImageStore, storeFaultOf } from '../images/sealed-image-store.service.js';
import { BackupError } from './backup.errors.js';
import type { Manifest } from './manifest.js';
import { checkPart, writePart } from './parts.js';
import { COPY_IMAGES } from './schema.repository.js';

type Store = SealedImageStore['store'];
type ImagesPart = NonNullable<Manifest['images']>;

/** Hashes of the images that the snapshot names; a file of the backup's folder that does not stay. */
const WANTED = 'images.wanted';
const INDEX = 'images.list';
const AT_ONCE = 16;
const GONE = 'IMAGE_STORE_LOST_IT';

/** One line of the index. */
interface StoredImage {
  /** Of the plaintext: its name in a store. */
  sha256: string;
  keyId: string;
  /** Of the sealed bytes, so that a copy can be checked without a key. */
  sealedSha256: string;
  bytes: number;
}

/** Writes down which images there are, since reading them takes longer than a snapshot should live. @returns how many */
export async function writeWantedImages(client: ClientBase, folder: string): Promise<number> {
  const hashes = new CopyOut(client, COPY_IMAGES);
  await pipeline(hashes, createWriteStream(join(folder, WANTED), { flags: 'wx', mode: 0o600 }));
  return hashes.rows;
}

/**
 * Copies images into the folder that all backups share, as they are sealed: `images/<key id>/<2 digits>/<sha256>`. What is
 * there under the key that seals now is not fetched again: no re-sealing can have changed it.
 * @throws StoreFault where the store is away; an image that it has lost is counted as missing
 */
export async function backUpImages(
  {
    folder: shared,
    ring,
    store,
    onImages,
  }: { folder: string; ring: KeyRing; store: Store; onImages: (done: number, all: number) => void },
  folder: string,
  all: number,
): Promise<{ part: ImagesPart; keyIds: Set<string> }> {
  const keyIds = new Set<string>();
  const totals = { images: 0, imageBytes: 0, missing: 0 };
  async function* lines() {
    for await (const hashes of batches(linesOf(createReadStream(join(folder, WANTED))))) {
      const copied = await Promise.all(
        hashes.map((sha256) => copyImage(store, shared, ring.current.id, sha256)),
      );
      for (const image of copied) {
        if (image === undefined) totals.missing += 1;
        else {
          totals.images += 1;
          totals.imageBytes += image.bytes;
          keyIds.add(image.keyId);
          yield `${image.sha256} ${image.keyId} ${image.sealedSha256} ${image.bytes}\n`;
        }
      }
      onImages(totals.images + totals.missing, all);
    }
  }
  const part = await writePart(Readable.from(lines()), folder, INDEX);
  await rm(join(folder, WANTED));
  return { part: { ...part, ...totals }, keyIds };
}

/** @returns undefined where the store does not have it any more, or something else in its place */
async function copyImage(
  store: Store,
  shared: string,
  currentKey: string,
  sha256: string,
): Promise<StoredImage | undefined> {
  try {
    const known = await readIfThere(imageFile(shared, currentKey, sha256));
    const sealed = known ?? (await store.get(sha256));
    const keyId = keyIdOf(sealed);
    if (keyId === undefined) return undefined;
    if (known === undefined) await keep(imageFile(shared, keyId, sha256), sealed);
    return { sha256, keyId, sealedSha256: hashOf(sealed), bytes: sealed.length };
  } catch (error) {
    if (storeFaultOf(error)?.code !== GONE) throw error;
    return undefined;
  }
}

/** Whole or not at all, so that a later backup can trust what is there. */
async function keep(path: string, sealed: Buffer): Promise<void> {
  const arriving = `${path}.${randomUUID()}.part`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(arriving, sealed, { flag: 'wx', mode: 0o600, flush: true });
  await rename(arriving, path);
}

/** Looks at every image of a backup. @throws BackupError BACKUP_DAMAGED */
export async function checkImages(
  folder: string,
  part: ImagesPart,
  onImages: (done: number) => void,
): Promise<void> {
  for await (const images of readIndex(folder, part)) {
    await Promise.all(images.map((image) => readImage(folder, image)));
    onImages(images.length);
  }
}

/** Puts every image of a backup into a store; again is harmless. @throws BackupError BACKUP_DAMAGED, StoreFault */
export async function restoreImages(
  folder: string,
  part: ImagesPart,
  store: Store,
  onImages: (done: number) => void,
): Promise<void> {
  for await (const images of readIndex(folder, part)) {
    const sealed = await Promise.all(images.map((image) => readImage(folder, image)));
    await store.put(images.map(({ sha256 }, at) => ({ sha256, sealed: sealed[at] as Buffer })));
    onImages(images.length);
  }
}

/** The index is checked first: a name out of it becomes a path. */
async function* readIndex(folder: string, part: ImagesPart): AsyncGenerator<StoredImage[]> {
  await checkPart(part, folder);
  const lines = linesOf(createReadStream(join(folder, part.file)));
  for await (const batch of batches(lines)) {
    yield batch.map((line) => {
      const [sha256 = '', keyId = '', sealedSha256 = '', bytes] = line.split(' ');
      return { sha256, keyId, sealedSha256, bytes: Number(bytes) };
    });
  }
}

async function readImage(folder: string, { sha256, keyId, sealedSha256 }: StoredImage): Promise<Buffer> {
  const sealed = await readIfThere(imageFile(dirname(folder), keyId, sha256));
  if (sealed !== undefined && hashOf(sealed) === sealedSha256) return sealed;
  const what = sealed === undefined ? 'is missing' : 'is not what was backed up: its SHA-256 differs';
  throw new BackupError('BACKUP_DAMAGED', `images/${keyId}/${sha256.slice(0, 2)}/${sha256} ${what}`);
}

function imageFile(shared: string, keyId: string, sha256: string): string {
  return join(shared, 'images', keyId, sha256.slice(0, 2), sha256);
}

/** As `Sealer` lays them out; undefined where these bytes are not sealed. */
function keyIdOf(sealed: Buffer): string | undefined {
  const id = sealed.toString('latin1', 2, 2 + (sealed[1] ?? 0));
  return /^[A-Za-z0-9_-]{1,32}$/.test(id) ? id : undefined;
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  });
}

function linesOf(input: Readable): AsyncIterable<string> {
  return createInterface({ input, crlfDelay: Infinity });
}

async function* batches(lines: AsyncIterable<string>): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const line of lines) {
    batch.push(line);
    if (batch.length < AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
