import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errnoOf } from '../db/errors.js';
import { syncFolder } from '../db/sync-folder.js';
import {
  all,
  type ImageStore,
  placeOf,
  type SealedImage,
  StoreFault,
  type StoreFaultReason,
} from './image-store.js';

const ARRIVING = 'arriving';
const LEFT_BEHIND_MS = 3_600_000;

const REASONS: Record<string, StoreFaultReason> = {
  ENOENT: 'absent',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EROFS: 'read_only',
  EACCES: 'refused',
  EPERM: 'refused',
};

/** What an error of the file system says about the store. */
export function reasonOfErrno(errno: string | undefined): StoreFaultReason {
  return REASONS[errno ?? ''] ?? 'unreachable';
}

/** Images as files in one folder, readable by this user alone. */
export class DiskStore implements ImageStore {
  readonly kind = 'disk';
  private sweep: Promise<void> | undefined;
  /** Folders that are known to exist, so that most puts need no `mkdir`. */
  private readonly made = new Set<string>();
  /** Parents of new folders: a new folder is durable once its parent is synced. */
  private readonly grown = new Set<string>();

  constructor(private readonly root: string) {}

  /**
   * Files are written to another folder and then renamed, with `fsync` of the files before and of the folders after: neither a
   * crash nor a full disk leaves half an image under a name that is read. Each step is done for all images together, so that
   * the file system commits twice for a handful of images and not twice for each.
   */
  async put(images: readonly SealedImage[]): Promise<void> {
    const arriving = images.map(({ sha256, sealed }) => ({
      sealed,
      from: join(this.root, ARRIVING, randomUUID()),
      to: this.fileOf(sha256),
    }));
    try {
      this.sweep ??= this.sweepArriving();
      await this.sweep;
      await this.ensureFolder(join(this.root, ARRIVING));
      await all(
        arriving.map(({ from, sealed }) => writeFile(from, sealed, { flag: 'wx', mode: 0o600, flush: true })),
      );
      await all(
        arriving.map(async ({ from, to }) => {
          await this.ensureFolder(dirname(to));
          await rename(from, to);
        }),
      );
      const grown = new Set([...this.grown, ...arriving.map(({ to }) => dirname(to))]);
      await all([...grown].map(syncFolder));
      for (const folder of grown) this.grown.delete(folder);
    } catch (error) {
      this.made.clear();
      this.sweep = undefined;
      await all(arriving.map(({ from }) => rm(from, { force: true }))).catch(() => undefined);
      const errno = errnoOf(error);
      // if a folder vanished while we wrote, no image is absent
      throw new StoreFault(errno === 'ENOENT' ? 'unreachable' : reasonOfErrno(errno), error);
    }
  }

  async get(sha256: string): Promise<Buffer> {
    return readFile(this.fileOf(sha256)).catch(failed);
  }

  async has(sha256: string): Promise<boolean> {
    try {
      await stat(this.fileOf(sha256));
      return true;
    } catch (error) {
      return errnoOf(error) === 'ENOENT' ? false : failed(error);
    }
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.fileOf(sha256), { force: true }).catch(failed);
  }

  close(): void {
    // nothing is held open
  }

  private fileOf(sha256: string): string {
    return join(this.root, placeOf(sha256));
  }

  /**
   * Removes what killed processes left half written; younger files may belong to a process that is writing. Never fails:
   * leftovers are only untidy, and the put after it reports errors of its own.
   */
  private async sweepArriving(): Promise<void> {
    const folder = join(this.root, ARRIVING);
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: Infinity }));
      if (Date.now() - mtimeMs > LEFT_BEHIND_MS)
        await rm(join(folder, name), { force: true }).catch(() => undefined);
    }
  }

  private async ensureFolder(folder: string): Promise<void> {
    if (this.made.has(folder)) return;
    const first = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (first !== undefined) {
      for (let at = folder; at.length >= first.length; at = dirname(at)) this.grown.add(dirname(at));
    }
    this.made.add(folder);
  }
}

/** @throws StoreFault */
function failed(error: unknown): never {
  throw new StoreFault(reasonOfErrno(errnoOf(error)), error);
}
