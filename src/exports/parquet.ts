import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer';
import { type ApplicantColumn, type Cell, type ColumnKind, kindOf } from '../applicants/columns.types.js';
import { textOf } from './cell-text.js';

type Schema = ParquetWriter['schema'];

/** A row group is written in one go: during a larger one callbacks of this process would wait too long. */
const GROUP_ROWS = 5_000;
/** Its texts: four times those of a full group of real applicants. With more it is full, however few its rows. */
const GROUP_CHARACTERS = 16_000_000;

interface Stored {
  element: Omit<Schema[number], 'name'>;
  children?: Schema;
  /** What a value must be for that. */
  valueOf: (cell: NonNullable<Cell>) => unknown;
}

const OPTIONAL = { repetition_type: 'OPTIONAL' } as const;
const TEXT = { type: 'BYTE_ARRAY', converted_type: 'UTF8', ...OPTIONAL } as const;
const dateOf = (cell: NonNullable<Cell>) => new Date(cell as string);

/** How each kind of column is stored. */
const KINDS: Record<ColumnKind, Stored> = {
  text: { element: TEXT, valueOf: textOf },
  json: { element: TEXT, valueOf: textOf },
  integer: { element: { type: 'INT32', ...OPTIONAL }, valueOf: (cell) => cell },
  instant: { element: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', ...OPTIONAL }, valueOf: dateOf },
  date: { element: { type: 'INT32', converted_type: 'DATE', ...OPTIONAL }, valueOf: dateOf },
  list: {
    element: { converted_type: 'LIST', num_children: 1, ...OPTIONAL },
    children: [
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', ...TEXT },
    ],
    valueOf: (cell) => cell,
  },
};

/** Parquet (Snappy): a file of row groups, each written once it is full, with an index of them at its end. */
export async function* encodeParquet(
  columns: readonly ApplicantColumn[],
  batches: AsyncIterable<Cell[][]>,
): AsyncGenerator<Buffer> {
  const drain = new Drain();
  const schema: Schema = [{ name: 'root', num_children: columns.length }];
  for (const name of columns) {
    const { element, children = [] } = KINDS[kindOf(name)];
    schema.push({ name, ...element }, ...children);
  }
  const parquet = new ParquetWriter({ writer: drain, schema, createdBy: 'rollcall' });
  let rows: Cell[][] = [];
  let characters = 0;
  const writeGroup = (): Buffer => {
    void parquet.write({
      columnData: columns.map((column, at) => sourceOf(column, at, rows)),
      rowGroupSize: GROUP_ROWS,
    });
    rows = [];
    characters = 0;
    return drain.take();
  };
  for await (const batch of batches) {
    for (const row of batch) {
      rows.push(row);
      for (const cell of row) characters += charactersOf(cell);
    }
    if (rows.length >= GROUP_ROWS || characters >= GROUP_CHARACTERS) yield writeGroup();
  }
  if (rows.length > 0) yield writeGroup();
  void parquet.finish();
  yield drain.take();
}

function charactersOf(cell: Cell): number {
  return cell === null || typeof cell === 'number' ? 0 : textOf(cell).length;
}

function sourceOf(name: ApplicantColumn, at: number, rows: Cell[][]): ColumnSource {
  const { valueOf } = KINDS[kindOf(name)];
  return {
    name,
    data: rows.map((row) => {
      const cell = row[at] ?? null;
      return cell === null ? null : valueOf(cell);
    }),
    offsetIndex: false,
  };
}

/** Its flush is synchronous, so `ParquetWriter` returns no promises. */
class Drain extends ByteWriter {
  /** What was written since the last call. */
  take(): Buffer {
    const bytes = Buffer.from(this.getBytes());
    this.index = 0;
    return bytes;
  }
}
