import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { ApplicantColumn, Cell } from '../applicants/columns.types.js';
import { textOf } from './cell-text.js';
import { workbookParts } from './xlsx-parts.js';

/** Excel takes no more rows, including the header; further rows go into the next sheet. */
const MAX_SHEET_ROWS = 1_048_576;
/** Excel calls a file with longer texts damaged. */
const MAX_CELL_CHARACTERS = 32_767;
/** For zlib: a third of the time of its default, for a somewhat larger file. */
const COMPRESSION_LEVEL = 1;

const SHEET_HEAD =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews>' +
  '<sheetView rightToLeft="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
  '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15" defaultColWidth="20"/><sheetData>';
const SHEET_END = '</sheetData></worksheet>';

/** Excel (ECMA-376): sheets from right to left; texts are text cells, so that no digit of an id is lost. */
export async function* encodeXlsx(
  columns: readonly ApplicantColumn[],
  batches: AsyncIterable<Cell[][]>,
  maxSheetRows = MAX_SHEET_ROWS,
): AsyncGenerator<Buffer> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const left = new AbortController();
  const rows = batches[Symbol.asyncIterator]();
  const fail = (error: Error) => output.destroy(error);
  zip.on('error', fail);
  fill(zip, columns, new RowSource(rows), { maxSheetRows, signal: left.signal }).catch(fail);
  try {
    yield* output as AsyncIterable<Buffer>;
  } finally {
    left.abort();
    await rows.return?.();
  }
}

async function fill(
  zip: ZipFile,
  columns: readonly ApplicantColumn[],
  source: RowSource,
  { maxSheetRows, signal }: { maxSheetRows: number; signal: AbortSignal },
): Promise<void> {
  let sheets = 0;
  do {
    const sheet = Readable.from(sheetXml(columns, source, maxSheetRows), { signal });
    sheets += 1;
    zip.addReadStream(sheet, `xl/worksheets/sheet${sheets}.xml`, { compressionLevel: COMPRESSION_LEVEL });
    await finished(sheet);
  } while (await source.hasMore());
  for (const [name, xml] of workbookParts(sheets)) zip.addBuffer(Buffer.from(xml), name);
  zip.end();
}

async function* sheetXml(
  columns: readonly ApplicantColumn[],
  source: RowSource,
  maxRows: number,
): AsyncGenerator<Buffer> {
  const letters = columns.map((_, at) => lettersOf(at));
  let number = 1;
  yield Buffer.from(SHEET_HEAD + rowXml(letters, columns, number));
  while (number < maxRows && (await source.hasMore())) {
    const rows = source.take(maxRows - number);
    yield Buffer.from(rows.map((row) => rowXml(letters, row, (number += 1))).join(''));
  }
  yield Buffer.from(SHEET_END);
}

/** Takes rows out of batches, as many as a sheet has room for. */
class RowSource {
  private rows: Cell[][] = [];

  constructor(private readonly batches: AsyncIterator<Cell[][]>) {}

  async hasMore(): Promise<boolean> {
    if (this.rows.length > 0) return true;
    const next = await this.batches.next();
    if (next.done !== true) this.rows = next.value;
    return this.rows.length > 0;
  }

  /** The rows at hand, at most `most`. */
  take(most: number): Cell[][] {
    return this.rows.splice(0, most);
  }
}

function rowXml(letters: readonly string[], row: readonly Cell[], number: number): string {
  const cells = row.map((cell, at) => (cell === null ? '' : cellXml(`${letters[at]}${number}`, cell)));
  return `<row r="${number}">${cells.join('')}</row>`;
}

function cellXml(place: string, cell: NonNullable<Cell>): string {
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  const text = escaped(cut(textOf(cell)));
  if (text === '') return '';
  const space = /^\s|\s$/.test(text) ? ' xml:space="preserve"' : '';
  return `<c r="${place}" s="1" t="inlineStr"><is><t${space}>${text}</t></is></c>`;
}

function cut(text: string): string {
  return text.length <= MAX_CELL_CHARACTERS ? text : `${text.slice(0, MAX_CELL_CHARACTERS - 1)}…`;
}

/** Characters that XML cannot hold are written `_xHHHH_` (ECMA-376, ST_Xstring); so is the `_` of a text that looks like that. */
const SPECIAL = /[&<>\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/u;
const ALL_SPECIAL = new RegExp(SPECIAL, 'gu');
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escaped(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text.replace(
    ALL_SPECIAL,
    (one) => ENTITIES[one] ?? `_x${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  );
}

/** A, B … Z, AA, AB … */
function lettersOf(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : lettersOf(Math.floor(at / 26) - 1) + last;
}
