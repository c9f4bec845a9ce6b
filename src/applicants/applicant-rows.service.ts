import { Injectable } from '@nestjs/common';
import { Sealer } from '../crypto/sealer.js';
import { type Snapshot, SnapshotReads } from '../db/snapshot-reads.js';
import { deriveFacts } from '../enroll-contract/facts.js';
import { maskExtras, maskField } from '../enroll-contract/mask.js';
import type { Content } from '../enroll-contract/types.js';
import {
  type ApplicantColumn,
  type Cell,
  isSealedColumn,
  isSensitiveColumn,
  type RowColumn,
  type SealedColumn,
} from './columns.types.js';
import { openContent } from './content.js';
import { filterOf } from './filter.js';
import type { ApplicantFilterDto } from './list-applicants.dto.js';
import { countApplicants, walkApplicants } from './rows.repository.js';

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
    private readonly sealer: Sealer,
  ) {}

  /**
   * All applicants of a filter in one snapshot, oldest first, in memory that does not grow with them.
   * @param use is given how many there are, and their rows; what it does not read is not fetched
   * @throws CryptoError where a sealed state does not open
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
    const sealed = inRow.length < columns.length;
    const isSensitive = columns.some(isSensitiveColumn);
    const walk = { filter: filterOf(filter), columns: inRow, sealed, named: isSensitive && !masked };
    for await (const rows of walkApplicants(snapshot, walk, BATCH_ROWS)) {
      const revealed = walk.named ? rows.map((row) => row[inRow.length] as string) : [];
      if (!sealed && !isSensitive) yield { rows: rows as Cell[][], revealed };
      else yield { rows: rows.map((row) => this.cellsOf(row, question, sealed)), revealed };
    }
  }

  private cellsOf(row: unknown[], { columns, masked }: RowsQuestion, sealed: boolean): Cell[] {
    const content = sealed ? this.open(row) : undefined;
    let at = 0;
    return columns.map((column) => {
      const cell =
        content !== undefined && isSealedColumn(column) ? sealedCell(column, content) : (row[at++] as Cell);
      return masked && isSensitiveColumn(column) ? maskCell(column, cell) : cell;
    });
  }

  private open(row: unknown[]): Content {
    const [applicantId, version, sealed] = row.slice(-3) as [string, number, Buffer];
    return openContent(this.sealer, applicantId, version, sealed);
  }
}

function sealedCell(column: SealedColumn, content: Content): Cell {
  switch (column) {
    case 'extras':
      return Object.keys(content.extras).length === 0 ? null : content.extras;
    case 'derivedBirthDate':
      return birthDateOf(content);
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
