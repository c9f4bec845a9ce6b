import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { BlindIndex, type BlindIndexKind } from './blind-index.js';
import { KeyRing } from './key-ring.js';

const ONE = `one:${Buffer.alloc(32, 1).toString('base64')}`;
const TWO = `two:${Buffer.alloc(32, 2).toString('base64')}`;
const KINDS: BlindIndexKind[] = ['idNumber', 'documentNumber', 'phone', 'email'];
const ID = '29703012357788';

function anIndex(...keys: string[]): BlindIndex {
  return new BlindIndex(KeyRing.parse(keys.join(',')));
}

describe('the blind index', () => {
  const index = anIndex(ONE);

  test('is the first 64 bits of SHA-256 nested under two derived keys over kind and value, as Postgres reads a bigint', () => {
    const key = KeyRing.parse(ONE).current.subKeys.index;
    const [inner, outer] = ['inner', 'outer'].map((part) =>
      createHmac('sha256', key).update(part).digest('hex'),
    );
    const nested = createHash('sha256').update(`${inner}idNumber|${ID}`).digest('hex');
    const expected = createHash('sha256').update(`${outer}${nested}`).digest().readBigInt64BE(0);
    expect(index.of('idNumber', ID)).toBe(expected);
  });

  test('any value fits a signed 64-bit column and is the same at every call', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), fc.string({ unit: 'binary' }), (kind, value) => {
        const hash = index.of(kind, value);
        expect(BigInt.asIntN(64, hash)).toBe(hash);
        expect(index.of(kind, value)).toBe(hash);
        expect(index.candidates(kind, value)).toEqual([hash]);
      }),
    );
  });

  test('the same digits as id, document and phone number do not show as equal', () => {
    expect(new Set(KINDS.map((kind) => index.of(kind, ID))).size).toBe(KINDS.length);
  });

  test('another key gives another hash', () => {
    expect(anIndex(TWO).of('idNumber', ID)).not.toBe(index.of('idNumber', ID));
  });

  test('while a rotation lasts rows of the old and of the new key are found', () => {
    const rotating = anIndex(TWO, ONE);
    expect(rotating.of('phone', ID)).toBe(anIndex(TWO).of('phone', ID));
    expect(rotating.candidates('phone', ID)).toEqual([anIndex(TWO).of('phone', ID), index.of('phone', ID)]);
  });
});
