import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.js';
import { reasonOf } from '../errors.js';
import { EmbeddedPostgresError } from './failure.js';
import { type Credentials, type Home, readCredentials, writeCredentials } from './home.js';

/** Role and database of the embedded server. */
export const ROLE = 'rollcall';
const MAJOR = '18';

/** No PGOPTIONS, LC_ALL or LD_PRELOAD of ours may reach the server. On Windows it does not start without our environment. */
export const SERVER_ENVIRONMENT = process.platform === 'win32' ? undefined : { PATH: '/usr/bin:/bin' };

/** Arabic needs a locale that knows its letters: with LC_CTYPE `C`, pg_trgm finds none in «محمد». macOS has no `C.UTF-8`. */
const LOCALE =
  { darwin: 'en_US.UTF-8', win32: 'English_United States' }[process.platform as string] ?? 'C.UTF-8';

/**
 * Makes the database files once. Several processes may try at the same time; the first to finish wins.
 * @throws EmbeddedPostgresError if initdb fails or the files have another major version
 */
export async function ensureCluster(home: Home, binaries: Binaries): Promise<Credentials> {
  const existing = readCredentials(home.data);
  if (existing !== undefined) {
    checkMajor(home);
    return existing;
  }
  const draft = join(home.folder, `data.${process.pid}.${randomBytes(4).toString('hex')}`);
  const credentials = { port: 0, password: randomBytes(24).toString('base64url') };
  try {
    mkdirSync(draft, { mode: 0o700 });
    if (home.account !== undefined) chownSync(draft, home.account.uid, home.account.gid);
    await initialise(home, binaries, draft, credentials.password);
    writeCredentials(draft, credentials, home.account);
    await rename(draft, home.data);
    return credentials;
  } catch (error) {
    const winner = readCredentials(home.data);
    if (winner !== undefined) return winner;
    if (error instanceof EmbeddedPostgresError) throw error;
    throw new EmbeddedPostgresError(
      `The database files in ${home.folder} could not be made: ${reasonOf(error)}`,
      { cause: error },
    );
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function initialise(home: Home, binaries: Binaries, draft: string, password: string): Promise<void> {
  const passwordFile = `${draft}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  try {
    if (home.account !== undefined) chownSync(passwordFile, home.account.uid, home.account.gid);
    await runInitdb(home, binaries, [
      `--pgdata=${draft}`,
      `--username=${ROLE}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      `--locale=${LOCALE}`,
      '--data-checksums',
      '--no-instructions',
    ]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function runInitdb(home: Home, binaries: Binaries, options: string[]): Promise<void> {
  const process = { ...home.account, cwd: home.folder, env: SERVER_ENVIRONMENT, windowsHide: true };
  try {
    await promisify(execFile)(binaries.initdb, options, process);
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    const output = (stdout + stderr).slice(-2000).trim() || reasonOf(error);
    throw new EmbeddedPostgresError(`initdb could not make the database files in ${home.folder}:\n${output}`);
  }
}

function checkMajor(home: Home): void {
  const made = readFileSync(join(home.data, 'PG_VERSION'), 'utf8').trim();
  if (made === MAJOR) return;
  throw new EmbeddedPostgresError(
    `The database in ${home.folder} was made by Postgres ${made}, but this Rollcall comes with ${MAJOR}: export it with ` +
      'the Rollcall that made it, then import it into an empty ROLLCALL_DATA_DIR.',
  );
}
