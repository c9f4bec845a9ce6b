import { Problem } from '../problem/problem.js';

const MAX_DEPTH = 64;
const MAX_TEXT_BYTES = 8192;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Where a value stands: object keys and list indexes from the top. */
export type JsonPath = (string | number)[];

/** Takes the inside of one JSON string, escapes and all, in pieces as they arrive. */
export interface StringSink {
  write(piece: Buffer): void;
  end(): void;
}

/** What the scanner asks of its owner. */
export interface StringsOwner {
  /** The sink of the string value at `path`; undefined: not wanted. */
  stringAt(path: JsonPath): StringSink | undefined;
  /** A list is complete. */
  listClosed(path: JsonPath): void;
}

type Level = { list: true; index: number } | { list: false; key: string | undefined };

/**
 * Reads JSON as it arrives and hands on chosen string values in pieces, so that an answer full of images never stands
 * in memory as text. It follows the structure and is no validator: it refuses what is cut, nested too deeply or
 * plainly not JSON.
 */
export class JsonStrings {
  private readonly levels: Level[] = [];
  private sink: StringSink | undefined;
  private inString = false;
  private skipNext = false;
  private begun = false;
  private finished = false;

  constructor(private readonly owner: StringsOwner) {}

  /** @throws Problem ENROLL_BAD_ANSWER and whatever a sink throws */
  write(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      at = this.inString ? this.readString(chunk, at) : this.readStructure(chunk, at);
    }
  }

  /** @throws Problem ENROLL_BAD_ANSWER when the text is cut */
  end(): void {
    if (this.inString || this.levels.length > 0 || !this.begun) throw notJson('is cut short');
  }

  /** Hands on the string up to its closing quote or the end of the chunk; returns where to go on. */
  private readString(chunk: Buffer, start: number): number {
    let at = start;
    if (this.skipNext) {
      this.skipNext = false;
      at += 1;
    }
    let quote = indexOf(chunk, QUOTE, at);
    for (;;) {
      const backslash = chunk.subarray(at, quote).indexOf(BACKSLASH);
      if (backslash === -1) {
        if (quote > start) this.sink?.write(chunk.subarray(start, quote));
        if (quote === chunk.length) return quote;
        this.closeString();
        return quote + 1;
      }
      at += backslash + 2;
      if (at > chunk.length) {
        this.skipNext = true;
        this.sink?.write(chunk.subarray(start));
        return chunk.length;
      }
      if (at > quote) quote = indexOf(chunk, QUOTE, at);
    }
  }

  private closeString(): void {
    this.inString = false;
    const sink = this.sink;
    this.sink = undefined;
    sink?.end();
  }

  private readStructure(chunk: Buffer, at: number): number {
    const byte = chunk[at] ?? 0;
    if (byte <= 0x20 || (!this.begun && BYTE_ORDER_MARK.includes(byte))) return at + 1;
    if (this.finished) throw notJson('goes on after its end');
    this.begun = true;
    switch (byte) {
      case QUOTE:
        this.openString();
        break;
      case 0x7b: // {
        this.open({ list: false, key: undefined });
        break;
      case 0x5b: // [
        this.open({ list: true, index: 0 });
        break;
      case 0x7d: // }
      case 0x5d: // ]
        this.close(byte === 0x5d);
        break;
      case 0x2c: // ,
        this.next();
        break;
      default:
        checkOther(byte);
    }
    return at + 1;
  }

  private openString(): void {
    const level = this.levels.at(-1);
    this.inString = true;
    if (level?.list === false && level.key === undefined) {
      this.sink = new TextSink((key) => (level.key = key));
      return;
    }
    this.sink = this.owner.stringAt(this.path());
    if (level === undefined) this.finished = true;
  }

  private open(level: Level): void {
    if (this.levels.length >= MAX_DEPTH) throw notJson('is nested too deeply');
    this.levels.push(level);
  }

  private close(list: boolean): void {
    if (this.levels.pop()?.list !== list) throw notJson('has brackets that do not match');
    if (list) this.owner.listClosed(this.path());
    if (this.levels.length === 0) this.finished = true;
  }

  private next(): void {
    const level = this.levels.at(-1);
    if (level === undefined) throw notJson('is not JSON');
    if (level.list) level.index += 1;
    else level.key = undefined;
  }

  private path(): JsonPath {
    return this.levels.map((level) => (level.list ? level.index : (level.key ?? '')));
  }
}

/** Collects one short string; a longer one than 8 KiB is refused. */
export class TextSink implements StringSink {
  private readonly pieces: Buffer[] = [];
  private bytes = 0;

  constructor(private readonly done: (text: string) => void) {}

  write(piece: Buffer): void {
    this.bytes += piece.length;
    if (this.bytes > MAX_TEXT_BYTES) throw notJson(`holds a name of over ${MAX_TEXT_BYTES} bytes`);
    this.pieces.push(Buffer.from(piece));
  }

  end(): void {
    try {
      this.done(JSON.parse(`"${Buffer.concat(this.pieces).toString()}"`) as string);
    } catch (cause) {
      throw cause instanceof Problem ? cause : notJson('holds a damaged string');
    }
  }
}

/** Numbers, true, false, null and the colon are of no interest, anything else is no JSON. */
function checkOther(byte: number): void {
  if (!/[-+.:0-9A-Za-z]/.test(String.fromCharCode(byte))) throw notJson('is not JSON');
}

function indexOf(chunk: Buffer, byte: number, from: number): number {
  const found = chunk.indexOf(byte, from);
  return found === -1 ? chunk.length : found;
}

function notJson(what: string): Problem {
  return new Problem('ENROLL_BAD_ANSWER', `The answer of eNROLL ${what}`);
}
