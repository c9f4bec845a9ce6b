import stringWidth from 'string-width';
import { printable, printableLines } from '../problem/printable.js';
import { cut, padded } from './columns.js';
import { timeText } from './times.js';

/** How people see a result. */
export interface Shape {
  /** Columns of the terminal; infinite where nobody looks or nothing may be cut. */
  width?: number;
  /** Times in UTC; they are those of Cairo otherwise. */
  utc?: boolean;
}

/** A cell is not cut below this. */
const LEAST_COLUMNS = 8;
const GAP = '  ';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
/** Somebody copies it into the next command; `msg_…` are deliveries. */
const ID = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|msg_\w+)$/i;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** First strong isolate and its end (UAX 9): what stands between them turns nothing else around. */
const ISOLATE = ['\u2068', '\u2069'] as const;

/** A result for people: text without its control characters, a list of objects as a table, an object as `name  value` lines. */
export function format(value: unknown, shape: Shape = {}): string {
  if (Array.isArray(value)) {
    return value.every(isRecord) ? table(value, shape) : value.map((item) => cell(item, shape)).join('\n');
  }
  if (isRecord(value)) return sections(value, shape);
  return typeof value === 'string' ? printableLines(value) : cell(value, shape);
}

/** Some properties of an object, in this order: the columns of its row. */
export function pick<Value extends object, Key extends keyof Value>(value: Value, ...keys: Key[]) {
  return Object.fromEntries(keys.map((key) => [key, value[key]])) as Pick<Value, Key>;
}

/** A version of Postgres: 180004 is 18.4. */
export function versionText(version: number): string {
  return `${Math.floor(version / 10_000)}.${version % 10_000}`;
}

/** Where the terminal is too narrow for a table, each row is a list of pairs. */
function table(rows: Record<string, unknown>[], shape: Shape): string {
  if (rows.length === 0) return '(none)';
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [
    names.map((name) => printable(name)),
    ...rows.map((row) => names.map((name) => cell(row[name], shape))),
  ];
  const widths = fitting(lines, shape.width ?? Infinity);
  if (widths === undefined) return rows.map((row) => pairs(row, shape)).join('\n\n');
  return align(lines, widths);
}

/** Its lists of objects come after the rest, each as a table with its name. */
function sections(value: Record<string, unknown>, shape: Shape): string {
  const entries = Object.entries(value);
  const rest = entries.filter(([, item]) => !isTable(item));
  const tables = entries.flatMap(([name, item]) =>
    isTable(item) ? [`${printable(name)}:\n${table(item, shape)}`] : [],
  );
  return [...(rest.length > 0 ? [pairs(Object.fromEntries(rest), shape)] : []), ...tables].join('\n\n');
}

function isTable(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord);
}

function pairs(value: Record<string, unknown>, shape: Shape): string {
  const lines = Object.entries(value).map(([name, item]) => [printable(name), cell(item, shape)]);
  return align(lines, widthsOf(lines));
}

/** Two blanks between columns; the last one has any width. */
function align(lines: string[][], widths: number[]): string {
  return lines
    .map((line) =>
      line
        .map((text, column) => padded(cut(text, widths[column] ?? 0), widths[column] ?? 0))
        .join(GAP)
        .trimEnd(),
    )
    .join('\n');
}

/** The widest columns are cut first, those with ids never. @returns undefined where that is not enough */
function fitting(lines: string[][], available: number): number[] | undefined {
  const widths = widthsOf(lines);
  const isCut = widths.map((_, column) => !lines.some((line) => ID.test(line[column] ?? '')));
  let over = widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length) - available;
  while (over > 0) {
    const widest = Math.max(...widths.filter((_, column) => isCut[column]));
    if (widest <= LEAST_COLUMNS) return undefined;
    const column = widths.findIndex((width, at) => width === widest && isCut[at]);
    widths[column] = widest - 1;
    over -= 1;
  }
  return widths;
}

function widthsOf(lines: string[][]): number[] {
  return (
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => stringWidth(line[column] ?? '')))) ?? []
  );
}

function cell(value: unknown, shape: Shape): string {
  if (value === null || value === undefined) return '-';
  if (value instanceof Date) return timeText(value, shape.utc);
  if (Array.isArray(value))
    return value.length === 0 ? '-' : value.map((item) => inner(item, shape)).join(', ');
  if (isRecord(value)) return words(value, shape);
  if (typeof value !== 'string') return printable(JSON.stringify(value));
  if (TIME.test(value)) return timeText(new Date(value), shape.utc);
  const text = printable(value);
  return RIGHT_TO_LEFT.test(text) ? ISOLATE.join(text) : text;
}

/** `name value, name value`. */
function words(value: Record<string, unknown>, shape: Shape): string {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return '-';
  return entries.map(([name, item]) => `${printable(name)} ${inner(item, shape)}`).join(', ');
}

/** What holds more than one value stands in brackets. */
function inner(value: unknown, shape: Shape): string {
  const text = cell(value, shape);
  return isRecord(value) || (Array.isArray(value) && value.length > 1) ? `(${text})` : text;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
