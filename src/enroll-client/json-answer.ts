import { Problem } from '../problem/problem.js';

// either a whole string, which we skip, or a whole number that is too long for a double
const LONG_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d{16,}(?![\d.eE])/g;
const MAY_HOLD_LONG_NUMBERS = /[:[,]\s*-?\d{16}/;

/** Base64 and nothing around it. */
const BARE_BASE64 = /^\s*[^\s{["<]/;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Longer than any path, and shorter than an image that is worth the effort. */
const MIN_LONG_STRING = 64 * 1024;

/** It may be a page that says "down for maintenance". */
const LATER = { retryAfterSeconds: 60 };

/**
 * The JSON of an answer. Whole numbers of 16 and more digits become text, so that no digit of an id is lost.
 * @throws Problem ENROLL_BAD_ANSWER for HTML, XML and anything else that is not JSON in UTF-8
 */
export function parseJson(body: Buffer, revive?: (key: string, value: unknown) => unknown): unknown {
  const text = body.toString('utf8').replace(/^\ufeff/, '');
  try {
    return JSON.parse(MAY_HOLD_LONG_NUMBERS.test(text) ? quoteLongNumbers(text) : text, revive);
  } catch {
    // the parser's message quotes the text, so we do not pass it on
    const what = /^\s*</.test(text) ? 'HTML or XML instead of JSON' : 'something that is not JSON';
    throw new Problem('ENROLL_BAD_ANSWER', `eNROLL answered ${what}`, LATER);
  }
}

/**
 * `parseJson` for images, which may also come as bare base64. It takes long strings out before it parses, because the
 * parser would hold each image twice more. The process that fetches images, with four of 10 MB under way, took 290 MB at
 * most, and 332 MB when all was parsed. A reader that decoded the stream as it came saved nothing more: 285 MB.
 */
export function parseImageAnswer(body: Buffer): unknown {
  if (BARE_BASE64.test(body.toString('utf8', 0, 512))) return body.toString('latin1');
  const longStrings: [start: number, end: number][] = [];
  const rest: Buffer[] = [];
  let taken = 0;
  for (let open = body.indexOf(QUOTE); open !== -1;) {
    const close = closingQuote(body, open + 1);
    if (close - open > MIN_LONG_STRING) {
      rest.push(body.subarray(taken, open + 1), Buffer.from(`\\u0000${longStrings.length}`));
      longStrings.push([open + 1, close]);
      taken = close;
    }
    open = body.indexOf(QUOTE, close + 1);
  }
  return parseJson(Buffer.concat([...rest, body.subarray(taken)]), (_key, value) => {
    const place = typeof value === 'string' && value.startsWith('\0') && longStrings[Number(value.slice(1))];
    if (!place) return value;
    const text = body.toString('latin1', ...place);
    return text.includes('\\') ? (JSON.parse(`"${text}"`) as unknown) : text;
  });
}

/** Offset of the quote that ends a string, or the end of the body if there is none. */
function closingQuote(body: Buffer, start: number): number {
  for (let at = body.indexOf(QUOTE, start); at !== -1; at = body.indexOf(QUOTE, at + 1)) {
    let unescaped = at;
    while (body[unescaped - 1] === BACKSLASH) unescaped -= 1;
    if ((at - unescaped) % 2 === 0) return at;
  }
  return body.length;
}

function quoteLongNumbers(text: string): string {
  return text.replace(LONG_NUMBERS, (token) => (token.startsWith('"') ? token : `"${token}"`));
}
