import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { type Account, mayEnter, pickAccount } from './account.js';
import { errnoOf, reasonOf } from '../errors.js';
import { EmbeddedPostgresError } from './failure.js';

/** The folders and files of one embedded server: absolute paths without symbolic links. */
export interface Home {
  /** `ROLLCALL_DATA_DIR/postgres`. */
  folder: string;
  /** PGDATA. */
  data: string;
  log: string;
  /** One small file per process that uses the server. */
  users: string;
  account: Account | undefined;
}

const Credentials = z.object({ port: z.number(), password: z.string() });
/** A later process needs these to reach the server. They are kept inside PGDATA, so both appear and vanish together. */
export type Credentials = z.infer<typeof Credentials>;

/** Where the data folder goes if the account that runs the server cannot enter root's folder. */
const OUTSIDE = '/var/lib/rollcall';

/**
 * Makes the folder of the server usable.
 * @throws EmbeddedPostgresError if it cannot be written
 */
export function openHome(dataDir: string): Home {
  const root = resolve(dataDir);
  try {
    // parents keep the usual mode: a closed one would lock out the account that runs the server
    mkdirSync(dirname(root), { recursive: true });
    mkdirSync(root, { recursive: true, mode: 0o700 });
    const link = join(root, 'postgres');
    mkdirSync(link, { recursive: true, mode: 0o700 });
    const account = pickAccount(join(link, 'data'));
    if (account !== undefined) makeReachable(account, root, link);
    const folder = realpathSync(link);
    const users = join(folder, 'users');
    mkdirSync(users, { recursive: true, mode: 0o700 });
    return { folder, data: join(folder, 'data'), log: join(folder, 'server.log'), users, account };
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The folder ${root} cannot be used for the embedded Postgres (${reasonOf(error)}). ` +
        'Make it writable, point ROLLCALL_DATA_DIR at another folder, or set DATABASE_URL.',
      { cause: error },
    );
  }
}

/** Lets the account pass through our own two folders. Parents are never changed; if one is closed, the server moves out. */
function makeReachable(account: Account, root: string, link: string): void {
  for (const folder of [root, link]) chmodSync(folder, statSync(folder).mode | 0o011);
  if (mayEnter(account, link)) return;
  if (lstatSync(link).isSymbolicLink()) return;
  rmdirSync(link);
  const outside = join(OUTSIDE, randomBytes(6).toString('hex'));
  mkdirSync(outside, { recursive: true, mode: 0o711 });
  symlinkSync(outside, link);
}

/** PGDATA below `ROLLCALL_DATA_DIR`, if it exists. */
export function findData(dataDir: string): string | undefined {
  const data = join(resolve(dataDir), 'postgres', 'data');
  return statSync(data, { throwIfNoEntry: false }) === undefined ? undefined : realpathSync(data);
}

/** The credentials of the server with this PGDATA; undefined if none was made yet. */
export function readCredentials(data: string): Credentials | undefined {
  try {
    return Credentials.parse(JSON.parse(readFileSync(credentialsFile(data), 'utf8')));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' && statSync(data, { throwIfNoEntry: false }) === undefined)
      return undefined;
    if (errnoOf(error) === 'EACCES') {
      throw new EmbeddedPostgresError(
        `The embedded database in ${data} belongs to another account: start Rollcall as that account ` +
          'or as root, or point ROLLCALL_DATA_DIR at another folder.',
        { cause: error },
      );
    }
    throw new EmbeddedPostgresError(
      `${credentialsFile(data)} is missing or damaged, so the database there cannot be opened. Restore it from ` +
        'a backup, or move the folder away to start with an empty database.',
    );
  }
}

/** Writes the whole file or nothing: a torn file would lock us out of the data. */
export function writeCredentials(data: string, credentials: Credentials, account: Account | undefined): void {
  const file = credentialsFile(data);
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, `${JSON.stringify(credentials)}\n`, { mode: 0o600, flush: true });
    if (account !== undefined) chownSync(draft, account.uid, account.gid);
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

function credentialsFile(data: string): string {
  return join(data, 'rollcall.json');
}
