import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { CryptoError } from './crypto.errors.js';
import { KeyRing } from './key-ring.js';

const ONE = Buffer.alloc(32, 1).toString('base64');
const TWO = Buffer.alloc(32, 2).toString('base64');

function refusal(text: string): CryptoError {
  try {
    KeyRing.parse(text);
  } catch (error) {
    if (error instanceof CryptoError) return error;
  }
  throw new Error('was taken');
}

describe('the key ring', () => {
  test('the first key is the current one and all are found by id', () => {
    const ring = KeyRing.parse(`new:${TWO},old:${ONE}`);
    expect(ring.current.id).toBe('new');
    expect(ring.keys.map(({ id }) => id)).toEqual(['new', 'old']);
    expect(ring.find('old')?.id).toBe('old');
    expect(ring.find('new')).toBe(ring.current);
    expect(ring.find('older')).toBeUndefined();
  });

  test('sub-keys are HKDF-SHA256 of the key, one per purpose (RFC 5869)', () => {
    const material = randomBytes(32);
    const { subKeys } = KeyRing.parse(`k:${material.toString('base64')}`).current;
    expect(Object.keys(subKeys)).toEqual(expect.arrayContaining(['seal', 'index', 'token']));
    for (const [purpose, key] of Object.entries(subKeys)) {
      const expected = Buffer.from(hkdfSync('sha256', material, '', `rollcall/${purpose}/v1`, 32));
      expect(key.export()).toEqual(expected);
    }
  });

  test('base64 and base64url, padded or not, are the same key', () => {
    const material = Buffer.alloc(32, 0xfb);
    const spellings = [
      material.toString('base64'),
      material.toString('base64').replace('=', ''),
      material.toString('base64url'),
    ];
    const digests = spellings.map((spelling) =>
      createHmac('sha256', KeyRing.parse(`k:${spelling}`).current.subKeys.seal).digest('hex'),
    );
    expect(new Set(digests).size).toBe(1);
  });

  test('blanks around the pairs do not matter', () => {
    expect(KeyRing.parse(` a:${ONE} , b:${TWO} `).keys.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test.each([
    ['an empty text', '', 'A key id is 1-32 letters'],
    ['no colon', ONE, 'A key id is 1-32 letters'],
    ['no id', `:${ONE}`, 'A key id is 1-32 letters'],
    ['an id of 33 characters', `${'a'.repeat(33)}:${ONE}`, 'A key id is 1-32 letters'],
    ['an id with a bar', `a|b:${ONE}`, 'A key id is 1-32 letters'],
    ['a pair missing after the comma', `a:${ONE},`, 'A key id is 1-32 letters'],
    ['a key of 31 bytes', `a:${Buffer.alloc(31, 1).toString('base64')}`, 'Key "a" is 31 bytes long, not 32'],
    ['a key of 33 bytes', `a:${Buffer.alloc(33, 1).toString('base64')}`, 'Key "a" is 33 bytes long, not 32'],
    ['an empty key', 'a:', 'Key "a" is 0 bytes long, not 32'],
    ['an id twice', `a:${ONE},a:${TWO}`, 'Key id "a" is twice in the key ring'],
  ])('%s is refused by RING_INVALID, without showing a key', (_fault, text, message) => {
    const error = refusal(text);
    expect(error.code).toBe('RING_INVALID');
    expect(error.message).toContain(message);
    expect(error.message).not.toContain(ONE.slice(0, 10));
  });

  test('an id of 32 characters of every allowed kind is taken', () => {
    const id = `Az09_-${'x'.repeat(26)}`;
    expect(KeyRing.parse(`${id}:${ONE}`).current.id).toBe(id);
  });
});
