import { statSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * Sets what `.env` of the current folder sets and the environment does not: a variable that is there wins, also an empty one.
 * Compose reads the same file for its containers; a server that is started otherwise gets its settings by other means.
 * @returns how many it has set
 */
export function readEnvFile() {
  const file = resolve('.env');
  // some keep a folder of that name
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return 0;
  const before = Object.keys(process.env).length;
  try {
    process.loadEnvFile(file);
  } catch (error) {
    process.stderr.write(
      `${file} cannot be read (${error.code}): give this account the right to read it, or move it away.\n`,
    );
    process.exit(1);
  }
  return Object.keys(process.env).length - before;
}
