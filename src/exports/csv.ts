import { stringify } from 'csv-stringify/sync';
import type { ApplicantColumn, Cell } from '../applicants/columns.types.js';
import { textOf } from './cell-text.js';

/** Without it Excel takes UTF-8 for the machine's code page. */
const BYTE_ORDER_MARK = '\u{feff}';

const OPTIONS = {
  record_delimiter: 'windows', // CRLF, RFC 4180
  // a cell that begins with = + - @ TAB or CR would be a formula for a spreadsheet
  escape_formulas: true,
  // quoted, because in programs that split cells at these characters a part of a cell could become a formula
  quoted_match: /[;\t]/,
  cast: { object: (cell: object) => textOf(cell as Cell) },
} as const;

/** CSV (RFC 4180) for spreadsheets: UTF-8 with a byte order mark, the names of the columns first. */
export async function* encodeCsv(
  columns: readonly ApplicantColumn[],
  batches: AsyncIterable<Cell[][]>,
): AsyncGenerator<Buffer> {
  yield Buffer.from(BYTE_ORDER_MARK + stringify([columns], OPTIONS));
  for await (const rows of batches) yield Buffer.from(stringify(rows, OPTIONS));
}
