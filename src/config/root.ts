import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's folder, wherever this file was compiled to: the nearest one upwards with a `migrations` folder. */
export const projectRoot = findRoot(import.meta.dirname);

/** Of this release, as package.json has it. */
export function releaseVersion(): string {
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'migrations')) && existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder)
    throw new Error('Rollcall is not whole: no folder above holds package.json and migrations/');
  return findRoot(parent);
}
