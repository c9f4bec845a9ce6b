import fc from 'fast-check';
import { createHash, randomBytes } from 'node:crypto';
import { Problem } from '../problem/problem.js';
import { imageIn, imagesIn } from './image-answer.js';
import { parseImageAnswer } from './json-answer.js';

const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('…picture…'.repeat(200))]);
const BASE64 = JPEG.toString('base64');

function readImage(text: string, place?: string, maxBytes?: number) {
  return imageIn(parseImageAnswer(Buffer.from(text)), place, maxBytes);
}

type ListPlaces = Parameters<typeof imagesIn>[1];

function readImages(text: string, places: ListPlaces, asked: string[], maxBytes?: number) {
  return imagesIn(parseImageAnswer(Buffer.from(text)), places, asked, maxBytes);
}

function codeOf(reading: () => unknown): string {
  try {
    reading();
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  return 'none';
}

describe('M10: an image answer', () => {
  it.each([
    ['raw base64', BASE64],
    ['raw base64 with line breaks', BASE64.replace(/(.{76})/g, '$1\r\n') + '\n'],
    ['a JSON string', JSON.stringify(BASE64)],
    ['a data: URL', `data:image/jpeg;base64,${BASE64}`],
    [
      'a data: URL with parameters, in a JSON string',
      JSON.stringify(`data:image/jpeg;name=a.jpg;base64,${BASE64}`),
    ],
    ['{image}', JSON.stringify({ image: BASE64 })],
    ['{base64}', JSON.stringify({ code: 0, base64: BASE64 })],
    ['{content}', JSON.stringify({ content: BASE64 })],
    ['{data}', JSON.stringify({ data: BASE64 })],
    ['{data:{content}} holding a data: URL', JSON.stringify({ data: { content: `data:;base64,${BASE64}` } })],
    ['JSON with a byte order mark', `\ufeff${JSON.stringify({ image: BASE64 })}`],
    ['JSON that escapes / as PHP does', JSON.stringify({ image: BASE64 }).replaceAll('/', '\\/')],
    ['JSON that escapes + as .NET does', JSON.stringify({ image: BASE64 }).replaceAll('+', '\\u002B')],
  ])('may be %s', (_name, text) => {
    const image = readImage(text);
    expect(image.bytes.equals(JPEG)).toBe(true);
    expect(image).toMatchObject({
      mediaType: 'image/jpeg',
      sha256: createHash('sha256').update(JPEG).digest('hex'),
    });
  });

  it('is found where the dialect says, whatever stands under the usual names', () => {
    const text = JSON.stringify({ content: 'image/jpeg', result: { file: BASE64 }, data: 'x' });
    expect(readImage(text, 'result.file').bytes.equals(JPEG)).toBe(true);
  });

  it('is read with every byte it has, however its text is escaped', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) => {
        const text = JSON.stringify({ note: 'say "no" \\', image: Buffer.from(bytes).toString('base64') });
        const escaped = text.replaceAll('+', '\\u002b').replaceAll('/', '\\/');
        expect(readImage(escaped, 'image').bytes.equals(Buffer.from(bytes))).toBe(true);
      }),
    );
  });

  it.each([
    ['as it is', (text: string) => text],
    ['with / and + escaped', (text: string) => text.replaceAll('/', '\\/').replaceAll('+', '\\u002b')],
  ])('may be large, %s, between other texts', (_name, spelled) => {
    const large = randomBytes(200_001);
    const text = JSON.stringify({ ملاحظة: 'say "no" \\', image: large.toString('base64'), more: 'x"y' });
    expect(readImage(spelled(text), 'image').bytes.equals(large)).toBe(true);
    const list = `[${spelled(text)},${JSON.stringify({ image: large.toString('base64') })}]`;
    const results = readImages(list, { list: '$', image: 'image' }, ['a', 'b']);
    expect(results.map((result) => 'image' in result && result.image.bytes.equals(large))).toEqual([
      true,
      true,
    ]);
  });

  it.each([
    ['cut', (text: string) => text.slice(0, -2), 'ENROLL_BAD_ANSWER'],
    ['holds a damaged escape', (text: string) => text.replace('A', '\\x'), 'ENROLL_BAD_ANSWER'],
    ['is in the URL alphabet', (text: string) => text.replace('A', '-'), 'ENROLL_IMAGE_DAMAGED'],
    ['has lost a letter', (text: string) => text.replace('A', ''), 'ENROLL_IMAGE_DAMAGED'],
  ])('that is large and %s is refused', (_name, damaged, code) => {
    const text = JSON.stringify({ image: Buffer.alloc(100_000).toString('base64') });
    expect(codeOf(() => readImage(damaged(text), 'image'))).toBe(code);
  });

  it.each([
    ['cut in the middle of a group', BASE64.slice(0, 1001)],
    ['cut before its padding', Buffer.from('ab').toString('base64').slice(0, 3)],
    ['empty', '""'],
    ['empty text', JSON.stringify({ image: '' })],
    ['a sentence', JSON.stringify({ image: 'file not found!' })],
    ['in the URL alphabet', JSON.stringify({ image: '_-8=' })],
    ['padded in the middle', JSON.stringify({ image: 'QQ==QQ==' })],
    ['padded where nothing is missing', JSON.stringify({ image: 'QUJD=' })],
    ['padded twice where nothing is missing', JSON.stringify({ image: 'QUJD==' })],
    ['padded too much', JSON.stringify({ image: 'QUJD====' })],
    ['with bits left over', JSON.stringify({ image: 'QR==' })],
    ['with a + that became a space', JSON.stringify({ image: '/+ /' })],
    ['a data: URL that is not base64', JSON.stringify({ image: 'data:image/svg+xml,%3Csvg/%3E' })],
    ['a data: URL without an end', `data:${'x'.repeat(400)}`],
  ])('that is %s is ENROLL_IMAGE_DAMAGED', (_name, text) => {
    expect(codeOf(() => readImage(text))).toBe('ENROLL_IMAGE_DAMAGED');
  });

  it.each([
    ['HTML', '\n <!doctype html><title>Sign in</title>'],
    ['JSON without an image', '{"errorCode":7,"message":"no"}'],
    ['JSON with a null image', '{"image":null}'],
    ['JSON that is cut within the image', `{"image":"${BASE64}`],
    ['JSON that is cut after the image', `{"image":"${BASE64}"`],
    ['JSON whose brackets do not match', `{"image":"${BASE64}"]`],
    ['JSON that goes on after its end', `{"image":"${BASE64}"}{`],
    ['JSON of absurd depth', '['.repeat(20_000)],
    ['nothing at all', ''],
    ['white space', '  \n'],
  ])('that is %s is ENROLL_BAD_ANSWER', (_name, text) => {
    expect(codeOf(() => readImage(text, 'image'))).toBe('ENROLL_BAD_ANSWER');
  });

  it('that no magic bytes identify is kept, without a media type', () => {
    const image = readImage(Buffer.from('GIF89a…').toString('base64'));
    expect(image.mediaType).toBeUndefined();
  });

  it.each([
    ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]],
    ['image/webp', [...Buffer.from('RIFF\x01\x02\x03\x04WEBPVP8 ')]],
    ['application/pdf', [...Buffer.from('%PDF-1.7')]],
  ])('that is %s is told by its magic bytes', (mediaType, bytes) => {
    const image = readImage(Buffer.from(bytes).toString('base64'));
    expect(image.mediaType).toBe(mediaType);
  });

  it('over the cap is ENROLL_IMAGE_TOO_LARGE, at the cap it is taken', () => {
    const text = JSON.stringify({ image: Buffer.alloc(3000, 1).toString('base64') });
    expect(codeOf(() => readImage(text, 'image', 2999))).toBe('ENROLL_IMAGE_TOO_LARGE');
    expect(readImage(text, 'image', 3000).bytes).toHaveLength(3000);
  });
});

