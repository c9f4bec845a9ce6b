import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { projectRoot } from '../../src/config/root.js';
import { migrate } from '../../src/db/migrations.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';

const SHIPPED = join(projectRoot, 'migrations');
const LONGEST_GAP_MS = 3_000;
jest.setTimeout(180_000);

let rollcall: TestApp;
let folder: string;
beforeEach(async () => {
  rollcall = await startApp();
  folder = mkdtempSync(join(tmpdir(), 'rollcall-migrations-'));
  for (const file of readdirSync(SHIPPED)) copyFileSync(join(SHIPPED, file), join(folder, file));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await rollcall.stop();
});

/** Posts one callback after the other while `work` runs. */
async function whilePosting(
  work: () => Promise<unknown>,
): Promise<{ statuses: number[]; longestMs: number }> {
  const statuses = new Set<number>();
  let longestMs = 0;
  let over = false;
  const post = async (): Promise<void> => {
    while (!over) {
      const startedAt = performance.now();
      statuses.add((await rollcall.callback('success', [anApplicant()])).status);
      longestMs = Math.max(longestMs, performance.now() - startedAt);
    }
  };
  const posting = [post(), post()];
  await work().finally(() => (over = true));
  await Promise.all(posting);
  return { statuses: [...statuses], longestMs };
}

test('while a dump reads the tables an ALTER waits for it, and callbacks come through', async () => {
  writeFileSync(
    join(folder, '9999000000001-column.sql'),
    'alter table changes add column extra text; alter table applicants add column extra text;',
  );
  const reader = new pg.Client({ connectionString: rollcall.databaseUrl, application_name: 'pg_dump' });
  await reader.connect();
  await reader.query('begin; lock table applicants, changes, receipts in access share mode');
  const told: string[] = [];
  const { statuses, longestMs } = await whilePosting(async () => {
    const migrated = migrate(rollcall.databaseUrl, { folder, tell: (line) => told.push(line) });
    await setTimeout(8_000);
    await reader.query('commit');
    expect(await migrated).toEqual(['column9999000000001']);
  });
  await reader.end();
  expect(statuses).toEqual([200]);
  expect(longestMs).toBeLessThan(LONGEST_GAP_MS);
  expect(told[0]).toMatch(/^The migration waits for pid \d+ \(pg_dump, role rollcall, for \d+ s\)\.$/);
  expect(told[1]).toMatch(/^The migration did not get its lock, held by pid \d+ \(pg_dump/);
});

test.each(['', '-- no transaction\n'])(
  'a reader that stays ends a migration by its name, and nothing is changed (%j)',
  async (head) => {
    writeFileSync(
      join(folder, '9999000000001-column.sql'),
      `${head}alter table changes add column if not exists extra text;`,
    );
    const told: string[] = [];
    const reader = new pg.Client({
      connectionString: rollcall.databaseUrl,
      application_name: 'nightly export',
    });
    await reader.connect();
    await reader.query('begin; lock table changes in access share mode');
    const tell = (line: string) => void told.push(line);
    await expect(migrate(rollcall.databaseUrl, { folder, patienceMs: 1_000, tell })).rejects.toThrow(
      /9999000000001-column\.sql failed: canceling statement due to lock timeout\. No lock within 1 s, held by pid \d+ \(nightly export/,
    );
    // it is tried for 1 s from the first failure on, and that is all
    expect(told.filter((line) => line.includes('it tries again'))).toHaveLength(1);
    await reader.end();
  },
);

test('an ALTER, a backfill and indexes over a filled table refuse no callback and hold none up', async () => {
  await rollcall.callback('success', [anApplicant()]);
  await rollcall.sql(
    `insert into changes (applicant_id, version, event, receipt_id, element_index, received_at, source, kind,
       outcome, changed_fields, flags, content_hash, sealed)
     select 'filled-' || n, 1, event, receipt_id, element_index, received_at, source, kind, outcome, changed_fields,
       flags, content_hash, sealed from changes, generate_series(1, 30000) n`,
  );
  writeFileSync(
    join(folder, '9999000000001-filled.sql'),
    `-- no transaction
alter table changes add column if not exists extra text;
alter table changes alter column extra set default 'new';
-- next
do $$
begin
  loop
    update changes set extra = 'old' where (applicant_id, version, changed_at) in
      (select applicant_id, version, changed_at from changes where extra is null limit 2000);
    exit when not found;
    commit;
  end loop;
end $$;
-- next
create index concurrently changes_extra on changes (extra, tx, seq);
-- next
create unique index concurrently applicants_extra on applicants (name_key, applicant_id);
-- next
alter table changes add constraint changes_extra check (extra is not null) not valid;
-- next
alter table changes validate constraint changes_extra;`,
  );
  const { statuses, longestMs } = await whilePosting(() => migrate(rollcall.databaseUrl, { folder }));
  expect(statuses).toEqual([200]);
  expect(longestMs).toBeLessThan(LONGEST_GAP_MS);
  expect(await rollcall.sql("select count(*)::int as n from changes where extra = 'old'")).toEqual([
    { n: expect.any(Number) as number },
  ]);
  expect(
    await rollcall.sql(
      "select indisvalid as valid from pg_index where indexrelid = 'changes_extra'::regclass",
    ),
  ).toEqual([{ valid: true }]);
});
