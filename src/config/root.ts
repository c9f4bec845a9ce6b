import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's folder, wherever this file was compiled to: the nearest parent with `migrations` and `package.json`. */
export const projectRoot = findRoot(import.meta.dirname);

/** The version in package.json. */
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
    throw new Error('This installation is incomplete: no parent folder holds package.json and migrations/');
  return findRoot(parent);
}
