import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { projectRoot } from '../../src/config/root.js';
import { migrate, migrationStatus } from '../../src/db/migrations.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';
import { finished, startTypeScript } from '../harness/processes.js';

const SHIPPED = join(projectRoot, 'migrations');

let database: FreshDatabase;
let folder: string;
beforeEach(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'rollcall-migrations-'));
  for (const file of readdirSync(SHIPPED)) copyFileSync(join(SHIPPED, file), join(folder, file));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

async function query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

async function emptyDatabase(): Promise<void> {
  await query('drop schema public cascade');
  await query('create schema public');
}

test('an empty database gets every migration, and a second call has nothing to do', async () => {
  await emptyDatabase();
  const before = await migrationStatus(database.url);
  expect(before.applied).toEqual([]);
  expect(before.pending).toContain('core1764000000001');
  expect(await migrate(database.url)).toEqual(before.pending);
  expect(await migrate(database.url)).toEqual([]);
  expect(await migrationStatus(database.url)).toEqual({
    applied: before.pending,
    pending: [],
    unknown: [],
    breaks: [],
  });
});

test('three processes that boot at once all come up, and each migration ran once', async () => {
  await emptyDatabase();
  const runs = [1, 2, 3].map(() => finished(startTypeScript('test/db/migrate-once.ts', [database.url])));
  const results = await Promise.all(runs);
  expect(results.map((result) => result.code)).toEqual([0, 0, 0]);
  const { pending } = await migrationStatus(database.url);
  expect(pending).toEqual([]);
  const counted = await query<{ n: string }>(
    'select count(*) as n from schema_migrations group by name having count(*) > 1',
  );
  expect(counted).toEqual([]);
  expect(results.filter((result) => result.stdout.includes('core1764000000001'))).toHaveLength(1);
});

test('a migration that fails leaves nothing of its own, and those before it applied', async () => {
  writeFileSync(join(folder, '9999000000001-good.sql'), 'create table good (id int);');
  writeFileSync(join(folder, '9999000000002-bad.sql'), 'create table bad (id int); select 1 / 0;');
  await expect(migrate(database.url, { folder })).rejects.toThrow(
    '9999000000002-bad.sql failed: division by zero',
  );
  const status = await migrationStatus(database.url, folder);
  expect(status.applied).toContain('good9999000000001');
  expect(status.pending).toEqual(['bad9999000000002']);
  expect(await query("select to_regclass('bad') as found")).toEqual([{ found: null }]);
  writeFileSync(join(folder, '9999000000002-bad.sql'), 'create table bad (id int);');
  expect(await migrate(database.url, { folder })).toEqual(['bad9999000000002']);
});

test('several statements, functions and comments in one file are run as they are written', async () => {
  writeFileSync(
    join(folder, '9999000000003-two-words.sql'),
    "-- one; two\ncreate table two_words (t text default ';');\ncreate function f() returns text language plpgsql as $$ begin return ';'; end $$;",
  );
  expect(await migrate(database.url, { folder })).toEqual(['twoWords9999000000003']);
  expect(await query('select f()')).toEqual([{ f: ';' }]);
});

test('an older Rollcall goes on with a warning where a newer one has only added', async () => {
  writeFileSync(join(folder, '9999000000004-future.sql'), 'create table future (id int);');
  await migrate(database.url, { folder });
  const told: string[] = [];
  expect(await migrate(database.url, { tell: (line) => told.push(line) })).toEqual([]);
  expect(told).toEqual([
    'A newer Rollcall has migrated the database (future9999000000004); this one can work beside it.',
  ]);
  expect((await migrationStatus(database.url)).unknown).toEqual(['future9999000000004']);
});

test.each(['', '-- no transaction\n'])(
  'an older Rollcall ends, and says of what it was deprived, where a newer migration breaks it (%j)',
  async (mode) => {
    const sql = `${mode}-- breaks: probes are kept elsewhere\ndrop table if exists probes;`;
    writeFileSync(join(folder, '9999000000004-future.sql'), sql);
    await migrate(database.url, { folder });
    await expect(migrate(database.url)).rejects.toMatchObject({
      code: 'DATABASE_NEWER',
      message: expect.stringContaining('future9999000000004: probes are kept elsewhere') as string,
    });
  },
);

test('a failed migration lets go of the lock', async () => {
  writeFileSync(join(folder, '9999000000005-bad.sql'), 'select 1 / 0;');
  await expect(migrate(database.url, { folder })).rejects.toThrow();
  expect(
    await query(
      "select 1 from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
    ),
  ).toEqual([]);
});

test('a file without a transaction runs part by part, and is begun again where it broke off', async () => {
  const file = join(folder, '9999000000006-parts.sql');
  const first = '-- no transaction\ncreate table if not exists parts (n int);\n-- next\n';
  writeFileSync(file, `${first}insert into parts values (1 / 0);`);
  await expect(migrate(database.url, { folder })).rejects.toThrow(
    '9999000000006-parts.sql failed: division by zero',
  );
  expect(await query("select to_regclass('parts')::text as found")).toEqual([{ found: 'parts' }]);
  expect((await migrationStatus(database.url, folder)).pending).toEqual(['parts9999000000006']);
  writeFileSync(
    file,
    `${first}do $$ begin for i in 1 .. 3 loop insert into parts values (i); commit; end loop; end $$;\n-- next\n-- nothing\n`,
  );
  expect(await migrate(database.url, { folder })).toEqual(['parts9999000000006']);
  expect(
    await query('select count(*)::int as n, count(distinct xmin::text)::int as commits from parts'),
  ).toEqual([{ n: 3, commits: 3 }]);
});

test('an index is made concurrently on every partition, and what a killed run left invalid is made anew', async () => {
  writeFileSync(
    join(folder, '9999000000007-index.sql'),
    `-- no transaction
create index concurrently changes_test on changes (event, seq);
-- next
-- beside the partitioned one
create unique index concurrently if not exists probes_test on probes (url, id) where url <> '';`,
  );
  await query("create unique index probes_test on probes (url, id) where url <> ''");
  await query("update pg_index set indisvalid = false where indexrelid = 'probes_test'::regclass");
  await query('create index on changes_default (event, seq)');
  const [before] = await query<{ oid: string }>("select 'probes_test'::regclass::oid::text as oid");
  expect(await migrate(database.url, { folder })).toEqual(['index9999000000007']);
  const [after] = await query<{ oid: string }>("select 'probes_test'::regclass::oid::text as oid");
  expect(after?.oid).not.toBe(before?.oid);
  expect(
    await query(
      `select count(*)::int as indexes, bool_and(x.indisvalid) as valid from pg_index x
        where x.indexrelid in ('changes_test'::regclass, 'probes_test'::regclass)
           or x.indexrelid in (select inhrelid from pg_inherits where inhparent = 'changes_test'::regclass)`,
    ),
  ).toEqual([{ indexes: 2 + (await partitionsOf('changes')), valid: true }]);
  await query('select ensure_month_partitions(4)');
  expect(await query("select indisvalid from pg_index where indexrelid = 'changes_test'::regclass")).toEqual([
    { indisvalid: true },
  ]);
});

async function partitionsOf(table: string): Promise<number> {
  return (await query('select from pg_inherits where inhparent = $1::regclass', [table])).length;
}
