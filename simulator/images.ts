import { createHash } from 'node:crypto';
import { type Drawing, draw } from './drawing.js';
import { mix } from './dice.js';
import { IMAGE_KINDS, type ImagePath } from './image-paths.js';

export interface ImageOptions {
  /** Size of every JPEG, exactly. */
  imageBytes: number;
  /** Share (0-1) of paths whose image is no good for ever, by `ImageDefect`. */
  brokenShare: number;
}

/** `missing`: eNROLL has no such image; `notAnImage`: an HTML page; `cutOff`: half of the file; `empty`: nothing. */
export type ImageDefect = 'missing' | 'notAnImage' | 'cutOff' | 'empty';

const DEFECTS: readonly ImageDefect[] = ['missing', 'notAnImage', 'cutOff', 'empty'];
const DRAWINGS_PER_KIND = 4;
/** From dense to thin: the first that fits `imageBytes` is taken, the rest is filled up. */
const QUALITIES = [92, 80, 65, 50, 35, 20, 10, 3];
const COMMENT = Buffer.from([0xff, 0xfe]);
const SEGMENT_HEAD_BYTES = 4;
/** With its head; the length field counts itself and 16 bits. */
const MAX_SEGMENT_BYTES = 65_537;
const STAMP_BYTES = 32;

/**
 * The pictures behind the paths. A few are drawn per kind and kept; each JPEG gets the hash of its path as a comment, so that every
 * path has bytes of its own at the price of a copy. PNG and WebP come from the pool as they are: many paths share their bytes.
 */
export class Images {
  private readonly drawn = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly seed: number,
    private readonly options: ImageOptions,
  ) {
    if (options.imageBytes < 10_000)
      throw new RangeError('imageBytes: at least 10000, a card needs that much');
  }

  defectOf(path: string): ImageDefect | undefined {
    const point = mix(this.seed, digestOf(path).readUInt32BE(4), 0xdefec7);
    if (point / 4_294_967_296 >= this.options.brokenShare) return undefined;
    return DEFECTS[point % DEFECTS.length];
  }

  /** The bytes of an image; undefined where it is missing. */
  async bytes(image: ImagePath, path: string): Promise<Buffer | undefined> {
    const defect = this.defectOf(path);
    if (defect === 'missing') return undefined;
    if (defect === 'empty') return Buffer.alloc(0);
    if (defect === 'notAnImage') return Buffer.from('<!doctype html><title>404</title><p>File not found</p>');
    const picture = await this.picture(image, path);
    return defect === 'cutOff' ? picture.subarray(0, picture.length >> 1) : picture;
  }

  private async picture(image: ImagePath, path: string): Promise<Buffer> {
    const digest = digestOf(path);
    const number = digest.readUInt32BE(0) % DRAWINGS_PER_KIND;
    const { field, format } = image;
    const pooled = await this.pooled({ seed: this.seed, kind: IMAGE_KINDS[field], number, format });
    if (format !== 'jpg') return pooled;
    const stamped = Buffer.from(pooled);
    digest.copy(stamped, COMMENT.length + SEGMENT_HEAD_BYTES);
    return stamped;
  }

  private pooled(drawing: Drawing): Promise<Buffer> {
    const key = `${drawing.kind} ${drawing.number} ${drawing.format}`;
    let picture = this.drawn.get(key);
    if (picture === undefined) {
      picture = this.fit(drawing);
      this.drawn.set(key, picture);
    }
    return picture;
  }

  private async fit(drawing: Drawing): Promise<Buffer> {
    if (drawing.format !== 'jpg') return draw(drawing, 80);
    const room = this.options.imageBytes - 2 * SEGMENT_HEAD_BYTES - STAMP_BYTES;
    for (const quality of QUALITIES) {
      const picture = await draw(drawing, quality);
      if (picture.length <= room) return fill(picture, this.options.imageBytes);
    }
    throw new RangeError(`imageBytes: ${this.options.imageBytes} is too little for ${drawing.kind}`);
  }
}

function digestOf(path: string): Buffer {
  return createHash('sha256').update(path).digest();
}

/** Makes a JPEG exactly `totalBytes` long with comments after its first marker; the first comment is room for a stamp. */
function fill(jpeg: Buffer, totalBytes: number): Buffer {
  const parts = [jpeg.subarray(0, COMMENT.length), comment(STAMP_BYTES)];
  let missing = totalBytes - jpeg.length - SEGMENT_HEAD_BYTES - STAMP_BYTES;
  while (missing > 0) {
    // one head less than the largest, so that the rest has room for a head of its own
    const bytes = missing > MAX_SEGMENT_BYTES ? MAX_SEGMENT_BYTES - SEGMENT_HEAD_BYTES : missing;
    parts.push(comment(bytes - SEGMENT_HEAD_BYTES));
    missing -= bytes;
  }
  return Buffer.concat([...parts, jpeg.subarray(COMMENT.length)]);
}

/** A JPEG comment segment with `bytes` of payload. */
function comment(bytes: number): Buffer {
  const segment = Buffer.alloc(SEGMENT_HEAD_BYTES + bytes, 0x20);
  COMMENT.copy(segment);
  segment.writeUInt16BE(bytes + 2, COMMENT.length);
  return segment;
}
