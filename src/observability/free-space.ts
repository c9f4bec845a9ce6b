import { existsSync } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

export interface FreeSpace {
  freeBytes: number;
  /** Number of the file system: two folders of one share what is free. */
  device: number;
}

/** The folder, or the nearest above it that is there: where it would be made. */
export function nearestFolder(folder: string): string {
  const path = resolve(folder);
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path));
}

/** What a process without special rights may still write there. */
export async function freeSpaceOf(folder: string): Promise<FreeSpace> {
  const there = nearestFolder(folder);
  const [{ bavail, bsize }, { dev }] = await Promise.all([statfs(there), stat(there)]);
  return { freeBytes: bavail * bsize, device: dev };
}
