import type { Snapshot } from '../db/snapshot-reads.js';
import { type ApplicantFilter, conditionsOf, Parameters } from './applicants.repository.js';
import type { RowColumn } from './columns.types.js';

/** What is read of which applicants. */
interface Walk {
  filter: ApplicantFilter;
  columns: readonly RowColumn[];
}

/** As the API spells a time. Postgres does it beside us; a `Date` of ours would cost more than the rest of the row. */
const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** What is no column of its own name. */
const EXPRESSIONS: { readonly [Column in RowColumn]?: string } = {
  derivedGender: 'gender',
  derivedBirthGovernorate: 'birth_governorate',
  issueDateParsed: 'issue_date::text',
  firstReceivedAt: instant('first_received_at'),
  lastReceivedAt: instant('last_received_at'),
};

function expressionOf(column: RowColumn): string {
  return EXPRESSIONS[column] ?? column.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

/** Reads the whole table, or the part of it that `applicants_first_received` or `applicants_outcome` cuts out. */
export async function countApplicants(snapshot: Snapshot, filter: ApplicantFilter): Promise<number> {
  const p = new Parameters();
  const rows = await snapshot.query<{ count: number }>(
    `select count(*)::float8 as count from applicants where ${conditionsOf(filter, p)}`,
    p.values,
  );
  return rows[0]?.count ?? 0;
}

/**
 * All applicants of a filter, oldest first, by `applicants_first_received` or `applicants_outcome`. Each row ends with
 * applicantId, version, outcome, the hash of its content and the sealed state. Whatever is long in a row is in its sealed state too, so the
 * length of that bounds a batch; it stands in the row, the state itself lies apart and is not read for it.
 */
export function walkApplicants(
  snapshot: Snapshot,
  { filter, columns }: Walk,
  batchRows: number,
): AsyncGenerator<unknown[][], void, undefined> {
  const p = new Parameters();
  const expressions = [
    ...columns.map(expressionOf),
    'applicant_id',
    'version',
    'outcome',
    'content_hash',
    'sealed',
  ];
  const ordered = `from applicants where ${conditionsOf(filter, p)} order by first_received_at, applicant_id`;
  const text = `select ${expressions.join(', ')} ${ordered}`;
  const bytes = `select octet_length(sealed) ${ordered}`;
  return snapshot.batches({ text, bytes, values: p.values }, batchRows);
}
