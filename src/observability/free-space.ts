import { existsSync } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

export interface FreeSpace {
  freeBytes: number;
  /** Number of the file system: folders on the same one share its free space. */
  device: number;
}

/** The folder, or its nearest parent that exists. */
export function nearestFolder(folder: string): string {
  const path = resolve(folder);
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path));
}

/** How much a process without special rights can still write there. */
export async function freeSpaceOf(folder: string): Promise<FreeSpace> {
  const there = nearestFolder(folder);
  const [{ bavail, bsize }, { dev }] = await Promise.all([statfs(there), stat(there)]);
  return { freeBytes: bavail * bsize, device: dev };
}
