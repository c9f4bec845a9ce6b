import pg from 'pg';
import type { ClientBase } from 'pg';
import { withClient } from '../db/bounded-client.js';
import { connectionOptions, ENDLESS } from '../db/pool-options.js';
import type { Manifest } from './manifest.js';

/**
 * Everything is read as of one moment. READ ONLY, so there is no transaction id that readers of the feed would wait for, and no
 * lock that a callback meets. The tables are locked before that moment: a month that is retired after it would be gone, with the
 * rows of held people, which are moved to where this snapshot does not see them.
 */
export async function readAsOfNow<T>(url: string, work: (client: ClientBase) => Promise<T>): Promise<T> {
  return withClient(connectionOptions(url, 'rollcall-backup', ENDLESS), async (client) => {
    const tables = await readTables(client);
    await client.query('begin isolation level repeatable read, read only');
    await client.query(`lock table ${listOf(tables.map(({ name }) => name))} in access share mode`);
    return work(client);
  });
}

/** Made by the migrations themselves. */
const OF_MIGRATIONS = ['schema_migrations', 'schema_breaks'];
/** A session that ended after the backup must not live again: whoever was logged in logs in again. */
const NOT_KEPT = ['user_sessions'];

/** Our tables, without the partitions: those of the owner and the schema of `schema_migrations`. */
const TABLES = `
  select c.oid, c.relname as name, c.relkind = 'p' as partitioned, c.reltuples, c.relpersistence from pg_class c, pg_class m
   where m.oid = to_regclass('schema_migrations') and c.relnamespace = m.relnamespace and c.relowner = m.relowner
     and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all ($1)`;

export interface TableShape {
  name: string;
  partitioned: boolean;
  columns: string[];
  /** It holds sealed bytes: those columns are the ones that Postgres stores as they are. */
  sealed: boolean;
  /** As the planner last guessed. */
  about: number;
}

/** Tables that are backed up, those that others refer to first. Counters of rates (unlogged) are not worth it. */
export async function readTables(client: ClientBase): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape & { refersTo: string[] }>(
    `select t.name, t.partitioned, array_agg(a.attname::text order by a.attnum) as columns,
        bool_or(a.attstorage = 'e') as sealed,
        case when t.partitioned then (select coalesce(sum(greatest(p.reltuples, 0)), 0) from pg_inherits i
            join pg_class p on p.oid = i.inhrelid where i.inhparent = t.oid)
          else greatest(t.reltuples, 0) end::float8 as about,
        array(select r.relname::text from pg_constraint k join pg_class r on r.oid = k.confrelid
          where k.conrelid = t.oid and k.contype = 'f' and k.confrelid <> t.oid) as "refersTo"
       from (${TABLES}) t join pg_attribute a on a.attrelid = t.oid
      where t.relpersistence = 'p' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      group by t.oid, t.name, t.partitioned, t.reltuples order by t.name`,
    [[...OF_MIGRATIONS, ...NOT_KEPT]],
  );
  const ordered: TableShape[] = [];
  for (let left = rows; left.length > 0;) {
    const waiting = (name: string) => left.some((table) => table.name === name);
    const next = left.filter(({ refersTo }) => !refersTo.some(waiting));
    if (next.length === 0) throw new Error('Foreign keys go round in a circle');
    ordered.push(...next.map(({ refersTo: _, ...table }) => table));
    left = left.filter((table) => !next.includes(table));
  }
  return ordered;
}

/** A partitioned table is read as one, since the role of the server may not read its partitions. */
export function copyOutText({
  name,
  columns,
  partitioned,
}: Pick<TableShape, 'name' | 'columns' | 'partitioned'>): string {
  const list = listOf(columns);
  const table = pg.escapeIdentifier(name);
  const what = partitioned ? `(select ${list} from ${table})` : `${table} (${list})`;
  return `copy ${what} to stdout (format binary)`;
}

/** Rows of a table that was emptied in the same transaction need no second writing by VACUUM. */
export function copyInText({
  name,
  columns,
  partitioned,
}: Pick<TableShape, 'name' | 'columns' | 'partitioned'>): string {
  const freeze = partitioned ? '' : ', freeze';
  return `copy ${pg.escapeIdentifier(name)} (${listOf(columns)}) from stdin (format binary${freeze})`;
}

/** SHA-256 of each stored image, a line each. */
export const COPY_IMAGES = `copy (select encode(sha256, 'hex') from image_blobs order by sha256) to stdout`;

function listOf(columns: string[]): string {
  return columns.map((column) => pg.escapeIdentifier(column)).join(', ');
}

export async function readMigrations(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from schema_migrations order by id');
  return rows.map(({ name }) => name);
}

/** Partitions but the default ones, which the migrations make. */
export async function readPartitions(client: ClientBase): Promise<Manifest['partitions']> {
  const { rows } = await client.query<Manifest['partitions'][number]>(
    `select p.relname as name, t.name as parent, pg_get_expr(p.relpartbound, p.oid) as bound
       from (${TABLES}) t join pg_inherits i on i.inhparent = t.oid join pg_class p on p.oid = i.inhrelid
      where t.partitioned and pg_get_expr(p.relpartbound, p.oid) <> 'DEFAULT' order by p.relname`,
    [OF_MIGRATIONS],
  );
  return rows;
}

/** What each gave out last. A sequence knows no snapshot: read after the rows, none of them is beyond it. */
export async function readSequences(client: ClientBase): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ name: string; value: string | null }>(
    `select c.relname as name, pg_sequence_last_value(c.oid)::text as value from pg_class c, pg_class m
      where m.oid = to_regclass('schema_migrations') and c.relnamespace = m.relnamespace and c.relowner = m.relowner
        and c.relkind = 'S' and c.relname not like 'schema_migrations%' order by c.relname`,
  );
  return rows.flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
}

/** Ids of the keys that were ever the first of a ring here. */
export async function readKeyIds(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    'select key_id as id from key_checks order by created_at',
  );
  return rows.map(({ id }) => id);
}

/** Empties them, also of what the migrations put there, and what refers to them. */
export async function emptyTables(client: ClientBase, names: string[]): Promise<void> {
  await client.query(`truncate ${listOf(names)} cascade`);
}

/** Which of these tables are there already. */
export async function tablesThere(client: ClientBase, names: string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select name from unnest($1::text[]) name where to_regclass(quote_ident(name)) is not null',
    [names],
  );
  return rows.map(({ name }) => name);
}

/** Connections of servers and other commands. */
export async function countOthers(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ others: number }>(
    `select count(*)::int as others from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and application_name like 'rollcall%'`,
  );
  return rows[0]?.others ?? 0;
}

/** What the planner knows of the tables; autovacuum comes later than the first callback. */
export async function analyze(client: ClientBase): Promise<void> {
  await client.query('analyze');
}

export async function makePartition(
  client: ClientBase,
  { name, parent, bound }: Manifest['partitions'][number],
): Promise<void> {
  const [partition, whole] = [pg.escapeIdentifier(name), pg.escapeIdentifier(parent)];
  await client.query(`create table if not exists ${partition} partition of ${whole} ${bound}`);
}

export async function setSequence(
  client: ClientBase,
  { name, value }: Manifest['sequences'][number],
): Promise<void> {
  await client.query('select setval($1::regclass, $2::bigint)', [pg.escapeIdentifier(name), value]);
}
