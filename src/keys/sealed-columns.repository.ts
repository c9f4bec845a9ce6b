import type { Tx } from '../db/tx.js';
import type { SealedColumn } from './inventory.js';
import type { Position } from './keys.types.js';

const MAX_BATCH_BYTES = 4 * 1024 * 1024;

/** SQL: the id of the key that sealed the bytes of a column. Postgres reads their beginning alone. */
function keyIdIn(column: string): string {
  return `convert_from(substring(${column} from 3 for get_byte(${column}, 1)), 'LATIN1')`;
}

/** A row of a sealed column; `sealed` is null where there is nothing to do. */
export interface SealedCell {
  key: string[];
  owner: string;
  sealed: Buffer | null;
}

/** Rows as far as their bytes fit a batch, in the order of the primary key, which serves it. */
export async function readSealedCells(
  tx: Tx,
  { table, column, key, owner }: SealedColumn,
  currentId: string,
  after: Position | null,
  limit: number,
): Promise<SealedCell[]> {
  const names = Object.keys(key);
  const types = Object.values(key);
  const behind = `where (${names.join()}) > (${types.map((type, at) => `$${at + 3}::${type}`).join()})`;
  return tx.query<SealedCell[]>(
    `select key, owner, sealed from (
       select array[${names.map((name) => `${name}::text`).join()}] as key, ${owner ?? names.at(-1)}::text as owner,
         case when ${keyIdIn(column)} <> $1 then ${column} end as sealed,
         coalesce(sum(octet_length(${column})) over (rows between unbounded preceding and 1 preceding), 0) as before
       from (select * from ${table} ${after === null ? '' : behind} order by ${names.join()} limit $2) page
     ) rows where before < ${MAX_BATCH_BYTES}`,
    [currentId, limit, ...(after ?? [])],
  );
}

/** Writes only where the bytes are still those that were read: others were sealed meanwhile, under the first key. Primary key. */
export async function writeSealedCells(
  tx: Tx,
  { table, column, key }: SealedColumn,
  cells: readonly { key: string[]; before: Buffer; sealed: Buffer }[],
): Promise<number> {
  if (cells.length === 0) return 0;
  const names = Object.keys(key);
  const types = [...Object.values(key), 'bytea', 'bytea'];
  const [, written] = await tx.query<[unknown[], number]>(
    `update ${table} t set ${column} = k.sealed
     from unnest(${types.map((type, at) => `$${at + 1}::${type}[]`).join()}) as k(${names.join()}, before, sealed)
     where ${names.map((name) => `t.${name} = k.${name}`).join(' and ')}
       and substr(t.${column}, 1, octet_length(k.before)) = k.before`,
    [
      ...names.map((_, at) => cells.map((cell) => cell.key[at])),
      cells.map(({ before }) => before),
      cells.map(({ sealed }) => sealed),
    ],
  );
  return written;
}

/** Reads the whole table, of the sealed bytes only the beginning. */
export async function countSealedBy(tx: Tx, table: string, column: string, keyId: string): Promise<number> {
  const rows = await tx.query<{ n: number }[]>(
    `select count(*)::float8 as n from ${table} where ${column} is not null and ${keyIdIn(column)} = $1`,
    [keyId],
  );
  return rows[0]?.n ?? 0;
}

/** Reads the whole table, or an index of it. */
export async function countRows(tx: Tx, table: string): Promise<number> {
  const rows = await tx.query<{ n: number }[]>(`select count(*)::float8 as n from ${table}`);
  return rows[0]?.n ?? 0;
}
