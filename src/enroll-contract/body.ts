import { isUtf8 } from 'node:buffer';
import { MAX_ELEMENT_BYTES, MAX_ELEMENT_DEPTH } from './limits.js';
import { findElements, topLevelKeys, type Layout, type Span } from './scanner.js';
import type { Defect, RawElement } from './types.js';

const BACKSLASH = 0x5c;

export type BodyRefusal =
  'NOT_JSON' | 'NOT_UTF8' | 'WRONG_SHAPE' | 'TOO_DEEP' | 'BODY_TOO_LARGE' | 'UNSUPPORTED_MEDIA_TYPE';

export type ParsedBody = { ok: true; elements: RawElement[] } | { ok: false; code: BodyRefusal };

/**
 * Cuts a callback's body into its elements (M5). The body is a list, `{"applicants": […]}` with the key in any case, or
 * one applicant, in UTF-8 with or without BOM. UTF-16 and UTF-32 are an unsupported media type. An element that breaks
 * a rule of JSON hygiene gets a defect, and its neighbours are not affected. More than 100,000 elements are
 * BODY_TOO_LARGE. Never throws.
 */
export function parseBody(received: Buffer): ParsedBody {
  if (isWideEncoding(received)) return { ok: false, code: 'UNSUPPORTED_MEDIA_TYPE' };
  if (!isUtf8(received)) return { ok: false, code: 'NOT_UTF8' };
  const bytes = withoutBom(received);
  const layout = findElements(bytes);
  if (layout.shape === 'tooDeep') return { ok: false, code: 'TOO_DEEP' };
  if (layout.shape === 'tooMany') return { ok: false, code: 'BODY_TOO_LARGE' };
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return { ok: false, code: 'NOT_JSON' };
  }
  const entries = entriesOf(value, layout);
  if (!entries || layout.shape === 'other') return { ok: false, code: 'WRONG_SHAPE' };
  const { spans } = layout;
  return {
    ok: true,
    elements: entries.map((entry, index) => cutElement(bytes, spans[index]!, entry, index)),
  };
}

function entriesOf(value: unknown, layout: Layout): unknown[] | undefined {
  if (layout.shape === 'applicant') return [value];
  const list = layout.shape === 'wrapper' ? (value as Record<string, unknown>)[layout.key] : value;
  return Array.isArray(list) ? list : undefined;
}

/** Knows UTF-16 and UTF-32 by their BOM, or by the position of zero bytes in an ASCII character (RFC 4627, section 3). */
function isWideEncoding(bytes: Buffer): boolean {
  const [first, second] = [bytes[0], bytes[1]];
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  if ((first === 0) !== (second === 0)) return true;
  return first === 0 && bytes.length >= 4 && bytes.readUInt32BE(0) !== 0;
}

function withoutBom(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function cutElement(body: Buffer, span: Span, value: unknown, index: number): RawElement {
  const bytes = body.subarray(span.start, span.end);
  const hasEscapes = bytes.includes(BACKSLASH);
  const defect = defectOf(bytes, span, value);
  if (defect) return { index, bytes, hasEscapes, value: undefined, defect };
  if (!span.longNumbers) return { index, bytes, hasEscapes, value };
  return { index, bytes, hasEscapes, ...withLongNumbersAsText(body, span, span.longNumbers) };
}

function defectOf(bytes: Buffer, span: Span, value: unknown): Defect | undefined {
  if (bytes.length > MAX_ELEMENT_BYTES) {
    return { code: 'ELEMENT_TOO_LARGE', reason: `larger than ${MAX_ELEMENT_BYTES} bytes` };
  }
  if (span.depth > MAX_ELEMENT_DEPTH) {
    return { code: 'TOO_DEEP', reason: `nested deeper than ${MAX_ELEMENT_DEPTH} levels` };
  }
  if (span.forbiddenKey !== undefined) {
    return { code: 'FORBIDDEN_KEY', reason: `the key ${span.forbiddenKey} is not allowed` };
  }
  // JSON.parse keeps only the last of repeated keys, however they are escaped, so it returns fewer keys than we counted
  const parsedKeys =
    span.objects === 1 && !Array.isArray(value) ? Object.keys(value as object).length : countKeys(value);
  return parsedKeys === span.keys ? undefined : { code: 'DUPLICATE_KEY', reason: duplicateReason(bytes) };
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner: unknown[] = Object.values(value);
  let keys = Array.isArray(value) ? 0 : inner.length;
  for (const entry of inner) keys += countKeys(entry);
  return keys;
}

function duplicateReason(bytes: Buffer): string {
  const seen = new Set<string>();
  for (const key of topLevelKeys(bytes)) {
    if (seen.has(key)) return `the key ${JSON.stringify(key.slice(0, 100))} occurs twice`;
    seen.add(key);
  }
  return 'a key of a nested object occurs twice';
}

/** Parses the element again with its long numbers in quotes, because a double would round them. */
function withLongNumbersAsText(
  body: Buffer,
  span: Span,
  positions: number[],
): Pick<RawElement, 'value' | 'longNumbers'> {
  const longNumbers = new Set<string>();
  let text = '';
  let from = span.start;
  for (let i = 0; i < positions.length; i += 2) {
    const spelling = body.toString('latin1', positions[i], positions[i + 1]);
    longNumbers.add(spelling);
    text += `${body.toString('utf8', from, positions[i])}"${spelling}"`;
    from = positions[i + 1]!;
  }
  return { value: JSON.parse(text + body.toString('utf8', from, span.end)) as unknown, longNumbers };
}
