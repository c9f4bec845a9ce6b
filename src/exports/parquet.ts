import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer';
import { type ApplicantColumn, type Cell, type ColumnKind, kindOf } from '../applicants/columns.types.js';
import { textOf } from './cell-text.js';

type Schema = ParquetWriter['schema'];

/** A row group is written at one go: with a larger one callbacks of this process would wait too long. */
const GROUP_ROWS = 5_000;
/** Of its texts, four times what a full group of real applicants has: with these it is full whatever its rows. */
const GROUP_CHARACTERS = 16_000_000;

const TEXT = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;

/** How a kind is stored, and what its values must be for that. */
const KINDS: Record<
  ColumnKind,
  { schemaOf: (name: string) => Schema; valueOf: (cell: NonNullable<Cell>) => unknown }
> = {
  text: { schemaOf: (name) => [{ name, ...TEXT, repetition_type: 'OPTIONAL' }], valueOf: textOf },
  json: { schemaOf: (name) => [{ name, ...TEXT, repetition_type: 'OPTIONAL' }], valueOf: textOf },
  integer: {
    schemaOf: (name) => [{ name, type: 'INT32', repetition_type: 'OPTIONAL' }],
    valueOf: (cell) => cell,
  },
  instant: {
    schemaOf: (name) => [
      { name, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'OPTIONAL' },
    ],
    valueOf: (cell) => new Date(cell as string),
  },
  date: {
    schemaOf: (name) => [{ name, type: 'INT32', converted_type: 'DATE', repetition_type: 'OPTIONAL' }],
    valueOf: (cell) => new Date(cell as string),
  },
  list: {
    schemaOf: (name) => [
      { name, converted_type: 'LIST', repetition_type: 'OPTIONAL', num_children: 1 },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', ...TEXT, repetition_type: 'OPTIONAL' },
    ],
    valueOf: (cell) => cell,
  },
};

/** Parquet (Snappy): a file of row groups, each written once it is full, with what is in them at its end. */
export async function* encodeParquet(
  columns: readonly ApplicantColumn[],
  batches: AsyncIterable<Cell[][]>,
): AsyncGenerator<Buffer> {
  const drain = new Drain();
  const root = { name: 'root', num_children: columns.length };
  const schema = [root, ...columns.flatMap((column) => KINDS[kindOf(column)].schemaOf(column))];
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

/** Its flush is synchronous, so nothing of `ParquetWriter` is a promise. */
class Drain extends ByteWriter {
  /** What was written since the last time. */
  take(): Buffer {
    const bytes = Buffer.from(this.getBytes());
    this.index = 0;
    return bytes;
  }
}
