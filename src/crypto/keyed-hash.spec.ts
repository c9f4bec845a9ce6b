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
  test('is the first 128 bits of HMAC-SHA-256 with the derived key, its two pads derived independently', () => {
    const { hash: subKey } = KeyRing.parse(ONE).current.subKeys;
    const pad = (part: string) => createHmac('sha256', subKey).update(part).digest('hex');
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const expected = sha256(pad('outer') + sha256(pad('inner') + TEXT)).slice(0, 32);
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
