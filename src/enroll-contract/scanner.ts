import { FORBIDDEN_KEY, MAX_BODY_DEPTH, MAX_ELEMENTS } from './limits.js';

/** What the bytes of one element show and its parsed value does not. Offsets count bytes from the start of the body. */
export interface Span {
  start: number;
  end: number;
  /** Levels of nesting. A flat object has 1. */
  depth: number;
  /** Number of keys at all levels. A repeated key counts again. */
  keys: number;
  objects: number;
  /** The first key, at any level, that reaches an object's prototype. */
  forbiddenKey: string | undefined;
  /** Start and end, by turns, of each number whose digits a double cannot hold. */
  longNumbers: number[] | undefined;
}

/** Where a body holds its applicants (M5). `other` is JSON of another shape, or no JSON. */
export type Layout =
  | { shape: 'list' | 'applicant'; spans: Span[] }
  | { shape: 'wrapper'; key: string; spans: Span[] }
  | { shape: 'other' }
  | { shape: 'tooDeep' }
  | { shape: 'tooMany' };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const OPEN_OBJECT = 0x7b;
const COLON = 0x3a;

const PLAIN = 0;
const TEXT = 1;
const OPEN = 2;
const CLOSE = 3;
const AFTER_KEY = 4;
const NUMBER = 5;

/** Kind of each byte outside strings. Blanks, commas and the letters of true, false and null are PLAIN. */
const KIND = new Uint8Array(256);
KIND[QUOTE] = TEXT;
KIND[OPEN_LIST] = KIND[OPEN_OBJECT] = OPEN;
KIND[0x5d] = KIND[0x7d] = CLOSE;
KIND[COLON] = AFTER_KEY;
for (const sign of '-0123456789') KIND[sign.charCodeAt(0)] = NUMBER;

const DIGIT = 1;
const EXPONENT = 2;
/** What each byte means within a number. 0 ends the number. */
const NUMBER_PART = new Uint8Array(256);
for (const digit of '0123456789') NUMBER_PART[digit.charCodeAt(0)] = DIGIT;
for (const letter of 'eE') NUMBER_PART[letter.charCodeAt(0)] = EXPONENT;
for (const sign of '+-.') NUMBER_PART[sign.charCodeAt(0)] = 3;

/** Bytes between two tokens: blanks and commas. JSON.parse checks that commas are in the right place. */
const BETWEEN = new Uint8Array(256);
for (const blank of ' \t\r\n,') BETWEEN[blank.charCodeAt(0)] = 1;

const MIN_LONG_DIGITS = 16;

/**
 * Finds the elements of a body in one pass over its bytes, without building anything.
 *
 * It does not check syntax. On bytes that are not JSON it stops somewhere, and its findings are worthless. JSON.parse
 * checks the syntax. It runs after this pass, because nesting of millions of levels would exhaust its memory.
 */
export function findElements(bytes: Buffer): Layout {
  const scanner = new Scanner(bytes);
  const layout = scanner.layOut();
  return scanner.givenUp ? { shape: scanner.givenUp } : layout;
}

/** Decoded keys of the object that opens at byte 0, with repetitions. */
export function topLevelKeys(bytes: Buffer): string[] {
  return topLevelMembers(bytes).map(({ key }) => key);
}

/** The members of the object that opens at byte 0, with repetitions: decoded keys, and values as they were sent. */
export function topLevelMembers(bytes: Buffer): { key: string; value: Buffer }[] {
  const members: { key: string; value: Buffer }[] = [];
  if (bytes[0] !== OPEN_OBJECT) return members;
  const scanner = new Scanner(bytes);
  scanner.eachMember(0, (key, _, start) => {
    const end = scanner.endOf(start);
    members.push({ key: key(), value: bytes.subarray(start, end) });
    return end;
  });
  return members;
}

class Scanner {
  private readonly length: number;
  /** Offset of the last backslash in a string. The current string has escapes if this lies after its start. */
  private escapeAt = -1;
  givenUp: 'tooDeep' | 'tooMany' | undefined;

  constructor(private readonly bytes: Buffer) {
    this.length = bytes.length;
  }

  layOut(): Layout {
    const start = this.nextToken(0);
    const spans: Span[] = [];
    if (this.bytes[start] === OPEN_LIST) {
      this.scanList(start, 1, spans);
      return { shape: 'list', spans };
    }
    if (this.bytes[start] !== OPEN_OBJECT) return { shape: 'other' };
    let lists = 0;
    let wrapperKey: string | undefined;
    let isApplicant = false;
    this.eachMember(start, (key, keyBytes, valueStart) => {
      // the two keys that matter have 10 and 11 letters, and escapes only make them longer
      if (keyBytes < 10) return undefined;
      const name = key().toLowerCase();
      if (name === 'applicantid') isApplicant = true;
      if (name !== 'applicants') return undefined;
      wrapperKey = key();
      lists += 1;
      return this.bytes[valueStart] === OPEN_LIST ? this.scanList(valueStart, 2, spans) : undefined;
    });
    // two lists under two spellings: to take one would drop the other
    if (wrapperKey !== undefined) {
      return lists === 1 ? { shape: 'wrapper', key: wrapperKey, spans } : { shape: 'other' };
    }
    if (!isApplicant) return { shape: 'other' };
    return { shape: 'applicant', spans: [this.scanValue(start, 0)] };
  }

