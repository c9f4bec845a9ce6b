import pg from 'pg';
import { dumpSchema } from '../../src/db/schema-dump.js';
import { migrate } from '../../src/db/migrations.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

test('the same schema gives the same text, whether cloned, migrated afresh or used', async () => {
  const cloned = await withClient(database.url, dumpSchema);
  const fresh = await freshDatabase();
  try {
    const afresh = await withClient(fresh.url, async (client) => {
      await client.query('drop schema public cascade');
      await client.query('create schema public');
      await migrate(fresh.url);
      await client.query('create table if not exists pgboss.job (id int)');
      await client.query('select ensure_month_partitions(7)');
      await client.query("insert into clients (client_id, name) values ('a', 'b')");
      return dumpSchema(client);
    });
    expect(afresh).toBe(cloned);
  } finally {
    await fresh.drop();
  }
});

test('what the migrations decide is in it, and what the day or a library decides is not', async () => {
  const text = await withClient(database.url, dumpSchema);
  for (const kept of [
    'create extension pg_trgm;',
    'body bytea storage external not null',
    'partition by RANGE (received_at)',
    'create table receipts_default partition of receipts DEFAULT;',
    'with (autovacuum_analyze_scale_factor=0.05, autovacuum_vacuum_scale_factor=0.05, fillfactor=85)',
    'create sequence changes_seq as bigint increment 1 minvalue 1 maxvalue 9223372036854775807 start 1 cache 100;',
    "default nextval('changes_seq'::regclass)",
    'CREATE INDEX applicants_name_trigram ON applicants USING gin (name_key gin_trgm_ops)',
    'ensure_month_partitions',
    'ON DELETE CASCADE',
  ]) {
    expect(text).toContain(kept);
  }
  for (const left of ['_y20', 'pgboss', 'schema_migrations', 'similarity']) expect(text).not.toContain(left);
});

test.each([
  ['a column', 'alter table probes add extra text'],
  ['a default', "alter table probes alter url set default ''"],
  ['a storage', 'alter table probes alter url set storage external'],
  ['an index', 'create index extra on probes (url)'],
  ['a check', "alter table probes add constraint extra check (url <> '')"],
  ['a storage parameter', 'alter table probes set (fillfactor = 70)'],
  ['a function', 'create function extra() returns int language sql as $$ select 1 $$'],
  ['a sequence', 'create sequence extra cache 5'],
  ['a type', "create type extra as enum ('a', 'b')"],
  ['a view', 'create view extra as select id from probes'],
  [
    'a trigger',
    'create trigger extra before update on probes for each row execute function suppress_redundant_updates_trigger()',
  ],
])('%s more changes the text', async (_, change) => {
  await withClient(database.url, async (client) => {
    const before = await dumpSchema(client);
    await client.query('begin');
    await client.query(change);
    expect(await dumpSchema(client)).not.toBe(before);
    await client.query('rollback');
  });
});
