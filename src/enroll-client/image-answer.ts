import { createHash } from 'node:crypto';
import { Problem } from '../problem/problem.js';
import { Base64Stream } from './base64-stream.js';
import type { EnrollImage, ImageResult } from './enroll-client.types.js';
import { mediaTypeOf } from './image-kind.js';
import { type JsonPath, JsonStrings, type StringSink, TextSink } from './json-strings.js';

/** Largest image, decoded (M10). */
export const MAX_IMAGE_BYTES = 15 * 1024 * 1024;
const IMAGE_KEYS = new Set<string | number>(['image', 'base64', 'content', 'data']);

type Chunks = AsyncIterable<Buffer>;

/** A string of the answer that may be the image. */
interface Candidate {
  /** It stands where the dialect says. */
  expected: boolean;
  bytes?: Buffer;
  fault?: Problem;
}

/**
 * Reads one image as it arrives: raw base64, a JSON string, a `data:` URL, or a JSON object that holds one at `place`
 * or else under `image`, `base64`, `content` or `data` (M10).
 * @param place Dotted path of the dialect
 * @throws Problem ENROLL_IMAGE_DAMAGED, ENROLL_IMAGE_TOO_LARGE, ENROLL_BAD_ANSWER (HTML, no image in it, cut JSON)
 */
export async function readImage(
  chunks: Chunks,
  place: string | undefined,
  maxBytes = MAX_IMAGE_BYTES,
): Promise<EnrollImage> {
  const candidates: Candidate[] = [];
  let reader: StringSink | JsonStrings | undefined;
  for await (const chunk of chunks) {
    if (reader === undefined) {
      const first = firstCharacter(chunk);
      if (first === undefined) continue;
      reader = readerFor(first, place, (expected, escaped) => {
        const candidate: Candidate = { expected };
        candidates.push(candidate);
        return tolerantSink(new Base64Stream(maxBytes, escaped), candidate);
      });
    }
    reader.write(chunk);
  }
  reader?.end();
  return chosen(candidates, place);
}

function readerFor(
  first: string,
  place: string | undefined,
  sink: (expected: boolean, escaped: boolean) => StringSink,
): StringSink | JsonStrings {
  if (first === '<')
    throw new Problem('ENROLL_BAD_ANSWER', 'eNROLL answered HTML or XML instead of an image');
  if (first !== '{' && first !== '[' && first !== '"') return sink(true, false);
  return new JsonStrings({
    stringAt: (path) => {
      const expected = (path.join('.') || '$') === place;
      return expected || path.every((key) => IMAGE_KEYS.has(key)) ? sink(expected, true) : undefined;
    },
    listClosed: () => undefined,
  });
}

function chosen(candidates: Candidate[], place: string | undefined): EnrollImage {
  const best =
    candidates.find((candidate) => candidate.expected) ??
    candidates.find((candidate) => candidate.bytes !== undefined) ??
    candidates[0];
  if (best?.bytes !== undefined) return described(best.bytes);
  if (best?.fault !== undefined) throw best.fault;
  throw new Problem('ENROLL_BAD_ANSWER', `No image at "${place ?? 'image'}" (dialect key answer.image)`);
}

/** Notes what is wrong with an image and lets the rest of its text pass. */
function tolerantSink(stream: Base64Stream, into: { bytes?: Buffer; fault?: Problem }): StringSink {
  const attempt = (step: () => void) => {
    if (into.fault !== undefined) return;
    try {
      step();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      into.fault = error;
    }
  };
  return {
    write: (piece) => attempt(() => stream.write(piece)),
    end: () => attempt(() => (into.bytes = stream.end())),
  };
}

/** Where the images of a batch answer sit, by dialect key. */
export interface ImageListPlaces {
  list: string;
  path?: string | undefined;
  image: string;
}

/**
 * Reads a list of images as it arrives. One that is damaged or too large costs its neighbours nothing.
 * @param asked The paths in the order of the request, for answers that do not repeat them
 * @throws Problem ENROLL_BAD_ANSWER (HTML, cut JSON, no list where the dialect says)
 */
export async function readImages(
  chunks: Chunks,
  places: ImageListPlaces,
  asked: string[],
  maxBytes = MAX_IMAGE_BYTES,
): Promise<ImageResult[]> {
  const list = new ImageList(places, maxBytes);
  const strings = new JsonStrings(list);
  let first: string | undefined;
  for await (const chunk of chunks) {
    first ??= firstCharacter(chunk);
    if (first === '<') throw new Problem('ENROLL_BAD_ANSWER', 'eNROLL answered HTML or XML instead of JSON');
    strings.write(chunk);
  }
  strings.end();
  return list.results(asked);
}

interface Entry {
  path?: string;
  bytes?: Buffer;
  fault?: Problem;
}

class ImageList {
  private readonly entries: Entry[] = [];
  private readonly list: string[];
  private seen = false;

  constructor(
    private readonly places: ImageListPlaces,
    private readonly maxBytes: number,
  ) {
    this.list = places.list === '$' ? [] : places.list.split('.');
  }

  stringAt(path: JsonPath): StringSink | undefined {
    const index = path[this.list.length];
    if (typeof index !== 'number' || !this.inList(path)) return undefined;
    const inside = path.slice(this.list.length + 1).join('.') || '$';
    const entry = (this.entries[index] ??= {});
    if (inside === this.places.path) return new TextSink((text) => (entry.path = text));
    if (inside !== this.places.image) return undefined;
    return tolerantSink(new Base64Stream(this.maxBytes, true), entry);
  }

  listClosed(path: JsonPath): void {
    if (path.length === this.list.length && this.inList(path)) this.seen = true;
  }

  results(asked: string[]): ImageResult[] {
    if (!this.seen) {
      throw new Problem(
        'ENROLL_BAD_ANSWER',
        `No list at "${this.places.list}" (dialect key calls.images.answer.list)`,
      );
    }
    return this.entries.flatMap((entry, index): ImageResult[] => {
      const path = this.places.path === undefined ? asked[index] : entry.path;
      if (path === undefined) return [];
      if (entry.bytes !== undefined) return [{ path, image: described(entry.bytes) }];
      return [{ path, fault: entry.fault?.code ?? 'ENROLL_NOT_FOUND' }];
    });
  }

  private inList(path: JsonPath): boolean {
    return this.list.every((key, depth) => String(path[depth]) === key);
  }
}

function described(bytes: Buffer): EnrollImage {
  return { bytes, mediaType: mediaTypeOf(bytes), sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The first character that is neither white space nor part of a byte order mark. */
function firstCharacter(chunk: Buffer): string | undefined {
  return /[^\s\u00ef\u00bb\u00bf]/.exec(chunk.toString('latin1', 0, 512))?.[0];
}
