import { Injectable } from '@nestjs/common';
import { type Snapshot, SnapshotReads } from '../db/snapshot-reads.js';
import { deriveFacts } from '../enroll-contract/facts.js';
import { maskExtras, maskField } from '../enroll-contract/mask.js';
import type { Content, Outcome } from '../enroll-contract/types.js';
import {
  type ApplicantColumn,
  type Cell,
  isSealedColumn,
  isSensitiveColumn,
  type RowColumn,
  type SealedColumn,
} from './columns.types.js';
import { filterOf } from './filter.js';
import type { ApplicantFilterDto } from './list-applicants.dto.js';
import { countApplicants, walkApplicants } from './rows.repository.js';
import { type CheckedRow, type SealedRow, SealedRows } from './sealed-rows.service.js';

/** Callbacks may share this process: opening and formatting a batch holds them up for about ten milliseconds. */
const BATCH_ROWS = 500;

/** Which applicants, and what of them. `masked`: sensitive columns as they are shown to who may not read PII. */
export interface RowsQuestion {
  filter: ApplicantFilterDto;
  columns: readonly ApplicantColumn[];
  masked: boolean;
}

/** Some rows, each as the cells of the columns in their order, and the ids of the applicants whom their cells show unmasked. */
export interface RowBatch {
  rows: Cell[][];
  revealed: string[];
}

/** Reads applicants in bulk. The caller checks who may see them, and records it. */
@Injectable()
export class ApplicantRows {
  constructor(
    private readonly reads: SnapshotReads,
    private readonly sealedRows: SealedRows,
  ) {}

  /**
   * All applicants of a filter in one snapshot, oldest first, in memory that does not grow with them.
   * @param use is given how many there are, and their rows; what it does not read is not fetched
   * @throws CryptoError where the ring lacks a key
   */
  async read<T>(
    question: RowsQuestion,
    signal: AbortSignal,
    use: (total: number, batches: AsyncIterable<RowBatch>) => Promise<T>,
  ): Promise<T> {
    return this.reads.use(signal, async (snapshot) =>
      use(await countApplicants(snapshot, filterOf(question.filter)), this.batches(snapshot, question)),
    );
  }

  private async *batches(snapshot: Snapshot, question: RowsQuestion): AsyncGenerator<RowBatch> {
    const { filter, columns, masked } = question;
    const inRow = columns.filter((column): column is RowColumn => !isSealedColumn(column));
    const reveals = !masked && columns.some(isSensitiveColumn);
    for await (const rows of walkApplicants(
      snapshot,
      { filter: filterOf(filter), columns: inRow },
      BATCH_ROWS,
    )) {
      const revealed = reveals ? rows.map((row) => row[inRow.length] as string) : [];
      yield { rows: rows.map((row) => this.cellsOf(row, inRow, question)), revealed };
    }
  }

  private cellsOf(row: unknown[], inRow: readonly RowColumn[], { columns, masked }: RowsQuestion): Cell[] {
    const checked = this.check(row, inRow);
    return columns.map((column) => {
      const cell = isSealedColumn(column) ? sealedCell(column, checked) : rowCell(column, checked.row);
      return masked && isSensitiveColumn(column) ? maskCell(column, cell) : cell;
    });
  }

  private check(row: unknown[], inRow: readonly RowColumn[]): CheckedRow<SealedRow> {
    const [applicantId, version, outcome, contentHash, sealed] = row.slice(-5) as [
      string,
      number,
      Outcome,
      Buffer,
      Buffer,
    ];
    const said = Object.fromEntries(inRow.map((column, at) => [nameOf(column), row[at]]));
    return this.sealedRows.check('applicants', {
      ...said,
      applicantId,
      version,
      outcome,
      contentHash,
      sealed,
    });
  }
}

/** Names of our rows, where the API flattens another one. */
const NAMES: { readonly [Column in RowColumn]?: string } = {
  derivedGender: 'gender',
  derivedBirthGovernorate: 'birthGovernorate',
  issueDateParsed: 'issueDate',
};

function nameOf(column: RowColumn): string {
  return NAMES[column] ?? column;
}

function rowCell(column: RowColumn, row: SealedRow): Cell {
  const value = (row as unknown as Record<string, unknown>)[nameOf(column)];
  return value instanceof Date ? value.toISOString() : (value as Cell);
}

function sealedCell(column: SealedColumn, { opened: { content }, tampered }: CheckedRow<SealedRow>): Cell {
  switch (column) {
    case 'extras':
      return Object.keys(content.extras).length === 0 ? null : content.extras;
    case 'derivedBirthDate':
      return birthDateOf(content);
    case 'tamperedFields':
      return tampered.length === 0 ? null : tampered;
    default:
      return content.fields[column] ?? null;
  }
}

/** Reads only the fields that it follows from: parsing the phone numbers too would take longer than all the rest. */
function birthDateOf({ fields: { idNumber, nationality, documentTypeCode } }: Content): string | null {
  const { birthDate } = deriveFacts({ fields: { idNumber, nationality, documentTypeCode }, extras: {} });
  return birthDate ?? null;
}

function maskCell(column: ApplicantColumn, cell: Cell): Cell {
  if (cell === null || column === 'derivedBirthDate') return null;
  if (column === 'extras') return maskExtras(cell as Record<string, unknown>);
  return maskField(column, cell) as Cell;
}
