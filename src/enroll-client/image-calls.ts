import { Problem } from '../problem/problem.js';
import type { AuthorizedClient } from './authorized-client.js';
import type { EnrollImage, ImageResult } from './enroll-client.types.js';
import { imageIn, imagesIn, MAX_IMAGE_BYTES } from './image-answer.js';
import { checkImagePath } from './image-path.js';
import { parseImageAnswer } from './json-answer.js';

/** Base64 takes a third more than the bytes, and escapes of JSON some more. */
const MAX_ANSWER_BYTES = MAX_IMAGE_BYTES * 1.5;
const MAX_BATCH_BYTES = 32 * 1024 * 1024;

/** @throws Problem ENROLL_IMAGE_PATH, ENROLL_IMAGE_DAMAGED, ENROLL_IMAGE_TOO_LARGE */
export async function askImage(
  authorized: AuthorizedClient,
  call: 'image' | 'photo',
  path: string,
  signal?: AbortSignal,
): Promise<EnrollImage> {
  const imagePath = checkImagePath(path);
  const place = authorized.dialect.spec.calls[call]?.answer.image;
  const read = (body: Buffer) => imageIn(authorized.json(body, parseImageAnswer), place);
  try {
    return await authorized.ask(call, { imagePath }, { maxBytes: MAX_ANSWER_BYTES, read }, signal);
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    throw new Problem('ENROLL_IMAGE_TOO_LARGE', `It is larger than ${MAX_IMAGE_BYTES} bytes`);
  }
}

/** One result for each path, from one request. If its answer is too large, we ask for its halves. */
export async function askImages(
  authorized: AuthorizedClient,
  paths: string[],
  signal?: AbortSignal,
): Promise<ImageResult[]> {
  const { arrays, answer } = authorized.dialect.spec.calls.images;
  const sound = paths.filter((path) => isSound(path, arrays === 'comma'));
  const refused = paths
    .filter((path) => !sound.includes(path))
    .map((path): ImageResult => ({ path, fault: 'ENROLL_IMAGE_PATH' }));
  if (sound.length === 0) return refused;
  try {
    const read = (body: Buffer) => imagesIn(authorized.json(body, parseImageAnswer), answer, sound);
    const reading = { maxBytes: MAX_BATCH_BYTES, read };
    const found = await authorized.ask('images', { imagePaths: sound }, reading, signal);
    return [...refused, ...oneForEach(sound, found)];
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    if (sound.length === 1) return [...refused, { path: sound[0] ?? '', fault: 'ENROLL_IMAGE_TOO_LARGE' }];
    const half = Math.ceil(sound.length / 2);
    const first = await askImages(authorized, sound.slice(0, half), signal);
    return [...refused, ...first, ...(await askImages(authorized, sound.slice(half), signal))];
  }
}

/** A list joined by commas cannot name a path with a comma, but `askImage` can. */
function isSound(path: string, commas: boolean): boolean {
  try {
    return checkImagePath(path) === path && !(commas && path.includes(','));
  } catch {
    return false;
  }
}

function oneForEach(paths: string[], found: ImageResult[]): ImageResult[] {
  const byPath = new Map(found.map((result) => [result.path, result]));
  return paths.map((path) => byPath.get(path) ?? { path, fault: 'ENROLL_NOT_FOUND' });
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Problem && error.code === 'ENROLL_ANSWER_TOO_LARGE';
}
