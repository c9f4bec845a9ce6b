/** Media types that an image of eNROLL may have (M10). */
export type ImageMediaType = 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf';

/** The media type from the magic bytes. Undefined if we do not know the type, which is no reason to refuse the image. */
export function mediaTypeOf(bytes: Buffer): ImageMediaType | undefined {
  if (bytes.subarray(0, 3).equals(JPEG)) return 'image/jpeg';
  if (bytes.subarray(0, 8).equals(PNG)) return 'image/png';
  const head = bytes.toString('latin1', 0, 12);
  if (head.startsWith('RIFF') && head.endsWith('WEBP') && head.length === 12) return 'image/webp';
  return head.startsWith('%PDF-') ? 'application/pdf' : undefined;
}

const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
