import { printable, printableLines } from '../problem/printable.js';

/** A result for people: text without its control characters, a list of objects as a table, an object as `name  value` lines. */
export function format(value: unknown): string {
  if (Array.isArray(value)) return value.every(isRecord) ? table(value) : value.map(cell).join('\n');
  if (isRecord(value)) return pairs(value);
  return typeof value === 'string' ? printableLines(value) : cell(value);
}

/** Some properties of an object, in this order: the columns of its row. */
export function pick<Value extends object, Key extends keyof Value>(value: Value, ...keys: Key[]) {
  return Object.fromEntries(keys.map((key) => [key, value[key]])) as Pick<Value, Key>;
}

/** A version of Postgres: 180004 is 18.4. */
export function versionText(version: number): string {
  return `${Math.floor(version / 10_000)}.${version % 10_000}`;
}

function table(rows: Record<string, unknown>[]): string {
  if (rows.length === 0) return '(none)';
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return align([columns.map(printable), ...rows.map((row) => columns.map((column) => cell(row[column])))]);
}

function pairs(value: Record<string, unknown>): string {
  return align(Object.entries(value).map(([name, item]) => [printable(name), cell(item)]));
}

/** Two blanks between columns; the last one has any width. */
function align(lines: string[][]): string {
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines
    .map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.length === 0 ? '-' : value.map(cell).join(', ');
  return printable(typeof value === 'string' ? value : JSON.stringify(value));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