  /**
   * Visits the members of the object at `open`. The visitor gets the key (decoded on demand), its length in bytes and
   * the offset of the value. A visitor that scans the value returns the offset of its end.
   */
  eachMember(
    open: number,
    visit: (key: () => string, keyBytes: number, valueStart: number) => number | undefined,
  ): void {
    let at = this.nextToken(open + 1);
    while (this.bytes[at] === QUOTE) {
      const keyStart = at + 1;
      const keyEnd = this.endOfString(keyStart);
      const isEscaped = this.escapeAt >= keyStart;
      const colon = this.nextToken(keyEnd + 1);
      const valueStart = this.nextToken(colon + 1);
      if (this.bytes[colon] !== COLON || valueStart >= this.length) return;
      const end = visit(() => this.decodeKey(keyStart, keyEnd, isEscaped), keyEnd - keyStart, valueStart);
      at = this.nextToken(end ?? this.endOf(valueStart));
    }
  }

  /** The offset after the value at `start`. */
  endOf(start: number): number {
    return this.scanValue(start, 1).end;
  }

  /** Adds the spans of the entries of the list at `open`. Returns the offset after the list. */
  private scanList(open: number, outerDepth: number, spans: Span[]): number {
    let at = this.nextToken(open + 1);
    while (at < this.length && KIND[this.bytes[at]!] !== CLOSE) {
      const span = this.scanValue(at, outerDepth);
      if (span.end === at) return this.length; // a stray colon: no JSON
      if (spans.length === MAX_ELEMENTS) return this.giveUp('tooMany');
      spans.push(span);
      at = this.nextToken(span.end);
    }
    return at + 1;
  }

  private scanValue(start: number, outerDepth: number): Span {
    const span: Span = {
      start,
      end: start,
      depth: 0,
      keys: 0,
      objects: 0,
      forbiddenKey: undefined,
      longNumbers: undefined,
    };
    const kind = KIND[this.bytes[start]!];
    if (kind === OPEN) span.end = this.scanContainer(start, MAX_BODY_DEPTH - outerDepth, span);
    else if (kind === TEXT) span.end = Math.min(this.endOfString(start + 1) + 1, this.length);
    else span.end = this.endOfScalar(start);
    return span;
  }

  /** Returns the offset after the bracket that closes the one at `start`. */
  private scanContainer(start: number, maxDepth: number, span: Span): number {
    const { bytes, length } = this;
    let depth = 0;
    let textStart = start;
    let textEnd = start;
    let at = start;
    while (at < length) {
      const byte = bytes[at]!;
      switch (KIND[byte]) {
        case TEXT:
          textStart = at + 1;
          textEnd = this.endOfString(textStart);
          at = textEnd + 1;
          break;
        case AFTER_KEY:
          span.keys += 1;
          span.forbiddenKey ??= this.forbidden(textStart, textEnd);
          at += 1;
          break;
        case OPEN:
          depth += 1;
          if (depth >= maxDepth) return this.giveUp('tooDeep');
          if (depth > span.depth) span.depth = depth;
          if (byte === OPEN_OBJECT) span.objects += 1;
          at += 1;
          break;
        case CLOSE:
          depth -= 1;
          at += 1;
          if (depth === 0) return at;
          break;
        case NUMBER:
          at = this.scanNumber(at, span);
          break;
        default:
          at += 1;
      }
    }
    return length;
  }

  private giveUp(reason: 'tooDeep' | 'tooMany'): number {
    this.givenUp = reason;
    return this.length;
  }

  /** Offset of the closing quote of the string that begins at `start`, or the end of the body if there is none. */
  private endOfString(start: number): number {
    const { bytes, length } = this;
    for (let at = start; at < length; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) return at;
      if (byte === BACKSLASH) {
        this.escapeAt = at;
        at += 1;
      }
    }
    return length;
  }

  private endOfScalar(start: number): number {
    let at = start;
    while (at < this.length) {
      const byte = this.bytes[at]!;
      const kind = KIND[byte];
      if (BETWEEN[byte] === 1 || (kind !== PLAIN && kind !== NUMBER)) break;
      at += 1;
    }
    return at;
  }

  private scanNumber(start: number, span: Span): number {
    const { bytes, length } = this;
    let digits = 0;
    let hasExponent = false;
    let at = start;
    for (; at < length; at++) {
      const part = NUMBER_PART[bytes[at]!];
      if (part === 0) break;
      if (part === DIGIT) digits += 1;
      else if (part === EXPONENT) hasExponent = true;
    }
    if (digits >= MIN_LONG_DIGITS || (hasExponent && !this.isExactInteger(start, at))) {
      (span.longNumbers ??= []).push(start, at);
    }
    return at;
  }

  /** Whether a number with an exponent is an integer that a double holds. A 0 may be a number too small for a double. */
  private isExactInteger(start: number, end: number): boolean {
    const number = Number(this.bytes.toString('latin1', start, end));
    return Number.isSafeInteger(number) && number !== 0;
  }

  private forbidden(start: number, end: number): string | undefined {
    const isEscaped = this.escapeAt >= start;
    if (!isEscaped && end - start !== FORBIDDEN_KEY.length) return undefined;
    const key = this.decodeKey(start, end, isEscaped);
    return key === FORBIDDEN_KEY ? key : undefined;
  }

  private decodeKey(start: number, end: number, isEscaped: boolean): string {
    const text = this.bytes.toString('utf8', start, end);
    if (!isEscaped) return text;
    try {
      return String(JSON.parse(`"${text}"`));
    } catch {
      return text; // no JSON: the parse of the whole body will say so
    }
  }

  private nextToken(from: number): number {
    let at = from;
    while (at < this.length && BETWEEN[this.bytes[at]!] === 1) at += 1;
    return at;
  }
}
