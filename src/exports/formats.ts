import type { ApplicantColumn, Cell } from '../applicants/columns.types.js';
import { encodeCsv } from './csv.js';
import type { ExportFormat } from './exports.types.js';
import { encodeNdjson } from './ndjson.js';
import { encodeParquet } from './parquet.js';
import { encodeXlsx } from './xlsx.js';

interface Format {
  mediaType: string;
  /** Turns rows into the bytes of a file, batch by batch: memory does not grow with the file. */
  encode(columns: readonly ApplicantColumn[], batches: AsyncIterable<Cell[][]>): AsyncIterable<Buffer>;
}

export const FORMATS: Record<ExportFormat, Format> = {
  csv: { mediaType: 'text/csv; charset=utf-8', encode: encodeCsv },
  ndjson: { mediaType: 'application/x-ndjson', encode: encodeNdjson },
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    encode: encodeXlsx,
  },
  parquet: { mediaType: 'application/vnd.apache.parquet', encode: encodeParquet },
};
