import { open } from 'node:fs/promises';

/** A new or renamed file is durable once its folder is synced too. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot sync a folder and need not
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
