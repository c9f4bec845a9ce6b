import type { ProblemCode } from '../problem/catalogue.js';
import type { ImageMediaType } from './image-kind.js';

/** One image as eNROLL gave it, decoded. */
export interface EnrollImage {
  bytes: Buffer;
  /** By magic bytes; undefined: not an image we know. */
  mediaType: ImageMediaType | undefined;
  /** Hexadecimal. */
  sha256: string;
}

/** One path of a batch: its image, or the stable code of what was wrong with it alone. */
export type ImageResult = { path: string; image: EnrollImage } | { path: string; fault: ProblemCode };
