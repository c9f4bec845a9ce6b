import { withoutComments } from './migration-files.js';

export interface MigrationStatements {
  /** Waits as long as it takes: for statements that wait without delaying others. */
  query<Row>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Gives up soon if others hold the lock, and tries again later. */
  lockPatiently(sql: string): Promise<void>;
}

export interface ConcurrentIndex {
  unique: boolean;
  name: string;
  table: string;
  /** From the method or the columns on, e.g. `(tx, seq) where …`. */
  rest: string;
}

const STATEMENT =
  /^create\s+(unique\s+)?index\s+concurrently\s+(?:if\s+not\s+exists\s+)?([a-z_][a-z0-9_]*)\s+on\s+([a-z_][a-z0-9_]*)\s+([^;]+?)\s*;?$/i;
const MAX_NAME = 63;

/** The index that a part of a migration makes concurrently, if it makes one. */
export function concurrentIndexOf(part: string): ConcurrentIndex | undefined {
  const found = STATEMENT.exec(withoutComments(part));
  if (found === null) return undefined;
  const [, unique, name = '', table = '', rest = ''] = found;
  return { unique: unique !== undefined, name, table, rest };
}

/**
 * Makes an index during traffic. It may run again: an existing index stays, and an invalid one of a killed run is made
 * again. Postgres refuses CONCURRENTLY on a partitioned table, so each partition gets its index, one by one.
 */
export async function buildIndex(statements: MigrationStatements, index: ConcurrentIndex): Promise<void> {
  if (!(await isPartitioned(statements, index.table))) return buildOne(statements, index);
  const unique = index.unique ? 'unique ' : '';
  // first the index of the parent, empty and invalid: new partitions get theirs from it
  await statements.lockPatiently(
    `create ${unique}index if not exists ${index.name} on only ${index.table} ${index.rest}`,
  );
  for (const partition of await partitionsWithout(statements, index)) {
    const name = `${partition.slice(0, MAX_NAME - index.name.length - 1)}_${index.name}`;
    await buildOne(statements, { ...index, name, table: partition });
    await statements.lockPatiently(`alter index ${index.name} attach partition ${name}`);
  }
}

async function buildOne(
  statements: MigrationStatements,
  { unique, name, table, rest }: ConcurrentIndex,
): Promise<void> {
  const [found] = await statements.query<{ valid: boolean }>(
    'select indisvalid as valid from pg_index where indexrelid = to_regclass($1)',
    [name],
  );
  if (found?.valid === true) return;
  if (found !== undefined) await statements.query(`drop index concurrently if exists ${name}`);
  await statements.query(`create ${unique ? 'unique ' : ''}index concurrently ${name} on ${table} ${rest}`);
}

async function isPartitioned(statements: MigrationStatements, table: string): Promise<boolean> {
  const rows = await statements.query("select from pg_class where oid = to_regclass($1) and relkind = 'p'", [
    table,
  ]);
  return rows.length > 0;
}

async function partitionsWithout(
  statements: MigrationStatements,
  { name, table }: ConcurrentIndex,
): Promise<string[]> {
  const rows = await statements.query<{ partition: string }>(
    `select c.relname as partition from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = to_regclass($1) and not exists (
        select from pg_inherits attached join pg_index x on x.indexrelid = attached.inhrelid
         where attached.inhparent = to_regclass($2) and x.indrelid = c.oid)
      order by c.relname`,
    [table, name],
  );
  return rows.map((row) => row.partition);
}
