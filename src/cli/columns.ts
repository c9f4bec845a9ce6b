import stringWidth from 'string-width';

const CUT = '…';
const END_OF_ISOLATE = '\u2069';
const graphemes = new Intl.Segmenter();

/** Blanks after a text, up to a number of columns of the terminal: a mark of Arabic takes none. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

/** A text in at most so many columns; what is cut ends with "…". An isolate that it opens stays closed. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  let columns = stringWidth(CUT);
  for (const { segment } of graphemes.segment(text)) {
    columns += stringWidth(segment);
    if (columns > width) break;
    kept += segment;
  }
  return `${kept}${CUT}${text.endsWith(END_OF_ISOLATE) ? END_OF_ISOLATE : ''}`;
}
