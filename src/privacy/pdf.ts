const LINE_CHARACTERS = 92;
const LINES_PER_PAGE = 58;
const NOT_PRINTABLE = /[^\x20-\x7e\xa0-\xff]/;

/**
 * A PDF (ISO 32000-1) of lines of text on A4, in the fonts that every reader has; no package for that. They hold Latin-1 alone: of a
 * line with anything else it says that the JSON has it.
 */
export function pdfOf(title: string, lines: readonly string[]): Buffer {
  const wrapped = lines.flatMap((line) => wrap(NOT_PRINTABLE.test(line) ? inLatin(line) : line));
  const pages: string[][] = [];
  for (let at = 0; at < Math.max(1, wrapped.length); at += LINES_PER_PAGE)
    pages.push(wrapped.slice(at, at + LINES_PER_PAGE));
  const first = 4;
  const kids = pages.map((_, page) => `${first + 2 * page} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((page, at) => {
      const text = textOf(at === 0 ? title : `${title}, page ${at + 1}`, page);
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents ${first + 2 * at + 1} 0 R >>`,
        `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
      ];
    }),
  ];
  return assemble(objects);
}

function textOf(title: string, lines: readonly string[]): string {
  const shown = lines.map((line) => `(${escaped(line)}) Tj T*`).join('\n');
  return `BT /F 14 Tf 40 800 Td (${escaped(title)}) Tj ET\nBT /F 9 Tf 12 TL 40 776 Td\n${shown}\nET`;
}

/** The table at its end gives the place of each object. */
function assemble(objects: readonly string[]): Buffer {
  let file = '%PDF-1.4\n';
  const places = objects.map((object, at) => {
    const place = file.length;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const table = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

function wrap(line: string): string[] {
  const lines: string[] = [];
  for (let at = 0; at < Math.max(1, line.length); at += LINE_CHARACTERS)
    lines.push(line.slice(at, at + LINE_CHARACTERS));
  return lines;
}

function inLatin(line: string): string {
  const name = /^\s*\w+: /.exec(line)?.[0] ?? '';
  return `${name}(not in Latin letters; see the JSON)`;
}

function escaped(text: string): string {
  return text.replace(/[\\()]/g, '\\$&');
}
