import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../src/db/migrations.js';
import { dumpSchema } from '../../src/db/schema-dump.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';

const RELEASE = readFileSync(join(import.meta.dirname, 'release-0.1.0.sql'), 'utf8');
/** Replicas of 0.1.0 that read beside this release need these: migrations 230 and 231 touch them only where there are no changes. */
const KEPT: [upgraded: string, fresh: string][] = [
  ['CREATE INDEX changes_feed ON ONLY changes USING btree (tx, seq);\n', ''],
  ['CREATE UNIQUE INDEX notices_place ON notices USING btree (history, tx, seq);\n', ''],
  [
    'alter table notices add constraint notices_pkey PRIMARY KEY (tx, seq);\n',
    'alter table notices add constraint notices_place PRIMARY KEY (history, tx, seq);\n',
  ],
];
/** Of the 1,002 probes, migration 181 keeps the newest. */
const PROBES_KEPT = 1000;

let database: FreshDatabase;
let client: pg.Client;
let before: Record<string, number>;
beforeAll(async () => {
  database = await freshDatabase({ migrated: false });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(RELEASE);
  before = await counts();
  await migrate(database.url);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const rowsOf = async <Row>(sql: string) => (await client.query(sql)).rows as Row[];

/** How many rows each table of 0.1.0 has, by its name. */
async function counts(): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [, table = ''] of RELEASE.matchAll(/^create table (\w+) \(/gm)) {
    const [row] = await rowsOf<{ n: number }>(`select count(*)::int as n from ${table}`);
    found[table] = row?.n ?? 0;
  }
  return found;
}

async function freshSchema(): Promise<string> {
  const fresh = await freshDatabase();
  const reader = new pg.Client({ connectionString: fresh.url });
  await reader.connect();
  try {
    return await dumpSchema(reader);
  } finally {
    await reader.end();
    await fresh.drop();
  }
}

test('a database of 0.1.0 becomes what a fresh install is', async () => {
  const schema = await dumpSchema(client);
  for (const [upgraded] of KEPT) expect(schema).toContain(upgraded);
  const asFresh = KEPT.reduce((text, [upgraded, fresh]) => text.replace(upgraded, fresh), schema);
  expect(asFresh).toBe(await freshSchema());
});

test('its rows are kept', async () => {
  expect(Object.entries(before).filter(([, n]) => n === 0)).toEqual([]);
  const { schema_migrations: applied, ...after } = await counts();
  expect(applied).toBeGreaterThan(before.schema_migrations ?? 0);
  // two followers got cursors like those of the others
  expect({ ...after, schema_migrations: before.schema_migrations }).toEqual({
    ...before,
    probes: PROBES_KEPT,
    feed_cursors: (before.feed_cursors ?? 0) + 2,
  });
});

test('its rows stand where this release looks for them', async () => {
  expect(
    await rowsOf('select follower, tx::text, seq::int, history::int from feed_cursors order by 1'),
  ).toEqual(
    expect.arrayContaining([
      { follower: 'images', tx: '703', seq: 3, history: 0 },
      { follower: 'reconciliation', tx: '702', seq: 2, history: 0 },
      { follower: 'webhooks', tx: '704', seq: 4, history: 0 },
    ]),
  );
  expect(await rowsOf('select applicant_id, history::int from changes order by history, tx, seq')).toEqual([
    { applicant_id: 'changed', history: 0 },
    { applicant_id: 'changed', history: 0 },
    { applicant_id: '6f9619ff-8b86-d011-b42d-00c04fc964ff', history: 0 },
    { applicant_id: '6F9619FF-8B86-D011-B42D-00C04FC964FF', history: 0 },
  ]);
  expect(await rowsOf("select count(*)::int as n from applicants where 'guidTwice' = any (flags)")).toEqual([
    { n: 2 },
  ]);
  // a key verifies until the next one signed
  expect(await rowsOf("select signed_at = '2026-11-08' as at from key_checks where key_id = 'k1'")).toEqual([
    { at: true },
  ]);
});
