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
import { failed, type Finding, ok, skipped, type Verdict, warning } from '../go-live/finding.types.js';
import { CANNOT_LIST, type StoreTrial } from '../images/store-trial.service.js';
import { freeSpaceOf, nearestFolder } from '../observability/free-space.js';
import { versionText } from './format.js';

/** Tokens have this much leeway (M2); a clock that is further off refuses good ones. */
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
    const server = `Postgres ${versionText(version)}${embedded ? ', embedded' : ''}`;
    yield { check: 'database', ...databaseVerdict(server, migrations) };
    if (migrations.pending.length === 0) await checkRights(url);
    connection = await new DataSource({
      type: 'postgres',
      url,
      installExtensions: false,
      extra: poolOptions(url, 'rollcall-doctor', 1),
    }).initialize();
    const isEmpty = migrations.applied.length === 0;
    yield {
      check: 'keys',
      ...(isEmpty ? skipped('the database is empty') : await checkKeys(config, connection)),
    };
    yield { check: 'clock', ...(await checkClock(connection)) };
    yield { check: 'time zones', ...(await checkTimeZones(connection, new Date().getUTCFullYear())) };
  } catch (error) {
    yield { check: 'database', ...failed(reasonOf(error), 'see the text; then run it again') };
  } finally {
    await connection?.destroy();
  }
}

function databaseVerdict(
  server: string,
  { applied, pending, unknown, breaks }: Awaited<ReturnType<typeof migrationStatus>>,
): Verdict {
  if (unknown.length > 0) {
    const found = `${server}, migrated by a newer Rollcall (${[...unknown, ...breaks].join(', ')})`;
    return (breaks.length > 0 ? failed : warning)(found, 'run that version or a later one');
  }
  if (pending.length > 0) {
    const fix = 'rollcall db migrate, or start the server';
    return warning(`${server}, ${pending.length} migration(s) to apply`, fix);
  }
  return ok(`${server}, ${applied.length} migration(s) applied`);
}

async function checkKeys(config: Config, connection: DataSource): Promise<Verdict> {
  const generated = join(resolve(config.env.ROLLCALL_DATA_DIR), 'keys');
  if (config.env.ROLLCALL_KEYS === undefined && !existsSync(generated)) {
    return skipped(`no key yet: the first start makes one in ${generated}`);
  }
  try {
    const ring = KeyRing.parse(config.env.ROLLCALL_KEYS ?? new LocalSecrets(config).keyRing());
    const used = await new KeyCheck(connection, ring, new Sealer(ring)).verify();
    return ok(`${ring.keys.length} in the ring, with all ${used.length} that this database was sealed with`);
  } catch (error) {
    return failed(reasonOf(error), 'ROLLCALL_KEYS');
  }
}

async function checkClock(connection: DataSource): Promise<Verdict> {
  const { now, tookMs } = await serverTime(connection);
  return clockVerdict('the database', now.getTime() - (Date.now() - tookMs / 2));
}

/** Rollcall does not depend on what Postgres knows of Cairo; queries of other programs do. */
async function checkTimeZones(connection: DataSource, year: number): Promise<Verdict> {
  const middays = [0, 6].map((month) => new Date(Date.UTC(year, month, 15, 12)));
  const shown = (await cairoClockOf(connection, middays)).join(', ');
  const ours = middays.map(cairoClock).join(', ');
  if (shown === ours) return ok('the database knows the clock of Cairo');
  return warning(
    `Cairo's clock is ${shown} by the database, ${ours} by Rollcall, which uses its own`,
    'update the tzdata of the database server (of Postgres 14.8 and newer), or of Node: your own queries go wrong',
  );
}

/** @param aheadMs how far the other clock is ahead of ours */
export function clockVerdict(whose: string, aheadMs: number): Verdict {
  const found = `${whose} is ${(Math.abs(aheadMs) / 1000).toFixed(1)} s ${aheadMs < 0 ? 'behind' : 'ahead of'} us`;
  if (Math.abs(aheadMs) <= SKEW_WARNS_MS) return ok(found);
  const fix = 'let all machines ask the same time servers (chrony, systemd-timesyncd)';
  return (Math.abs(aheadMs) > SKEW_FAILS_MS ? failed : warning)(found, fix);
}

/** A folder that is written to: it exists or can be created, is writable, and has room. */
export async function checkDisk(setting: string, folder: string): Promise<Verdict> {
  const path = resolve(folder);
  const there = nearestFolder(path);
  try {
    if (there === path) await rmdir(await mkdtemp(join(path, '.doctor-')));
    else await access(there, constants.W_OK);
    const { freeBytes } = await freeSpaceOf(there);
    const found = `${path}: writable, ${(freeBytes / GIB).toFixed(1)} GiB free`;
    if (freeBytes > SPACE_WARNS_BYTES) return ok(found);
    return (freeBytes < SPACE_FAILS_BYTES ? failed : warning)(found, 'make room');
  } catch (error) {
    const { code = 'failed' } = error as NodeJS.ErrnoException;
    return failed(`${path}: cannot be written to (${code})`, setting);
  }
}

export async function checkImageStore(trial: StoreTrial): Promise<Verdict> {
  const fault = await trial.run();
  const { kind } = trial;
  const worked = `${kind}: a few bytes were put, read and removed`;
  if (fault === undefined) return ok(worked);
  if (fault === CANNOT_LIST) {
    const found = `${worked}, but the store answers for missing objects as for forbidden ones`;
    return warning(found, 'grant s3:ListBucket on the bucket itself');
  }
  const fix = kind === 'disk' ? 'ROLLCALL_IMAGE_DIR' : 'ROLLCALL_IMAGE_STORE, ROLLCALL_S3_…';
  return failed(`${kind}: ${fault}`, fix);
}
