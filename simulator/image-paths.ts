import { Dice, mix } from './dice.js';

/** The contract's fields that name an image, and what each shows. */
export const IMAGE_KINDS = {
  livePhotoPath: 'live',
  idFrontScanPath: 'front',
  idBackScanPath: 'back',
  photo: 'photo',
  passportScanPath: 'passport',
} as const;

export type ImageField = keyof typeof IMAGE_KINDS;
export type ImageKind = (typeof IMAGE_KINDS)[ImageField];
export type ImageFormat = 'jpg' | 'png' | 'webp';

interface PathKey {
  seed: number;
  index: number;
  revision: number;
}

/** What a path says about its image. */
export interface ImagePath {
  index: number;
  field: ImageField;
  revision: number;
  format: ImageFormat;
}

const FIELDS = Object.keys(IMAGE_KINDS) as ImageField[];
const PATTERN =
  /^(?:kyc\/|صور العملاء\/)(\d+)\/(live|front|back|photo|passport) ?r(\d+)-[0-9a-f]{8}\.(jpg|png|webp)$/;

/**
 * The path of an image: opaque to the organization, readable to us. One in fifty is in Arabic and has spaces, since nothing
 * promises that a path is a tidy file name.
 */
export function imagePathOf({ seed, index, revision }: PathKey, field: ImageField): string {
  const dice = new Dice(seed, index * 8 + FIELDS.indexOf(field), 'pictures');
  const odd = dice.chance(0.02);
  const format = dice.next();
  const extension: ImageFormat = format < 0.94 ? 'jpg' : format < 0.97 ? 'png' : 'webp';
  const stamp = mix(seed, index * 64 + revision, FIELDS.indexOf(field))
    .toString(16)
    .padStart(8, '0');
  return `${odd ? 'صور العملاء/' : 'kyc/'}${index}/${IMAGE_KINDS[field]}${odd ? ' ' : ''}r${revision}-${stamp}.${extension}`;
}

/** Reads a path of ours; undefined for any other text. */
export function readImagePath(seed: number, path: string): ImagePath | undefined {
  const match = PATTERN.exec(path);
  const field = FIELDS.find((candidate) => IMAGE_KINDS[candidate] === match?.[2]);
  if (match === null || field === undefined) return undefined;
  const [index, revision] = [Number(match[1]), Number(match[3])];
  if (imagePathOf({ seed, index, revision }, field) !== path) return undefined;
  return { index, field, revision, format: match[4] as ImageFormat };
}
