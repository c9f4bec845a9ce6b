import { createHash } from 'node:crypto';
import { constants, gunzipSync } from 'node:zlib';
import { applicantKey, peekApplicantId } from '../enroll-contract/applicant-id.js';
import { toAsciiDigits } from '../enroll-contract/characters.js';
import { parseBody } from '../enroll-contract/body.js';
import type { RawElement } from '../enroll-contract/types.js';

/** People, and texts by which bytes that name no applicantId are known to be about them. */
interface Whom {
  applicantIds: readonly string[];
  /** In small letters, each long enough to be nobody else's. */
  traces: readonly string[];
}

export interface Erased extends Whom {
  erasureId: string;
}

/** A body without what it said of somebody. */
export interface CutBody {
  bytes: Buffer;
  /** Places in the list; null: the whole body, which is no list. */
  elements: number[] | null;
  /** SHA-256 of all bytes that stayed, in their order; hex. */
  keptSha256: string;
}

const NO_LETTER_OR_DIGIT = /^[^\p{L}\p{N}]?$/u;
const NO_LETTER = /^\P{L}?$/u;
const STUB = /^\{("applicantId":"(?:[^"\\]|\\.)*",)?"erased":"[0-9a-f-]{36}"\}$/;

/** What takes the place of an element. */
export function stubOf(erasureId: string, applicantId: string | null): Buffer {
  return Buffer.from(JSON.stringify({ ...(applicantId !== null && { applicantId }), erased: erasureId }));
}

export function isStub(element: Buffer): boolean {
  return element.length < 2000 && STUB.test(element.toString('utf8'));
}

/**
 * Cuts somebody's elements out of the body of a callback; all other bytes stay as they were received. A body that is no list
 * is cut as a whole if a trace is in it.
 * @returns null where it says nothing of them
 */
export function cutOut(body: Buffer, erased: Erased): CutBody | null {
  const parsed = parseBody(body);
  if (!parsed.ok) return showsTrace(body, erased) ? wholeBody(erased) : null;
  const theirs = parsed.elements.filter((element) => isOf(element, erased));
  if (theirs.length === 0) return null;
  const kept = createHash('sha256');
  const pieces: Buffer[] = [];
  let from = 0;
  const keep = (to: number) => {
    const piece = body.subarray(from, to);
    kept.update(piece);
    pieces.push(piece);
  };
  for (const element of theirs) {
    const start = element.bytes.byteOffset - body.byteOffset;
    keep(start);
    pieces.push(stubOf(erased.erasureId, peekApplicantId(element) ?? null));
    from = start + element.bytes.length;
  }
  keep(body.length);
  return {
    bytes: Buffer.concat(pieces),
    elements: theirs.map(({ index }) => index),
    keptSha256: kept.digest('hex'),
  };
}

/** Their elements in the body of a callback; undefined where it is no list, and shows a trace of them. */
export function elementsOf(body: Buffer, whom: Whom): RawElement[] | undefined {
  const parsed = parseBody(body);
  if (parsed.ok) return parsed.elements.filter((element) => isOf(element, whom));
  return showsTrace(body, whom) ? undefined : [];
}

/** Whether the bytes hold a trace, in whatever encoding, escaped or compressed, with whatever digits. */
export function showsTrace(bytes: Buffer, { traces }: Pick<Whom, 'traces'>): boolean {
  const plain = unzipped(bytes);
  const wanted = traces.map(toAsciiDigits);
  return ['utf-8', 'utf-16le', 'utf-16be'].some((encoding) => {
    const text = new TextDecoder(encoding)
      .decode(plain)
      .replace(/\\u([0-9a-f]{4})/gi, characterOf)
      .replace(/\\[bfnrt]/g, ' ')
      .toLowerCase();
    const folded = toAsciiDigits(text);
    return wanted.some((trace) => holds(folded, trace));
  });
}

/** Not as a part of something longer, which is another one's; but nine digits end a phone number, however it begins. */
function holds(text: string, trace: string): boolean {
  const goesBefore = /^\d{9}$/.test(trace) ? NO_LETTER : NO_LETTER_OR_DIGIT;
  for (let at = text.indexOf(trace); at >= 0; at = text.indexOf(trace, at + 1)) {
    const [before = '', after = ''] = [text[at - 1], text[at + trace.length]];
    if (goesBefore.test(before) && NO_LETTER_OR_DIGIT.test(after)) return true;
  }
  return false;
}

function isOf(element: RawElement, whom: Whom): boolean {
  if (isStub(element.bytes)) return false;
  const id = peekApplicantId(element);
  if (id === undefined) return showsTrace(element.bytes, whom);
  return whom.applicantIds.some((one) => applicantKey(one) === applicantKey(id));
}

function wholeBody({ erasureId }: Erased): CutBody {
  return { bytes: stubOf(erasureId, null), elements: null, keptSha256: createHash('sha256').digest('hex') };
}

function characterOf(_: string, code: string): string {
  return String.fromCharCode(Number.parseInt(code, 16));
}

/** The first bytes of a body that was refused unread may be compressed, and end anywhere. */
function unzipped(bytes: Buffer): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 16 * 1024 * 1024 });
  } catch {
    return bytes;
  }
}
