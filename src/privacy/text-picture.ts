import { createRequire } from 'node:module';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';

const FONT_FILE = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular.ttf',
);
const FONT = 'Noto Naskh Arabic';
const DOTS_PER_INCH = 300;
const POINTS_PER_INCH = 72;

/** Dark text on white, 8 bits of grey a pixel, deflated: what PDF calls `FlateDecode` of `DeviceGray`. */
export interface TextPicture {
  text: string;
  width: number;
  height: number;
  pixels: Buffer;
  /** Size on the page. */
  widthPoints: number;
  heightPoints: number;
}

/**
 * Text as a picture, its letters joined and in the direction of its first strong one: sharp's Pango shapes it, with a font of our own,
 * whatever fonts the machine has. Long text is wrapped.
 */
export async function drawText(
  text: string,
  sizePoints: number,
  maxWidthPoints: number,
): Promise<TextPicture> {
  const { data, info } = await sharp({
    text: {
      text: escaped(text),
      font: `${FONT} ${sizePoints}`,
      fontfile: FONT_FILE,
      width: Math.floor((maxWidthPoints * DOTS_PER_INCH) / POINTS_PER_INCH),
      dpi: DOTS_PER_INCH,
      wrap: 'word-char',
    },
  })
    .greyscale()
    .negate({ alpha: false })
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    text,
    width: info.width,
    height: info.height,
    pixels: deflateSync(data),
    widthPoints: (info.width * POINTS_PER_INCH) / DOTS_PER_INCH,
    heightPoints: (info.height * POINTS_PER_INCH) / DOTS_PER_INCH,
  };
}

/** Pango reads markup. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