describe('M10: an answer with many images', () => {
  const places = { list: 'data.images', path: 'name', image: 'file.base64' };
  const entry = (name: string, base64: string | null) => ({ name, file: { base64 } });

  it('gives each path its image, in whatever order the keys come', () => {
    const second = Buffer.from('%PDF-1.4 …');
    const text = JSON.stringify({
      data: {
        total: 2,
        images: [entry('صورة/1.jpg', BASE64), { file: { base64: second.toString('base64') }, name: '2.pdf' }],
      },
    });
    const results = readImages(text, places, []);
    expect(results).toEqual([
      { path: 'صورة/1.jpg', image: expect.objectContaining({ mediaType: 'image/jpeg' }) },
      { path: '2.pdf', image: expect.objectContaining({ bytes: second }) },
    ]);
  });

  it('lets a damaged, an over-large and a missing image cost its neighbours nothing', () => {
    const text = JSON.stringify({
      data: {
        images: [
          entry('cut', BASE64.slice(0, 401)),
          entry('large', Buffer.alloc(9000).toString('base64')),
          entry('null', null),
          null,
          entry('good', BASE64.slice(0, 400)),
        ],
      },
    });
    const results = readImages(text, places, [], 8000);
    expect(results).toEqual([
      { path: 'cut', fault: 'ENROLL_IMAGE_DAMAGED' },
      { path: 'large', fault: 'ENROLL_IMAGE_TOO_LARGE' },
      { path: 'null', fault: 'ENROLL_NOT_FOUND' },
      { path: 'good', image: expect.objectContaining({ mediaType: 'image/jpeg' }) },
    ]);
  });

  it('may be a bare list in the order of the request', () => {
    const text = JSON.stringify([BASE64, `data:image/jpeg;base64,${BASE64}`]);
    const results = readImages(text, { list: '$', image: '$' }, ['a', 'b']);
    expect(results.map((result) => result.path)).toEqual(['a', 'b']);
    expect(results.every((result) => 'image' in result)).toBe(true);
  });

  it('may be an empty list', () => {
    expect(readImages('{"data":{"images":[]}}', places, ['a'])).toEqual([]);
  });

  it.each([
    ['HTML', '<html>'],
    ['cut', '{"data":{"images":[{"name":"a"'],
    ['without the list of the dialect', '{"images":[]}'],
    ['an object where the list should be', '{"data":{"images":{}}}'],
    ['with a damaged name', '{"data":{"images":[{"name":"\\x"}]}}'],
  ])('that is %s is ENROLL_BAD_ANSWER', (_name, text) => {
    expect(codeOf(() => readImages(text, places, []))).toBe('ENROLL_BAD_ANSWER');
  });
});
