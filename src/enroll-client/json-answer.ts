import { Problem } from '../problem/problem.js';

// Either a whole string, which is skipped, or a whole number too long for a double.
const LONG_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d{16,}(?![\d.eE])/g;
const MAY_HOLD_LONG_NUMBERS = /[:[,]\s*-?\d{16}/;

/** It may be a page that says "down for maintenance". */
const LATER = { retryAfterSeconds: 60 };

/**
 * The JSON of an answer; whole numbers of 16 and more digits come as text, so that no digit of an id is lost.
 * @throws Problem ENROLL_BAD_ANSWER for HTML, XML and anything else that is no JSON in UTF-8
 */
export async function parseJson(chunks: AsyncIterable<Buffer>): Promise<unknown> {
  const pieces: Buffer[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  const text = Buffer.concat(pieces)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  try {
    return JSON.parse(MAY_HOLD_LONG_NUMBERS.test(text) ? quoteLongNumbers(text) : text);
  } catch {
    // the parser's message quotes the text, so it is not passed on
    const what = /^\s*</.test(text) ? 'HTML or XML instead of JSON' : 'something that is not JSON';
    throw new Problem('ENROLL_BAD_ANSWER', `eNROLL answered ${what}`, LATER);
  }
}

function quoteLongNumbers(text: string): string {
  return text.replace(LONG_NUMBERS, (token) => (token.startsWith('"') ? token : `"${token}"`));
}
