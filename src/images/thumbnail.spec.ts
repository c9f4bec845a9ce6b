import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { makeThumbnail } from './thumbnail.js';

const GREY = { r: 90, g: 90, b: 90 };

/** A photograph as a phone takes it: lying on its side, with place and device in its EXIF. */
function photograph(): Promise<Buffer> {
  return sharp({ create: { width: 1200, height: 800, channels: 3, background: GREY } })
    .withExif({
      IFD0: { Make: 'Secret Phone', Copyright: 'Mona' },
      IFD3: { GPSLatitude: '30/1 2/1 0/1', GPSLatitudeRef: 'N' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}

/** A PNG whose head says that it is this wide and high. */
async function claimed(side: number): Promise<Buffer> {
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: GREY } })
    .png()
    .toBuffer();
  const head = { typeAt: 12, widthAt: 16, heightAt: 20, crcAt: 29 };
  png.writeUInt32BE(side, head.widthAt);
  png.writeUInt32BE(side, head.heightAt);
  png.writeUInt32BE(crc32(png.subarray(head.typeAt, head.crcAt)), head.crcAt);
  return png;
}

describe('a thumbnail', () => {
  it('is a small upright WebP without the metadata of the original', async () => {
    const original = await photograph();
    expect((await sharp(original).metadata()).exif).toBeDefined();
    const thumbnail = await makeThumbnail(original);
    const { format, width, height, exif, xmp, iptc, orientation } = await sharp(thumbnail).metadata();
    expect({ format, width, height, exif, xmp, iptc, orientation }).toEqual({
      format: 'webp',
      width: 213,
      height: 320,
    });
    expect(thumbnail.includes('Secret Phone')).toBe(false);
  });

  it('is no larger than a small original', async () => {
    const dot = await sharp({ create: { width: 20, height: 10, channels: 3, background: GREY } })
      .png()
      .toBuffer();
    const { width, height } = await sharp(await makeThumbnail(dot)).metadata();
    expect([width, height]).toEqual([20, 10]);
  });

  it.each([
    ['a PDF', () => Promise.resolve(Buffer.from('%PDF-1.7\n%%EOF'))],
    ['half a picture', async () => (await photograph()).subarray(0, 2000)],
    ['nothing', () => Promise.resolve(Buffer.alloc(0))],
    ['a few bytes that claim to be 400 megapixels', () => claimed(20_000)],
  ])('cannot be made of %s', async (_what, make) => {
    await expect(makeThumbnail(await make())).rejects.toMatchObject({
      code: 'IMAGE_NO_THUMBNAIL',
      status: 409,
    });
  });
});
