import sharp from 'sharp';
import { Problem } from '../problem/problem.js';

const SIDE_PIXELS = 320;
/** A few kilobytes can claim to be a picture of any size. This is twice what the best phone takes. */
const MAX_INPUT_PIXELS = 100_000_000;

export const THUMBNAIL_MEDIA_TYPE = 'image/webp';

// each thumbnail is asked for once, so a cache would only take memory
sharp.cache(false);

/**
 * A WebP of at most 320 x 320 pixels, upright, with none of the original's metadata (EXIF, XMP, IPTC: place, device).
 * @throws Problem IMAGE_NO_THUMBNAIL for PDFs, broken pictures and those of more than 100 megapixels
 */
export async function makeThumbnail(image: Buffer): Promise<Buffer> {
  try {
    return await sharp(image, { limitInputPixels: MAX_INPUT_PIXELS, failOn: 'error', sequentialRead: true })
      .autoOrient()
      .resize(SIDE_PIXELS, SIDE_PIXELS, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 75, effort: 2 })
      .toBuffer();
  } catch (cause) {
    throw new Problem('IMAGE_NO_THUMBNAIL', undefined, { cause });
  }
}
