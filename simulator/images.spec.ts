import sharp from 'sharp';
import { Book } from './book.js';
import { Images } from './images.js';
import { IMAGE_KINDS, type ImageField, type ImageFormat } from './image-paths.js';

const BYTES = 60_000;
const book = new Book(7);
book.remember(600, 0, 0);
const images = new Images(7, { imageBytes: BYTES, brokenShare: 0 });

/** Paths of one field in one format, in the order of enrollment. */
function pathsOf(field: ImageField, format: ImageFormat): string[] {
  return Array.from({ length: book.held }, (_, index) => book.enrollment(index)[field]).filter(
    (path): path is string => path?.endsWith(format) === true,
  );
}

function bytesOf(path: string, of = images): Promise<Buffer | undefined> {
  const image = book.image(path);
  if (image === undefined) throw new Error(`no image of ours: ${path}`);
  return of.bytes(image, path);
}

describe('the images of the simulator', () => {
  it.each(Object.keys(IMAGE_KINDS) as ImageField[])(
    'draw %s as a JPEG of exactly the size asked for',
    async (field) => {
      const bytes = (await bytesOf(pathsOf(field, 'jpg')[0] as string)) as Buffer;
      expect(bytes).toHaveLength(BYTES);
      const { format, width } = await sharp(bytes).metadata();
      expect(format).toBe('jpeg');
      expect(width).toBeGreaterThan(300);
      await expect(sharp(bytes).stats()).resolves.toMatchObject({ isOpaque: true });
    },
  );

  it('fill a light drawing up to more than one comment segment can hold', async () => {
    for (const imageBytes of [79_080, 131_072, 200_000]) {
      const bytes = await bytesOf(
        pathsOf('photo', 'jpg')[0] as string,
        new Images(7, { imageBytes, brokenShare: 0 }),
      );
      expect(bytes).toHaveLength(imageBytes);
      await expect(sharp(bytes).stats()).resolves.toBeDefined();
    }
  });

  it('give every JPEG path bytes of its own and each path the same bytes every time', async () => {
    const paths = pathsOf('livePhotoPath', 'jpg').slice(0, 50);
    const all = await Promise.all(paths.map((path) => bytesOf(path)));
    expect(new Set(all.map((bytes) => bytes?.toString('base64'))).size).toBe(50);
    const other = await bytesOf(paths[7] as string, new Images(7, { imageBytes: BYTES, brokenShare: 0 }));
    expect(other).toEqual(all[7]);
  });

  it('come as PNG and WebP too, there with bytes that paths share', async () => {
    const [png, webp] = [pathsOf('livePhotoPath', 'png'), pathsOf('livePhotoPath', 'webp')];
    expect((await sharp(await bytesOf(png[0] as string)).metadata()).format).toBe('png');
    expect((await sharp(await bytesOf(webp[0] as string)).metadata()).format).toBe('webp');
    const all = await Promise.all(png.map((path) => bytesOf(path)));
    expect(new Set(all).size).toBeLessThan(png.length);
  });

  it('are broken for ever in the share asked for, in four ways', async () => {
    const broken = new Images(7, { imageBytes: BYTES, brokenShare: 0.2 });
    const paths = pathsOf('livePhotoPath', 'jpg');
    const defects = paths.map((path) => broken.defectOf(path));
    const share = defects.filter((defect) => defect !== undefined).length / paths.length;
    expect(share).toBeGreaterThan(0.14);
    expect(share).toBeLessThan(0.26);
    const one = (defect: string) =>
      bytesOf(paths[defects.findIndex((found) => found === defect)] as string, broken);
    expect(await one('missing')).toBeUndefined();
    expect(await one('empty')).toHaveLength(0);
    expect((await one('notAnImage'))?.toString()).toContain('<!doctype html>');
    await expect(sharp(await one('cutOff'), { failOn: 'truncated' }).stats()).rejects.toThrow();
  });

  it('refuse a size that no card fits in', () => {
    expect(() => new Images(7, { imageBytes: 500, brokenShare: 0 })).toThrow('imageBytes');
  });
});
