import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { migrate } from '../../src/db/migrations.js';
import { awaitDatabase } from '../../src/prepare-database.js';
import { anApplicant } from '../factories/applicant.js';
import { KEYS, startApp, type TestApp } from '../harness/app.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';
import { eventually, finished, startBuilt } from '../harness/processes.js';
import { aFolder, backupsIn, connected } from './backing-up.js';

jest.setTimeout(240_000);

/** By which one process at a time migrates. */
const MIGRATION_LOCK = 7_655_322_001;
/** Signs by which the database shows that a command waits. */
const LOCKED = "application_name in ('rollcall-backup', 'rollcall-restore') and wait_event_type = 'Lock'";
const MIGRATING = "application_name = 'rollcall-migrations' and query like '%pg_try_advisory_lock%'";

let source: TestApp;
let target: FreshDatabase;
let out: string;
beforeAll(async () => {
  [source, target] = [await startApp(), await freshDatabase({ migrated: false })];
  out = aFolder();
  await source.callback('success', [anApplicant({ applicantId: 'kept' })]);
});
afterAll(async () => {
  await source.stop();
  await target.drop();
  rmSync(out, { recursive: true });
});

function start(databaseUrl: string, ...args: string[]) {
  const env = {
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    ROLLCALL_KEYS: KEYS,
    ROLLCALL_DATA_DIR: join(out, 'data'),
  };
  return startBuilt('src/cli/main.js', ['--json', ...args], env);
}

async function run(databaseUrl: string, ...args: string[]): Promise<{ code: number | null; stderr: string }> {
  return finished(start(databaseUrl, ...args));
}

/** Kills a backup with -9 once it has written this file. */
async function killedAfter(file: string): Promise<void> {
  const child = start(source.databaseUrl, 'backup', '--out', out);
  await eventually(() => backupsIn(out).some((name) => readdirSync(join(out, name)).includes(file)));
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Kills the command with -9 once it waits for what a connection holds, as `sign` says, and `meanwhile` is done. */
async function killedWaiting(
  { databaseUrl, args, sign }: { databaseUrl: string; args: string[]; sign: string },
  meanwhile: (observer: pg.Client) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const child = start(databaseUrl, ...args);
  await connected(databaseUrl, async (observer) => {
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error('it did not wait');
      const { rows } = await observer.query(
        `select from pg_stat_activity where datname = current_database() and ${sign}`,
      );
      return rows.length > 0;
    });
    await meanwhile(observer);
  });
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Of a busy machine the first connection may take long; no refusal waits. */
const refusal = (url: string) =>
  awaitDatabase(url, { patienceMs: 60_000, tell: () => undefined, show: () => undefined }, () =>
    Promise.resolve('started'),
  ).catch((error: { code: string }) => error.code);

it('a backup holds up no callback and no reader, and is never taken for one where it is killed', async () => {
  await connected(source.databaseUrl, async (holder) => {
    await holder.query('begin; lock table tampered_rows in access exclusive mode');
    await killedWaiting(
      { databaseUrl: source.databaseUrl, args: ['backup', '--out', out], sign: LOCKED },
      async (observer) => {
        const answer = await source.callback('success', [anApplicant({ applicantId: 'meanwhile' })]);
        expect(answer.status).toBe(200);
        // readers of the feed wait for whoever has a transaction id
        const { rows } = await observer.query(
          `select backend_xid from pg_stat_activity where application_name = 'rollcall-backup'`,
        );
        expect(rows).toEqual([{ backend_xid: null }]);
      },
    );
  });
  // so many rows of a later table that it cannot be done before it is killed
  await source.sql(`insert into repeats select 'a' || n, now(), gen_random_uuid(), 0, 'callback', 'success', 'stale'
    from generate_series(1, 300000) as n`);
  await killedAfter('applicants.copy');
  await source.sql('truncate repeats');
  const lefts = readdirSync(out).filter((name) => name.endsWith('.unfinished'));
  expect(lefts.length).toBeGreaterThan(0);
  for (const from of [out, ...lefts.map((left) => join(out, left))]) {
    const { code, stderr } = await run(target.url, 'restore', '--from', from);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('BACKUP_INCOMPLETE') as string,
    });
  }
  expect(await run(source.databaseUrl, 'backup', '--out', out)).toMatchObject({ code: 0 });
  expect(backupsIn(out).filter((name) => !name.endsWith('.unfinished'))).toHaveLength(1);
});

it('a restore that is killed leaves all rows or none, no server starts on it, and the same command ends it', async () => {
  const restoring = { databaseUrl: target.url, args: ['restore', '--from', out] };
  await connected(target.url, async (holder) => {
    await holder.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await killedWaiting({ ...restoring, sign: MIGRATING });
    expect(await refusal(target.url)).toBe('DATABASE_HALF_RESTORED');
    await holder.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    // indexes that are built beside traffic would wait for a transaction that is open
    await migrate(target.url);
    await holder.query('begin; select from restoring for update');
    await killedWaiting({ ...restoring, sign: LOCKED });
    await holder.query('rollback');
  });
  expect(await refusal(target.url)).toBe('DATABASE_HALF_RESTORED');
  const rows = () =>
    connected(target.url, (client) => client.query('select applicant_id as id from applicants order by 1'));
  expect((await rows()).rows).toEqual([]);
  expect(await run(target.url, 'restore', '--from', out)).toMatchObject({ code: 0 });
  expect((await rows()).rows).toEqual([{ id: 'kept' }, { id: 'meanwhile' }]);
  expect(await refusal(target.url)).toBe('started');
});
