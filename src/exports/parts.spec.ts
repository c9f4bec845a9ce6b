import { partsOf } from './parts.js';

async function* chunksOf(...sizes: number[]): AsyncGenerator<Buffer> {
  let byte = 0;
  for (const size of sizes) {
    yield Promise.resolve(Buffer.from(Array.from({ length: size }, () => (byte = (byte + 1) % 251))));
  }
}

async function cut(sizes: number[], partBytes: number): Promise<Buffer[]> {
  const parts: Buffer[] = [];
  for await (const part of partsOf(chunksOf(...sizes), partBytes)) parts.push(part);
  return parts;
}

describe('a stream is cut into parts', () => {
  it.each([
    [[], []],
    [[0, 0], []],
    [[3], [3]],
    [[4], [4]],
    [
      [1, 2, 3],
      [4, 2],
    ],
    [[9], [4, 4, 1]],
    [
      [2, 7, 3],
      [4, 4, 4],
    ],
  ])('chunks of %j bytes, four to a part, are parts of %j', async (sizes, expected) => {
    const parts = await cut(sizes, 4);
    expect(parts.map(({ length }) => length)).toEqual(expected);
    const whole: Buffer[] = [];
    for await (const chunk of chunksOf(...sizes)) whole.push(chunk);
    expect(Buffer.concat(parts).equals(Buffer.concat(whole))).toBe(true);
  });
});
