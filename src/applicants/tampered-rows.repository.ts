import type { Tx } from '../db/tx.js';

/** The tables whose rows are checked. */
export type CheckedTable = 'applicants' | 'changes' | 'notices';

/** A row that says something else than what was sealed with it. */
export interface TamperedRow {
  table: CheckedTable;
  applicantId: string;
  version: number;
  /** Names of its columns, as in our rows; `sealed` where the sealed state itself is not this row's. */
  columns: string[];
}

/** @returns those that were not known yet, or not with these columns */
export async function insertTampered(tx: Tx, rows: readonly TamperedRow[]): Promise<TamperedRow[]> {
  return tx.query<TamperedRow[]>(
    `insert into tampered_rows as t (table_name, applicant_id, version, columns)
     select table_name, applicant_id, version, string_to_array(columns, ',')
     from unnest($1::text[], $2::text[], $3::int[], $4::text[]) as n(table_name, applicant_id, version, columns)
     order by table_name, applicant_id, version
     on conflict (table_name, applicant_id, version) do update set columns = excluded.columns where t.columns <> excluded.columns
     returning t.table_name as "table", t.applicant_id as "applicantId", t.version, t.columns`,
    [
      rows.map(({ table }) => table),
      rows.map(({ applicantId }) => applicantId),
      rows.map(({ version }) => version),
      rows.map(({ columns }) => columns.join()),
    ],
  );
}

/** The known ones, oldest first. Reads the whole table, which is empty or short. */
export async function readTampered(tx: Tx, limit: number): Promise<TamperedRow[]> {
  return tx.query<TamperedRow[]>(
    `select table_name as "table", applicant_id as "applicantId", version, columns from tampered_rows
     order by found_at, table_name, applicant_id, version limit $1`,
    [limit],
  );
}

/** Reads the whole table, which is empty or short. */
export async function countTampered(tx: Tx): Promise<number> {
  const rows = await tx.query<{ n: number }[]>('select count(*)::int as n from tampered_rows');
  return rows[0]?.n ?? 0;
}

/** Primary key. */
export async function deleteTampered(tx: Tx, rows: readonly Omit<TamperedRow, 'columns'>[]): Promise<void> {
  await tx.query(
    `delete from tampered_rows t using unnest($1::text[], $2::text[], $3::int[]) as n(table_name, applicant_id, version)
     where (t.table_name, t.applicant_id, t.version) = (n.table_name, n.applicant_id, n.version)`,
    [
      rows.map(({ table }) => table),
      rows.map(({ applicantId }) => applicantId),
      rows.map(({ version }) => version),
    ],
  );
}
