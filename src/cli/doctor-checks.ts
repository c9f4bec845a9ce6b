import { constants, existsSync } from 'node:fs';
import { access, mkdtemp, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DataSource } from 'typeorm';
import type { Config } from '../config/config.js';
import { KeyCheck } from '../crypto/key-check.js';
import { KeyRing } from '../crypto/key-ring.js';
import { LocalSecrets } from '../crypto/local-secrets.js';
import { Sealer } from '../crypto/sealer.js';
import { cairoClockOf, serverTime } from '../db/clock.js';
import { reasonOf } from '../db/errors.js';
import { migrationStatus } from '../db/migrations.js';
import { checkRights } from '../db/rights.js';
import { type OpenDatabase } from '../db/open-database.js';
import { poolOptions } from '../db/pool-options.js';
import { checkServer } from '../db/server-check.js';
import { cairoClock } from '../enroll-contract/cairo-days.js';
import { CANNOT_LIST, type StoreTrial } from '../images/store-trial.service.js';
import { freeSpaceOf, nearestFolder } from '../observability/free-space.js';

/** What the doctor found out about one thing. */
export interface Finding {
  check: string;
  status: 'ok' | 'unproven' | 'warning' | 'failed' | 'skipped';
  found: string;
  /** What was asked, where that is not plain. */
  tried?: string;
  fix?: string;
}

/** Tokens are given this much leeway (M2); a clock that is further off refuses good ones. */
const SKEW_FAILS_MS = 30_000;
const SKEW_WARNS_MS = 2_000;
const GIB = 1024 ** 3;
const SPACE_WARNS_BYTES = 2 * GIB;
const SPACE_FAILS_BYTES = GIB / 5;

/** The database, and with it the keys and the clock. */
export async function* checkDatabase(
  config: Config,
  open: () => Promise<OpenDatabase>,
): AsyncGenerator<Finding> {
  let connection: DataSource | undefined;
  try {
    const { url, embedded } = await open();
    const { version } = await checkServer(url);
    const migrations = await migrationStatus(url);
    yield databaseFinding(version, embedded, migrations);
    if (migrations.pending.length === 0) await checkRights(url);
    connection = await new DataSource({
      type: 'postgres',
      url,
      installExtensions: false,
      extra: poolOptions(url, 'rollcall-doctor', 1),
    }).initialize();
    yield await checkKeys(config, connection, migrations.applied.length > 0);
    yield await checkClock(connection);
    yield await checkTimeZones(connection, new Date().getUTCFullYear());
  } catch (error) {
    yield {
      check: 'database',
      status: 'failed',
      found: reasonOf(error),
      fix: 'see the text; then run it again',
    };
  } finally {
    await connection?.destroy();
  }
}

function databaseFinding(
  version: number,
  embedded: boolean,
  { applied, pending, unknown, breaks }: Awaited<ReturnType<typeof migrationStatus>>,
): Finding {
  const server = `Postgres ${Math.floor(version / 10_000)}.${version % 10_000}${embedded ? ', embedded' : ''}`;
  if (unknown.length > 0) {
    const found = `${server}, migrated by a newer Rollcall (${[...unknown, ...breaks].join(', ')})`;
    const status = breaks.length > 0 ? 'failed' : 'warning';
    return { check: 'database', status, found, fix: 'run that version or a later one' };
  }
  if (pending.length > 0) {
    const found = `${server}, ${pending.length} migration(s) to apply`;
    return { check: 'database', status: 'warning', found, fix: 'rollcall db migrate, or start the server' };
  }
  return { check: 'database', status: 'ok', found: `${server}, ${applied.length} migration(s) applied` };
}

