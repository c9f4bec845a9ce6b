import { hash } from 'node:crypto';
import { Problem } from '../problem/problem.js';
import type { DialectSpec } from './dialect.js';
import type { EnrollImage, ImageResult } from './enroll-client.types.js';
import { mediaTypeOf } from './image-kind.js';
import { valueAt } from './json-place.js';
import { placesOf } from './shape.js';

/** Largest image, decoded (M10). */
export const MAX_IMAGE_BYTES = 15 * 1024 * 1024;
const USUAL_PLACE = /^(\$|(image|base64|content|data)(\.(image|base64|content|data))*)$/;
const BEFORE_BASE64 = /^\s*(data:[^,]*;base64,)?/i;

/**
 * The one image of an answer: the text at `place`, or else the answer itself or a text under `image`, `base64`,
 * `content` or `data` (M10).
 * @param place Dotted path of the dialect
 * @throws Problem ENROLL_IMAGE_DAMAGED, ENROLL_IMAGE_TOO_LARGE, ENROLL_BAD_ANSWER where there is no image
 */
export function imageIn(answer: unknown, place = '$', maxBytes = MAX_IMAGE_BYTES): EnrollImage {
  const usual = placesOf(answer, isText).filter((at) => USUAL_PLACE.test(at));
  const places = isText(valueAt(answer, place)) ? [place] : usual;
  const images = places.map((at) => decoded(String(valueAt(answer, at)), maxBytes));
  const best = images.find((image) => !(image instanceof Problem)) ?? images[0];
  if (best === undefined) {
    throw new Problem('ENROLL_BAD_ANSWER', `No image at "${place}" (dialect key answer.image)`);
  }
  if (best instanceof Problem) throw best;
  return best;
}

/**
 * The images of a batch. One that is damaged or too large costs its neighbours nothing.
 * @param asked The paths in the order of the request, for answers that do not repeat them
 * @throws Problem ENROLL_BAD_ANSWER where the dialect names no list
 */
export function imagesIn(
  answer: unknown,
  places: DialectSpec['calls']['images']['answer'],
  asked: string[],
  maxBytes = MAX_IMAGE_BYTES,
): ImageResult[] {
  const list = valueAt(answer, places.list);
  if (!Array.isArray(list)) {
    const detail = `No list at "${places.list}" (dialect key calls.images.answer.list)`;
    throw new Problem('ENROLL_BAD_ANSWER', detail);
  }
  return list.flatMap((entry: unknown, index): ImageResult[] => {
    const path = places.path === undefined ? asked[index] : valueAt(entry, places.path);
    if (typeof path !== 'string') return [];
    const text = valueAt(entry, places.image);
    if (!isText(text)) return [{ path, fault: 'ENROLL_NOT_FOUND' }];
    const image = decoded(text, maxBytes);
    return [image instanceof Problem ? { path, fault: image.code } : { path, image }];
  });
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/**
 * Decodes strictly (RFC 4648 section 4: standard alphabet, padding required, no bits left over). Line breaks are let
 * pass, spaces are not: a space was a + that somebody form-decoded.
 */
function decoded(text: string, maxBytes: number): EnrollImage | Problem {
  const base64 = text.replace(BEFORE_BASE64, '').replace(/[\r\n]+/g, '');
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > maxBytes) {
    return new Problem('ENROLL_IMAGE_TOO_LARGE', `It is larger than ${maxBytes} bytes`);
  }
  if (base64 === '') return new Problem('ENROLL_IMAGE_DAMAGED', 'It is empty');
  // Node's decoder skips what is not base64, so a result of full length proves that nothing was. It also takes the URL
  // alphabet, and bits left over. To encode the bytes again and compare would take 30 MB more in the same measurement
  const padding = /={0,2}$/.exec(base64.slice(-2))?.[0].length ?? 0;
  const isWhole = bytes.length === (base64.length / 4) * 3 - padding && !/[-_]/.test(base64);
  const end = base64.slice(-4);
  if (!isWhole || Buffer.from(end, 'base64').toString('base64') !== end) {
    return new Problem('ENROLL_IMAGE_DAMAGED', 'It is no base64 or cut short');
  }
  return { bytes, mediaType: mediaTypeOf(bytes), sha256: hash('sha256', bytes) };
}
