import sharp, { type Sharp } from 'sharp';
import { Dice } from './dice.js';
import type { ImageFormat, ImageKind } from './image-paths.js';
import { type Person, personOf } from './people.js';

/** What to draw: the same description always gives the same picture (on one machine: text is set in its fonts). */
export interface Drawing {
  seed: number;
  kind: ImageKind;
  /** Which picture of this kind. */
  number: number;
  format: ImageFormat;
}

const SIZES: Record<ImageKind, readonly [width: number, height: number]> = {
  live: [720, 960],
  front: [1011, 638],
  back: [1011, 638],
  photo: [360, 480],
  passport: [1000, 704],
};
const GRAIN_SIDE = 128;

/** A picture in its format, as dense as `quality` (1-100) says. */
export async function draw(drawing: Drawing, quality: number): Promise<Buffer> {
  const svg = Buffer.from(sketch(drawing));
  if (drawing.format === 'png') return sharp(svg).png({ palette: true }).toBuffer();
  const picture = sharp(svg).composite([{ input: await grain(drawing), tile: true, blend: 'soft-light' }]);
  return encode(picture, drawing.format, quality);
}

function encode(picture: Sharp, format: 'jpg' | 'webp', quality: number): Promise<Buffer> {
  return format === 'jpg' ? picture.jpeg({ quality }).toBuffer() : picture.webp({ quality }).toBuffer();
}

/** A camera's noise: without it a drawing is ten times lighter than a photograph. */
async function grain({ seed, number }: Drawing): Promise<Buffer> {
  const dice = new Dice(seed, number, 'drawing');
  const pixels = Buffer.alloc(GRAIN_SIDE * GRAIN_SIDE * 3, 0);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = 96 + dice.int(0, 64);
  return sharp(pixels, { raw: { width: GRAIN_SIDE, height: GRAIN_SIDE, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

function sketch(drawing: Drawing): string {
  const [width, height] = SIZES[drawing.kind];
  const dice = new Dice(drawing.seed, drawing.number, 'drawing');
  const person = personOf(drawing.seed, dice.int(0, 1_000_000));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans, Noto Sans Arabic, sans-serif">
    ${SKETCHES[drawing.kind](person, dice)}
    <text x="${width / 2}" y="${height - 16}" font-size="20" text-anchor="middle" fill="#a33" opacity="0.7">SPECIMEN · simulator</text>
  </svg>`;
}

const SKETCHES: Record<ImageKind, (person: Person, dice: Dice) => string> = {
  live: (_person, dice) =>
    `<rect width="720" height="960" fill="${wall(dice)}"/>${face(dice, 360, 430, 2.2)}`,
  photo: (_person, dice) => `<rect width="360" height="480" fill="#e9eef2"/>${face(dice, 180, 220, 1.15)}`,
  front: ({ firstName, familyName, address, state, idNumber }, dice) => `
    <rect width="1011" height="638" rx="32" fill="#e6ddc6"/><rect width="1011" height="96" rx="32" fill="#c9b68a"/>
    ${rightToLeft('جمهورية مصر العربية', 970, 62, 40)}${rightToLeft('بطاقة تحقيق الشخصية', 560, 62, 36)}
    <rect x="40" y="130" width="280" height="360" fill="#dfe6ea"/>${face(dice, 180, 300, 0.95)}
    ${rightToLeft(firstName, 970, 190, 44)}${rightToLeft(familyName, 970, 260, 44)}
    ${rightToLeft(address, 970, 350, 34)}${rightToLeft(state, 970, 410, 34)}
    <text x="380" y="560" font-size="52" letter-spacing="8">${idNumber}</text>`,
  back: ({ idNumber, male }, dice) => `
    <rect width="1011" height="638" rx="32" fill="#dcd3bb"/>
    <text x="40" y="90" font-size="40">${idNumber}</text>${rightToLeft(male ? 'ذكر' : 'أنثى', 970, 180, 40)}
    ${rightToLeft('البطاقة سارية حتى', 970, 260, 36)}${bars(dice)}`,
  passport: ({ nationality, idNumber }, dice) => `
    <rect width="1000" height="704" fill="#eef1e6"/><rect x="40" y="120" width="270" height="350" fill="#dfe6ea"/>
    ${face(dice, 175, 285, 0.9)}<text x="360" y="90" font-size="44">PASSPORT ${nationality}</text>
    <text x="40" y="580" font-size="36" font-family="monospace">P&lt;${nationality}SPECIMEN&lt;&lt;${'&lt;'.repeat(24)}</text>
    <text x="40" y="640" font-size="36" font-family="monospace">${idNumber.padEnd(14, '0')}${nationality}${'&lt;'.repeat(12)}</text>`,
};

function rightToLeft(text: string, x: number, y: number, size: number): string {
  return `<text x="${x}" y="${y}" font-size="${size}" text-anchor="start" direction="rtl">${text}</text>`;
}

function wall(dice: Dice): string {
  return `hsl(${dice.int(0, 359)},18%,${dice.int(55, 85)}%)`;
}

function face(dice: Dice, x: number, y: number, scale: number): string {
  const skin = `hsl(${dice.int(18, 34)},45%,${dice.int(45, 75)}%)`;
  const hair = `hsl(${dice.int(10, 40)},30%,${dice.int(8, 28)}%)`;
  return `<g transform="translate(${x} ${y}) scale(${scale})">
    <path d="M-140 190 Q0 80 140 190 Z" fill="hsl(${dice.int(0, 359)},35%,40%)"/>
    <ellipse rx="78" ry="${dice.int(96, 112)}" fill="${skin}"/><path d="M-80 -20 Q0 -${dice.int(130, 170)} 80 -20 Q0 -80 -80 -20" fill="${hair}"/>
    <circle cx="-28" cy="-10" r="8" fill="#222"/><circle cx="28" cy="-10" r="8" fill="#222"/>
    <path d="M-24 48 Q0 ${dice.int(52, 70)} 24 48" stroke="#733" stroke-width="5" fill="none"/></g>`;
}

/** Something like the PDF417 code on the back of a card. */
function bars(dice: Dice): string {
  let drawn = '';
  for (let x = 60; x < 950;) {
    const width = dice.int(3, 12);
    drawn += `<rect x="${x}" y="400" width="${width}" height="160" fill="#333"/>`;
    x += width + dice.int(3, 9);
  }
  return drawn;
}
