import { drawText, type TextPicture } from './text-picture.js';

const MARGIN = 40;
const TOP = 776;
const SIZE = 9;
const LEADING = 12;
const LINE_CHARACTERS = 92;
const LINES_PER_PAGE = 58;
const MAX_WIDTH = 515;
const NOT_PRINTABLE = /[^\x20-\x7e\xa0-\xff]/;
const SHOWS = /[\p{L}\p{N}\p{P}\p{S}]/u;

type Row = string | TextPicture;

/**
 * A PDF (ISO 32000-1) of lines of text on A4, in the fonts that every reader has; no package for that. They hold Latin-1 alone: what
 * stands behind the `name: ` of a line with anything else, Arabic say, is drawn, and kept as `ActualText` for those who listen or copy.
 */
export async function pdfOf(title: string, lines: readonly string[]): Promise<Buffer> {
  const rows: Row[] = [];
  for (const line of lines) rows.push(...(await rowsOf(line)));
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>', '', FONT];
  const add = (object: string) => objects.push(object);
  const kids = pagesOf(rows).map((page, at) => {
    const pictures = page.filter((row) => typeof row !== 'string').map((row) => add(imageOf(row)));
    const content = contentOf(at === 0 ? title : `${title}, page ${at + 1}`, page);
    const contents = add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
    const named = pictures.map((number, n) => `/P${n} ${number} 0 R`).join(' ');
    return add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> /XObject << ${named} >> >> /Contents ${contents} 0 R >>`,
    );
  });
  const references = kids.map((number) => `${number} 0 R`).join(' ');
  objects[1] = `<< /Type /Pages /Kids [${references}] /Count ${kids.length} >>`;
  return assemble(objects);
}

const FONT = '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>';

async function rowsOf(line: string): Promise<Row[]> {
  if (!NOT_PRINTABLE.test(line)) return wrap(line);
  const [name = ''] = /^\s*\w+: /.exec(line) ?? [];
  const value = line.slice(name.length).replace(/\p{Cc}/gu, ' ');
  if (!SHOWS.test(value)) return wrap(`${name}(nothing that shows; see the JSON)`);
  const picture = await drawText(value, SIZE, MAX_WIDTH);
  return name === '' ? [picture] : [name.trimEnd(), picture];
}

function pagesOf(rows: readonly Row[]): Row[][] {
  const pages: Row[][] = [[]];
  let left = LINES_PER_PAGE;
  for (const row of rows) {
    if (heightOf(row) > left) {
      pages.push([]);
      left = LINES_PER_PAGE;
    }
    pages.at(-1)!.push(row);
    left -= heightOf(row);
  }
  return pages;
}

/** In lines. */
function heightOf(row: Row): number {
  return typeof row === 'string' ? 1 : Math.ceil(row.heightPoints / LEADING) + 1;
}

function contentOf(title: string, rows: readonly Row[]): string {
  const shown = [`BT /F 14 Tf ${MARGIN} 800 Td (${escaped(title)}) Tj ET`];
  let [baseline, pictures] = [TOP, 0];
  for (const row of rows) {
    if (typeof row === 'string') {
      shown.push(`BT /F ${SIZE} Tf ${MARGIN} ${baseline} Td (${escaped(row)}) Tj ET`);
    } else {
      const bottom = baseline + SIZE - row.heightPoints;
      const matrix = `${row.widthPoints} 0 0 ${row.heightPoints} ${MARGIN} ${bottom}`;
      shown.push(`/Span << /ActualText <${utf16(row.text)}> >> BDC q ${matrix} cm /P${pictures} Do Q EMC`);
      pictures += 1;
    }
    baseline -= heightOf(row) * LEADING;
  }
  return shown.join('\n');
}

function imageOf({ width, height, pixels }: TextPicture): string {
  return (
    `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8` +
    ` /Filter /FlateDecode /Length ${pixels.length} >>\nstream\n${pixels.toString('latin1')}\nendstream`
  );
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

/** In hexadecimal digits, as PDF has text beyond Latin-1: big-endian, behind the mark that says so. */
function utf16(text: string): string {
  return Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('hex').toUpperCase();
}

function escaped(text: string): string {
  return text.replace(/[\\()]/g, '\\$&');
}
