import type { Ours, Theirs } from './comparison';

/** Without it Excel takes UTF-8 for the machine's code page. */
const BYTE_ORDER_MARK = '\u{feff}';
const FORMULA = /^[=+\-@\t\r]/;

/** CSV (RFC 4180) for spreadsheets, as exports are written. */
export function csvOf(rows: readonly (Ours | Theirs)[]): string {
  const isTheirs = rows[0] !== undefined && 'id' in rows[0];
  const heading = isTheirs ? ['applicantId', 'lines'] : ['applicantId', 'firstReceivedAt', 'outcome'];
  const lines = rows.map((row) =>
    'id' in row ? [row.id, String(row.lines)] : [row.applicantId, row.firstReceivedAt, row.outcome],
  );
  return BYTE_ORDER_MARK + [heading, ...lines].map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('');
}

/** A cell that begins like a formula would be one for a spreadsheet. */
function cellOf(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