async function checkKeys(config: Config, connection: DataSource, migrated: boolean): Promise<Finding> {
  const check = 'keys';
  if (!migrated) return { check, status: 'skipped', found: 'the database is empty' };
  const generated = join(resolve(config.env.ROLLCALL_DATA_DIR), 'keys');
  if (config.env.ROLLCALL_KEYS === undefined && !existsSync(generated)) {
    return { check, status: 'skipped', found: `no key yet: the first start makes one in ${generated}` };
  }
  try {
    const ring = KeyRing.parse(config.env.ROLLCALL_KEYS ?? new LocalSecrets(config).keyRing());
    const used = await new KeyCheck(connection, ring, new Sealer(ring)).verify();
    const found = `${ring.keys.length} in the ring, all ${used.length} that this database was sealed with open`;
    return { check, status: 'ok', found };
  } catch (error) {
    return { check, status: 'failed', found: reasonOf(error), fix: 'ROLLCALL_KEYS' };
  }
}

async function checkClock(connection: DataSource): Promise<Finding> {
  const { now, tookMs } = await serverTime(connection);
  return clockFinding('clock', 'the database', now.getTime() - (Date.now() - tookMs / 2));
}

/** Nothing of ours depends on what Postgres knows of Cairo; queries of others do. */
async function checkTimeZones(connection: DataSource, year: number): Promise<Finding> {
  const check = 'time zones';
  const middays = [0, 6].map((month) => new Date(Date.UTC(year, month, 15, 12)));
  const shown = await cairoClockOf(connection, middays);
  const ours = middays.map(cairoClock);
  if (shown.join() === ours.join())
    return { check, status: 'ok', found: 'the database knows the clock of Cairo' };
  return {
    check,
    status: 'warning',
    found: `Cairo's clock is ${shown.join(', ')} by the database, ${ours.join(', ')} by Rollcall, which counts by its own`,
    fix: 'update the tzdata of the database server (of Postgres 14.8 and newer), or of Node: your own queries go wrong',
  };
}

/** @param aheadMs how far the other clock is ahead of ours */
export function clockFinding(check: string, whose: string, aheadMs: number): Finding {
  const found = `${whose} is ${(Math.abs(aheadMs) / 1000).toFixed(1)} s ${aheadMs < 0 ? 'behind' : 'ahead of'} us`;
  if (Math.abs(aheadMs) <= SKEW_WARNS_MS) return { check, status: 'ok', found };
  const status = Math.abs(aheadMs) > SKEW_FAILS_MS ? 'failed' : 'warning';
  return {
    check,
    status,
    found,
    fix: 'let all machines ask the same time servers (chrony, systemd-timesyncd)',
  };
}

/** A folder that is written to: there or to be made, writable, with room. */
export async function checkDisk(check: string, setting: string, folder: string): Promise<Finding> {
  const path = resolve(folder);
  const there = nearestFolder(path);
  try {
    if (there === path) await rmdir(await mkdtemp(join(path, '.doctor-')));
    else await access(there, constants.W_OK);
    const { freeBytes } = await freeSpaceOf(there);
    const found = `${path}: writable, ${(freeBytes / GIB).toFixed(1)} GiB free`;
    if (freeBytes > SPACE_WARNS_BYTES) return { check, status: 'ok', found };
    return { check, status: freeBytes < SPACE_FAILS_BYTES ? 'failed' : 'warning', found, fix: 'make room' };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'failed';
    return { check, status: 'failed', found: `${path}: cannot be written to (${code})`, fix: setting };
  }
}

export async function checkImageStore(trial: StoreTrial): Promise<Finding> {
  const check = 'image store';
  const fault = await trial.run();
  const { kind } = trial;
  if (fault === undefined)
    return { check, status: 'ok', found: `${kind}: a few bytes were put, read and removed` };
  if (fault === CANNOT_LIST) {
    return {
      check,
      status: 'warning',
      found: `${kind}: a few bytes were put, read and removed, but what is missing is answered like what is forbidden`,
      fix: 'grant s3:ListBucket on the bucket itself',
    };
  }
  const fix = kind === 'disk' ? 'ROLLCALL_IMAGE_DIR' : 'ROLLCALL_IMAGE_STORE, ROLLCALL_S3_…';
  return { check, status: 'failed', found: `${kind}: ${fault}`, fix };
}
