import { createHash, createHmac } from 'node:crypto';
import { KeyedHash } from './keyed-hash.js';
import { KeyRing } from './key-ring.js';

const ONE = `one:${Buffer.alloc(32, 1).toString('base64')}`;
const TWO = `two:${Buffer.alloc(32, 2).toString('base64')}`;
const TEXT = 'applicant|a-1|0123456789abcdef';

function aHash(...keys: string[]): KeyedHash {
  return new KeyedHash(KeyRing.parse(keys.join(',')));
}

describe('the keyed hash', () => {
  test('is the first 128 bits of SHA-256 over a block of the derived key and the text', () => {
    const block = createHmac('sha256', KeyRing.parse(ONE).current.subKeys.hash).update('block').digest('hex');
    const expected = createHash('sha256').update(`${block}${TEXT}`).digest('hex').slice(0, 32);
    expect(block).toHaveLength(64);
    expect(aHash(ONE).of(TEXT)).toBe(expected);
    expect(aHash(ONE).candidates(TEXT)).toEqual([expected]);
  });

  test('another key gives another hash', () => {
    expect(aHash(TWO).of(TEXT)).not.toBe(aHash(ONE).of(TEXT));
  });

  test('after a rotation what was written before is still among the candidates', () => {
    const rotated = aHash(TWO, ONE);
    expect(rotated.of(TEXT)).toBe(aHash(TWO).of(TEXT));
    expect(rotated.candidates(TEXT)).toEqual([aHash(TWO).of(TEXT), aHash(ONE).of(TEXT)]);
  });
});
