/** Lines of a file of LuminSoft: an invoice or a statement. */
export interface TheirList {
  /** What each column is called, and an example of it. */
  columns: { name: string; example: string }[];
  /** Without the heading. */
  rows: string[][];
}

export type Unfit = 'tooLarge' | 'tooLong' | 'noText' | 'empty';

/** Why a file cannot be read. */
export class UnfitFile extends Error {
  constructor(readonly why: Unfit) {
    super(why);
  }
}

const MAX_BYTES = 20_000_000;
const MAX_LINES = 100_000;
const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Reads it in the browser, and nowhere else. @throws UnfitFile */
export async function readTheirList(file: File): Promise<TheirList> {
  if (file.size > MAX_BYTES) throw new UnfitFile('tooLarge');
  const text = textOf(new Uint8Array(await file.arrayBuffer()));
  const rows = rowsOf(text).filter((row) => row.some((cell) => cell !== ''));
  const [first] = rows;
  if (first === undefined) throw new UnfitFile('empty');
  // ids have digits, headings have none
  const hasHeading = rows.length > 1 && first.every((cell) => !/\p{Nd}/u.test(cell));
  const lines = hasHeading ? rows.slice(1) : rows;
  if (lines.length > MAX_LINES) throw new UnfitFile('tooLong');
  const columns = first.map((cell, index) => ({
    name: hasHeading ? cell : '',
    example: lines[0]?.[index] ?? '',
  }));
  return { columns, rows: lines };
}

/** Where the applicant ids probably stand. */
export function likelyColumn({ columns }: TheirList): number {
  const named = columns.findIndex(({ name }) => /applicant.?id/i.test(name));
  return named >= 0
    ? named
    : Math.max(
        0,
        columns.findIndex(({ example }) => GUID.test(example)),
      );
}

/** The spelling by which ids are compared, as the server does (A34). */
export function keyOf(id: string): string {
  return GUID.test(id) ? id.toLowerCase() : id;
}

/** Ids of a column as they were written, by their key, and how often each stands there. */
export function idsOf({ rows }: TheirList, column: number): Map<string, { id: string; lines: number }> {
  const ids = new Map<string, { id: string; lines: number }>();
  for (const row of rows) {
    const id = row[column]?.trim() ?? '';
    if (id === '') continue;
    const known = ids.get(keyOf(id));
    if (known === undefined) ids.set(keyOf(id), { id, lines: 1 });
    else known.lines += 1;
  }
  return ids;
}

/** UTF-8, or UTF-16 where the file says so, as spreadsheets write it. A workbook is no text. */
function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const encoding = isUtf16 ? (first === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes('\0')) throw new UnfitFile('noText');
  return text;
}

/** Cells of CSV (RFC 4180), between commas, semicolons or tabs: whichever the first line has most of. */
function rowsOf(text: string): string[][] {
  const separator = separatorOf(text.slice(0, text.search(/[\r\n]|$/)));
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  const endCell = () => {
    rows.at(-1)!.push(cell.trim());
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    if (character === '"' && isQuoted && text[at + 1] === '"') cell += text[(at += 1)];
    else if (character === '"' && (isQuoted || cell === '')) isQuoted = !isQuoted;
    else if (isQuoted) cell += character;
    else if (character === separator) endCell();
    else if (character === '\n' || character === '\r') {
      endCell();
      rows.push([]);
    } else cell += character;
  }
  endCell();
  return rows;
}

function separatorOf(line: string): string {
  const counted = [',', ';', '\t'].map((one) => [one, line.split(one).length] as const);
  return counted.reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}
