import { KEYED_COLUMNS, SEALED_COLUMNS, UNKEYED_COLUMNS } from '../../src/keys/inventory.js';
import pg from 'pg';
import { type FreshDatabase, freshDatabase } from '../harness/database.js';

let database: FreshDatabase;
beforeAll(async () => (database = await freshDatabase()));
afterAll(() => database.drop());

/** Columns of bytes, and those whose names say that something keyed may be in them. */
const SUSPECTS = `
  select c.relname || '.' || a.attname as name from pg_attribute a
  join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
    and (a.atttypid = 'bytea'::regtype
      or a.attname ~ '(hash|hashes|seal|sealed|digest|secret|jws|password|credentials|_index)$' and a.atttypid <> 'int'::regtype)
  order by 1`;

test('every column that may be made with a key is declared: sealed, keyed, or not', async () => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(SUSPECTS);
  await client.end();
  const sealed = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`);
  const declared = [...sealed, ...Object.keys(KEYED_COLUMNS), ...Object.keys(UNKEYED_COLUMNS)];
  expect(rows.map(({ name }) => name).filter((name) => !declared.includes(name))).toEqual([]);
  expect(new Set(declared).size).toBe(declared.length);
});
