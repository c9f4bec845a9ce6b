import { Injectable } from '@nestjs/common';
import { ApplicantRows } from '../applicants/applicant-rows.service.js';
import type { Cell } from '../applicants/columns.types.js';
import type { ExportContent } from './exports.types.js';
import { FORMATS } from './formats.js';

/** A file of applicants while it is written. */
export interface ExportFile {
  /** Applicants that it will hold. */
  rowsTotal: number;
  /** Applicants that are encoded so far. */
  readonly rows: number;
  /** Its bytes, in chunks as they come. */
  chunks: AsyncIterable<Buffer>;
}

/** Writes applicants as the bytes of a file; the worker keeps them in the image store, the command line on a disk. */
@Injectable()
export class ExportStream {
  constructor(private readonly applicants: ApplicantRows) {}

  /**
   * @param use takes the bytes where they belong
   * @throws CryptoError where a sealed state does not open; whatever the database or `use` throws
   */
  async write<T>(
    { format, filter, columns, masked }: ExportContent,
    signal: AbortSignal,
    use: (file: ExportFile) => Promise<T>,
  ): Promise<T> {
    return this.applicants.read({ filter, columns, masked }, signal, async (rowsTotal, batches) => {
      const counter = new RowCounter(batches, rowsTotal);
      const chunks = FORMATS[format].encode(columns, counter);
      return use({
        rowsTotal,
        chunks,
        get rows() {
          return counter.rows;
        },
      });
    });
  }
}

/** Counts rows as they pass by; that they are all there is known before the file ends. */
class RowCounter implements AsyncIterable<Cell[][]> {
  rows = 0;

  constructor(
    private readonly batches: AsyncIterable<Cell[][]>,
    private readonly expected: number,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Cell[][]> {
    for await (const batch of this.batches) {
      this.rows += batch.length;
      yield batch;
    }
    if (this.rows !== this.expected) throw new Error('one snapshot gave two counts of its rows');
  }
}
