import type { Cell } from '../applicants/columns.types.js';

const LIST_SEPARATOR = '|';

/** A value as text: lists joined by `|`, objects as JSON, null as ''. */
export function textOf(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'object') return String(cell);
  return isList(cell) ? cell.join(LIST_SEPARATOR) : JSON.stringify(cell);
}

function isList(cell: object): cell is readonly string[] {
  return Array.isArray(cell);
}
