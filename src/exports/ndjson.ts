import type { ApplicantColumn, Cell } from '../applicants/columns.types.js';

/** One JSON object a line, in UTF-8. */
export async function* encodeNdjson(
  columns: readonly ApplicantColumn[],
  batches: AsyncIterable<Cell[][]>,
): AsyncGenerator<Buffer> {
  const keys = columns.map((column) => `${JSON.stringify(column)}:`);
  const lineOf = (row: Cell[]): string =>
    `{${row.map((cell, at) => keys[at] + JSON.stringify(cell)).join(',')}}\n`;
  for await (const rows of batches) yield Buffer.from(rows.map(lineOf).join(''));
}
