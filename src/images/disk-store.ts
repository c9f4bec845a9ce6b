import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errnoOf } from '../db/errors.js';
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

/** Images as files of one folder. Files are readable by this user alone. */
export class DiskStore implements ImageStore {
  readonly kind = 'disk';
  private sweep: Promise<void> | undefined;
  /** Folders that are known to be there, so that most puts need no `mkdir`. */
  private readonly made = new Set<string>();
  /** Folders that hold new folders: these are durable once the one that holds them is synced. */
  private readonly grown = new Set<string>();

  constructor(private readonly root: string) {}

  /**
   * Written to a folder of its own and renamed, with `fsync` of the files before and of the folders after: neither a crash
   * nor a full disk leaves half an image under a name that is read. Step by step for all of them, so that the file
   * system commits twice for a handful of images and not twice for each.
   */
  async put(images: readonly SealedImage[]): Promise<void> {
    const arriving = images.map(({ sha256, sealed }) => ({
      sealed,
      from: join(this.root, ARRIVING, randomUUID()),
      to: join(this.root, placeOf(sha256)),
    }));
    try {
      this.sweep ??= this.sweepArriving();
      await this.sweep;
      await this.ensureFolder(join(this.root, ARRIVING));
      await all(arriving.map(({ from, sealed }) => writeDurably(from, sealed)));
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
      // a folder that vanished while we wrote is no image that is absent
      throw new StoreFault(errno === 'ENOENT' ? 'unreachable' : reasonOfErrno(errno), error);
    }
  }

  async get(sha256: string): Promise<Buffer> {
    try {
      return await readFile(join(this.root, placeOf(sha256)));
    } catch (error) {
      throw new StoreFault(reasonOfErrno(errnoOf(error)), error);
    }
  }

  async has(sha256: string): Promise<boolean> {
    try {
      await stat(join(this.root, placeOf(sha256)));
      return true;
    } catch (error) {
      const reason = reasonOfErrno(errnoOf(error));
      if (reason === 'absent') return false;
      throw new StoreFault(reason, error);
    }
  }

  async remove(sha256: string): Promise<void> {
    try {
      await rm(join(this.root, placeOf(sha256)), { force: true });
    } catch (error) {
      throw new StoreFault(reasonOfErrno(errnoOf(error)), error);
    }
  }

  close(): void {
    // nothing is held open
  }

  /**
   * What a process left that was killed while it wrote; younger files may be another's that is writing. Never fails: what
   * stays is only untidy, and a put behind it has its own errors.
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

async function writeDurably(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot sync a folder and does not need it
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
