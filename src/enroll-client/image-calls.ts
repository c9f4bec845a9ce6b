import { Problem } from '../problem/problem.js';
import type { RequestSpec } from './dialect.js';
import type { AuthorizedClient } from './authorized-client.js';
import type { EnrollImage, ImageResult } from './enroll-client.types.js';
import { MAX_IMAGE_BYTES, readImage, readImages } from './image-answer.js';
import { checkImagePath } from './image-path.js';

/** Base64 takes a third more than the bytes, JSON escapes some more. */
const MAX_ANSWER_BYTES = MAX_IMAGE_BYTES * 1.5;
const MAX_BATCH_BYTES = 32 * 1024 * 1024;

type ImageSpec = RequestSpec & { answer: { image?: string | undefined } };

/** @throws Problem ENROLL_IMAGE_PATH, ENROLL_IMAGE_DAMAGED, ENROLL_IMAGE_TOO_LARGE */
export async function askImage(
  authorized: AuthorizedClient,
  call: string,
  spec: ImageSpec,
  path: string,
  signal?: AbortSignal,
): Promise<EnrollImage> {
  const values = { imagePath: checkImagePath(path) };
  try {
    return await authorized.ask(
      { call, spec, values },
      { maxBytes: MAX_ANSWER_BYTES, read: ({ chunks }) => readImage(chunks, spec.answer.image) },
      signal,
    );
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    throw new Problem('ENROLL_IMAGE_TOO_LARGE', `It is larger than ${MAX_IMAGE_BYTES} bytes`);
  }
}

/** One result for each path, by one request; where its answer is too large, by its halves. */
export async function askImages(
  authorized: AuthorizedClient,
  paths: string[],
  signal?: AbortSignal,
): Promise<ImageResult[]> {
  const spec = authorized.dialect.spec.calls.images;
  const sound = paths.filter((path) => isSound(path, spec.arrays === 'comma'));
  const refused = paths
    .filter((path) => !sound.includes(path))
    .map((path): ImageResult => ({ path, fault: 'ENROLL_IMAGE_PATH' }));
  if (sound.length === 0) return refused;
  try {
    const found = await authorized.ask(
      { call: 'calls.images', spec, values: { imagePaths: sound } },
      { maxBytes: MAX_BATCH_BYTES, read: ({ chunks }) => readImages(chunks, spec.answer, sound) },
      signal,
    );
    return [...refused, ...oneForEach(sound, found)];
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    if (sound.length === 1) return [...refused, { path: sound[0] ?? '', fault: 'ENROLL_IMAGE_TOO_LARGE' }];
    const half = Math.ceil(sound.length / 2);
    const first = await askImages(authorized, sound.slice(0, half), signal);
    return [...refused, ...first, ...(await askImages(authorized, sound.slice(half), signal))];
  }
}

/** A path with a comma cannot be asked for in a list joined by commas; `askImage` can. */
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
